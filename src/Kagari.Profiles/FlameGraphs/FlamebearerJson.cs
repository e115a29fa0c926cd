using System.Text.Json;

namespace Kagari.Profiles;

/// <summary>Writes the answers of <c>/pyroscope/render</c> and <c>/pyroscope/render-diff</c>.</summary>
/// <remarks>
/// Peer: wire reference §6.1 and §6.2; properties in its order, numbers plain. The comparison's
/// <c>leftTicks</c> and <c>rightTicks</c> come last and are left out where they are 0.
/// </remarks>
public static class FlamebearerJson
{
    /// <summary>Writes the answer for one tree as one JSON object; the caller flushes.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="graph">The tree.</param>
    /// <param name="metadata">What it shows.</param>
    /// <param name="timeline">The sums over time; null is written as null.</param>
    /// <param name="groups">Timeline per label value, in ordinal order of the values; null is written as null.</param>
    public static void Write(
        Utf8JsonWriter json,
        FlameGraph graph,
        RenderMetadata metadata,
        RenderTimeline? timeline = null,
        IReadOnlyDictionary<string, RenderTimeline>? groups = null)
    {
        json.WriteStartObject();
        json.WriteNumber("version"u8, 1);
        WriteNames(json, graph.Names);
        for (var level = 0; level < graph.LevelCount; level++) WriteLevel(json, graph.Level(level));
        WriteEnd(json, graph.Total, graph.MaxSelf);
        WriteMetadata(json, metadata, "single"u8);
        json.WritePropertyName("timeline"u8);
        WriteTimeline(json, timeline);
        WriteGroups(json, groups);
        json.WriteNull("heatmap"u8);
        json.WriteEndObject();
    }

    /// <summary>Writes the answer for two trees as one JSON object; the caller flushes.</summary>
    public static void Write(Utf8JsonWriter json, FlameGraphDiff graph, RenderMetadata metadata)
    {
        json.WriteStartObject();
        json.WriteNumber("version"u8, 1);
        WriteNames(json, graph.Names);
        for (var level = 0; level < graph.LevelCount; level++) WriteLevel(json, graph.Level(level));
        WriteEnd(json, graph.Total, graph.MaxSelf);
        WriteMetadata(json, metadata, "double"u8);
        json.WriteNull("timeline"u8);
        json.WriteNull("groups"u8);
        json.WriteNull("heatmap"u8);
        if (graph.LeftTicks != 0) json.WriteNumber("leftTicks"u8, graph.LeftTicks);
        if (graph.RightTicks != 0) json.WriteNumber("rightTicks"u8, graph.RightTicks);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, IReadOnlyList<string> names)
    {
        json.WriteStartObject("flamebearer"u8);
        json.WriteStartArray("names"u8);
        foreach (var name in names) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("levels"u8);
    }

    private static void WriteLevel(Utf8JsonWriter json, ReadOnlySpan<long> values)
    {
        json.WriteStartArray();
        foreach (var value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void WriteEnd(Utf8JsonWriter json, long total, long maxSelf)
    {
        json.WriteEndArray();
        json.WriteNumber("numTicks"u8, total);
        json.WriteNumber("maxSelf"u8, maxSelf);
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, RenderMetadata metadata, ReadOnlySpan<byte> format)
    {
        json.WriteStartObject("metadata"u8);
        json.WriteString("format"u8, format);
        json.WriteString("spyName"u8, metadata.SpyName);
        json.WriteNumber("sampleRate"u8, metadata.SampleRate);
        json.WriteString("units"u8, metadata.Units);
        json.WriteString("name"u8, metadata.Name);
        json.WriteEndObject();
    }

    private static void WriteTimeline(Utf8JsonWriter json, RenderTimeline? timeline)
    {
        if (timeline is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        json.WriteNumber("startTime"u8, timeline.StartTime);
        json.WriteStartArray("samples"u8);
        foreach (var sample in timeline.Samples) json.WriteNumberValue(sample);
        json.WriteEndArray();
        json.WriteNumber("durationDelta"u8, timeline.DurationDelta);
        json.WriteNull("watermarks"u8);
        json.WriteEndObject();
    }

    private static void WriteGroups(Utf8JsonWriter json, IReadOnlyDictionary<string, RenderTimeline>? groups)
    {
        if (groups is null)
        {
            json.WriteNull("groups"u8);
            return;
        }
        json.WriteStartObject("groups"u8);
        foreach (var (value, timeline) in groups.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(value);
            WriteTimeline(json, timeline);
        }
        json.WriteEndObject();
    }
}
