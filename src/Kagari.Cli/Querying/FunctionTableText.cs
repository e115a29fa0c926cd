using System.Text.Json;
using Kagari.Cli.Rendering;
using Kagari.Profiles;

namespace Kagari.Cli.Querying;

/// <summary>The table of functions as text and as JSON.</summary>
internal static class FunctionTableText
{
    /// <summary>The first rows by self (the table's own order) or by total.</summary>
    public static FunctionRow[] Top(FunctionTable table, bool byTotal, int count)
    {
        var rows = table.Rows.ToArray();
        if (byTotal) rows = [.. rows.OrderByDescending(r => r.Total).ThenByDescending(r => r.Self)];
        return count > 0 && count < rows.Length ? rows[..count] : rows;
    }

    public static void Write(FunctionTable table, IReadOnlyList<FunctionRow> rows, string unit, TextWriter output, int width)
    {
        var text = new TextTable("self", "self%", "total", "total%", "function");
        foreach (var row in rows)
        {
            text.Add(
                ValueText.Format(row.Self, unit), ValueText.Percent(row.Self, table.Total),
                ValueText.Format(row.Total, unit), ValueText.Percent(row.Total, table.Total), table.Names.GetString(row.Name));
        }
        text.Write(output, width);
        if (rows.Count < table.Rows.Length) output.WriteLine($"… {table.Rows.Length - rows.Count} more functions");
    }

    public static void WriteJson(Utf8JsonWriter json, FunctionTable table, IReadOnlyList<FunctionRow> rows, string type, string unit)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("unit", unit);
        json.WriteNumber("total", table.Total);
        json.WriteNumber("totalFunctions", table.Rows.Length);
        json.WriteStartArray("functions");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("name", table.Names.GetString(row.Name));
            json.WriteNumber("self", row.Self);
            json.WriteNumber("total", row.Total);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
