using System.Text.Json;
using Kagari.Cli.Rendering;
using Kagari.Profiles;

namespace Kagari.Cli.Querying;

/// <summary>What changed between two profiles, largest change of share first, as text and as JSON.</summary>
internal static class DiffText
{
    /// <summary>The rows with a change, by the absolute change of their share; equal ones by name.</summary>
    public static FunctionDiffRow[] Top(FunctionTableDiff diff, bool byTotal, int count)
    {
        var rows = diff.Rows.ToArray()
            .Select(row => (Row: row, Change: Change(diff, row, byTotal)))
            .Where(r => r.Change != 0)
            .OrderByDescending(r => Math.Abs(r.Change)).ThenBy(r => diff.Names.GetString(r.Row.Name), StringComparer.Ordinal)
            .Select(r => r.Row);
        return [.. count > 0 ? rows.Take(count) : rows];
    }

    public static void Write(FunctionTableDiff diff, IReadOnlyList<FunctionDiffRow> rows, bool byTotal, DiffSide left, DiffSide right, TextWriter output, int width)
    {
        output.WriteLine($"left   {left.Name}: {ValueText.Format(diff.LeftTotal, left.Unit)}");
        output.WriteLine($"right  {right.Name}: {ValueText.Format(diff.RightTotal, right.Unit)}");
        if (rows.Count == 0)
        {
            output.WriteLine("no function changed its share");
            return;
        }
        var text = new TextTable("change", "left", "right", "left%", "right%", "function");
        foreach (var row in rows)
        {
            var (leftValue, rightValue) = byTotal ? (row.LeftTotal, row.RightTotal) : (row.LeftSelf, row.RightSelf);
            text.Add(
                $"{100 * Change(diff, row, byTotal):+0.00;-0.00}",
                ValueText.Format(leftValue, left.Unit), ValueText.Format(rightValue, right.Unit),
                ValueText.Percent(leftValue, diff.LeftTotal), ValueText.Percent(rightValue, diff.RightTotal), diff.Names.GetString(row.Name));
        }
        text.Write(output, width);
        output.WriteLine($"change: percentage points of the {(byTotal ? "total" : "self")} share");
    }

    public static void WriteJson(Utf8JsonWriter json, FunctionTableDiff diff, IReadOnlyList<FunctionDiffRow> rows, DiffSide left, DiffSide right)
    {
        json.WriteStartObject();
        WriteSide(json, "left", left, diff.LeftTotal);
        WriteSide(json, "right", right, diff.RightTotal);
        json.WriteStartArray("functions");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("name", diff.Names.GetString(row.Name));
            json.WriteNumber("leftSelf", row.LeftSelf);
            json.WriteNumber("leftTotal", row.LeftTotal);
            json.WriteNumber("rightSelf", row.RightSelf);
            json.WriteNumber("rightTotal", row.RightTotal);
            json.WriteNumber("selfShareChange", diff.SelfShareChange(row));
            json.WriteNumber("totalShareChange", diff.TotalShareChange(row));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double Change(FunctionTableDiff diff, in FunctionDiffRow row, bool byTotal) =>
        byTotal ? diff.TotalShareChange(row) : diff.SelfShareChange(row);

    private static void WriteSide(Utf8JsonWriter json, string name, DiffSide side, long total)
    {
        json.WriteStartObject(name);
        json.WriteString("of", side.Name);
        json.WriteString("unit", side.Unit);
        json.WriteNumber("total", total);
        json.WriteEndObject();
    }
}
