using System.Text.Json;
using Kagari.Profiles;
using Kagari.Query;

namespace Kagari.Server.Functions;

/// <summary>Answers as JSON, each into an object that is open. Numbers are plain; the shapes stand in docs/guide/functions.md.</summary>
internal static class FunctionJson
{
    public static void Write(Utf8JsonWriter json, Selection selection, FunctionPage page)
    {
        WriteType(json, selection);
        json.WriteNumber("total"u8, page.Total);
        json.WriteNumber("functionCount"u8, page.FunctionCount);
        json.WriteNumber("matchCount"u8, page.MatchCount);
        json.WriteStartArray("functions"u8);
        foreach (var row in page.Rows)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, page.Names.GetString(row.Name));
            WriteValues(json, row.Self, row.Total);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, Selection selection, string function, FunctionSandwich sandwich, ColumnarGraph graph)
    {
        WriteType(json, selection);
        json.WriteString("function"u8, function);
        json.WriteBoolean("found"u8, sandwich.IsFound);
        WriteValues(json, sandwich.Self, sandwich.Total);
        ColumnarJson.WriteNames(json, graph);
        ColumnarJson.WriteTree(json, "callers"u8, graph.Trees[0]);
        ColumnarJson.WriteTree(json, "callees"u8, graph.Trees[1]);
    }

    public static void Write(Utf8JsonWriter json, Selection selection, ColumnarGraph graph)
    {
        WriteType(json, selection);
        ColumnarJson.WriteNames(json, graph);
        ColumnarJson.WriteTree(json, "tree"u8, graph.Trees[0]);
    }

    public static void Write(Utf8JsonWriter json, Selection left, Selection right, ColumnarGraph graph)
    {
        ColumnarJson.WriteNames(json, graph);
        WriteSide("left"u8, left, graph.Trees[0]);
        WriteSide("right"u8, right, graph.Trees[1]);

        void WriteSide(ReadOnlySpan<byte> name, Selection selection, ColumnarTree tree)
        {
            json.WriteStartObject(name);
            WriteType(json, selection);
            json.WriteNumber("seconds"u8, selection.Seconds);
            ColumnarJson.WriteTree(json, "tree"u8, tree);
            json.WriteEndObject();
        }
    }

    public static void Write(Utf8JsonWriter json, Selection left, Selection right, ChangeOptions options, FunctionChanges changes)
    {
        json.WriteString("mode"u8, options.Mode == ChangeMode.Rate ? "rate" : "share");
        json.WriteString("sort"u8, options.Order == FunctionOrder.Total ? "total" : "self");
        WriteSide("left"u8, left, changes.Left);
        WriteSide("right"u8, right, changes.Right);
        json.WriteNumber("functionCount"u8, changes.FunctionCount);
        json.WriteNumber("matchCount"u8, changes.MatchCount);
        json.WriteStartArray("functions"u8);
        foreach (var function in changes.Functions)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, function.Name);
            json.WriteStartObject("left"u8);
            WriteValues(json, function.LeftSelf, function.LeftTotal);
            json.WriteEndObject();
            json.WriteStartObject("right"u8);
            WriteValues(json, function.RightSelf, function.RightTotal);
            json.WriteEndObject();
            WriteEffect("self"u8, function.Self);
            WriteEffect("total"u8, function.Total);
            json.WriteEndObject();
        }
        json.WriteEndArray();

        void WriteSide(ReadOnlySpan<byte> property, Selection selection, ChangeSide side)
        {
            json.WriteStartObject(property);
            WriteType(json, selection);
            json.WriteNumber("total"u8, side.Total);
            json.WriteNumber("seconds"u8, side.Seconds);
            json.WriteNumber("windows"u8, side.Windows);
            json.WriteNumber("filledWindows"u8, side.FilledWindows);
            json.WriteEndObject();
        }

        void WriteEffect(ReadOnlySpan<byte> property, Effect effect)
        {
            json.WriteStartObject(property);
            json.WriteNumber("change"u8, effect.Change);
            WriteOptional(json, "noise"u8, effect.Noise);
            WriteOptional(json, "significance"u8, effect.Significance);
            json.WriteEndObject();
        }
    }

    public static void Write(Utf8JsonWriter json, Selection selection, Breakdown breakdown, int limit)
    {
        WriteType(json, selection);
        json.WriteNumber("total"u8, breakdown.Total);
        json.WriteStartArray("labels"u8);
        foreach (var label in breakdown.Labels)
        {
            json.WriteStartObject();
            json.WriteString("label"u8, label.Label);
            json.WriteNumber("valueCount"u8, label.Parts.Count);
            json.WriteStartArray("values"u8);
            foreach (var part in label.Parts.Take(limit))
            {
                json.WriteStartObject();
                json.WriteString("value"u8, part.Value);
                json.WriteNumber("total"u8, part.Total);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, Selection left, Selection right, BreakdownChange change, int limit)
    {
        WriteSide(json, "left"u8, left, change.LeftTotal);
        WriteSide(json, "right"u8, right, change.RightTotal);
        json.WriteNumber("changePerSecond"u8, change.ChangePerSecond);
        json.WriteStartArray("labels"u8);
        foreach (var label in change.Labels)
        {
            json.WriteStartObject();
            json.WriteString("label"u8, label.Label);
            json.WriteNumber("valueCount"u8, label.Changes.Count);
            json.WriteStartArray("values"u8);
            foreach (var value in label.Changes.Take(limit))
            {
                json.WriteStartObject();
                json.WriteString("value"u8, value.Value);
                json.WriteNumber("left"u8, value.LeftTotal);
                json.WriteNumber("right"u8, value.RightTotal);
                json.WriteNumber("changePerSecond"u8, value.ChangePerSecond);
                WriteOptional(json, "contribution"u8, value.Contribution);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, Selection selection, TopFunctions top)
    {
        WriteType(json, selection);
        json.WriteNumber("total"u8, top.Total);
        json.WriteNumber("functionCount"u8, top.FunctionCount);
        json.WriteNumber("serviceCount"u8, top.ServiceCount);
        json.WriteStartArray("functions"u8);
        foreach (var function in top.Functions)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, function.Name);
            WriteValues(json, function.Self, function.Total);
            json.WriteStartArray("services"u8);
            foreach (var part in function.Services)
            {
                json.WriteStartObject();
                json.WriteString("service"u8, part.Service);
                WriteValues(json, part.Self, part.Total);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, string function, FunctionSeen? seen)
    {
        json.WriteString("function"u8, function);
        json.WriteBoolean("found"u8, seen is not null);
        if (seen is null) return;
        WriteTime("first"u8, seen.FirstMillis, seen.FirstProfile);
        WriteTime("last"u8, seen.LastMillis, seen.LastProfile);

        void WriteTime(ReadOnlySpan<byte> property, long millis, Guid? profile)
        {
            json.WriteStartObject(property);
            json.WriteNumber("timeMillis"u8, millis);
            if (profile is { } id) json.WriteString("profileId"u8, id);
            json.WriteEndObject();
        }
    }

    internal static void WriteSide(Utf8JsonWriter json, ReadOnlySpan<byte> property, Selection selection, long total)
    {
        json.WriteStartObject(property);
        WriteType(json, selection);
        json.WriteNumber("total"u8, total);
        json.WriteNumber("seconds"u8, selection.Seconds);
        json.WriteEndObject();
    }

    internal static void WriteType(Utf8JsonWriter json, Selection selection)
    {
        json.WriteString("type"u8, selection.Profile?.TypeName ?? selection.Type.ToString());
        json.WriteString("unit"u8, selection.Type.SampleUnit);
        if (selection.Profile is not { } profile) return;
        json.WriteString("adhoc"u8, profile.Source);
        json.WriteStartArray("types"u8);
        foreach (var type in profile.TypeNames) json.WriteStringValue(type);
        json.WriteEndArray();
    }

    internal static void WriteValues(Utf8JsonWriter json, long self, long total)
    {
        json.WriteNumber("self"u8, self);
        json.WriteNumber("total"u8, total);
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> property, double? number)
    {
        if (number is { } known) json.WriteNumber(property, known);
        else json.WriteNull(property);
    }
}
