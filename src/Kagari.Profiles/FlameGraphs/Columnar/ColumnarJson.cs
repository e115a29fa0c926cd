using System.Text.Json;

namespace Kagari.Profiles;

/// <summary>Writes columnar trees as JSON.</summary>
/// <remarks>
/// The shape stands in docs/formats/columnar.md. Numbers are plain: above 2^53 JavaScript rounds them.
/// Bytes of names that are no UTF-8 become U+FFFD.
/// </remarks>
public static class ColumnarJson
{
    /// <summary>Writes the property <c>names</c> into the object that is open.</summary>
    public static void WriteNames(Utf8JsonWriter json, ColumnarGraph graph)
    {
        json.WriteStartArray("names"u8);
        for (var name = 0; name < graph.Names.Count; name++) json.WriteStringValue(graph.Names.GetString(name));
        json.WriteEndArray();
    }

    /// <summary>Writes a tree as a property of the object that is open.</summary>
    public static void WriteTree(Utf8JsonWriter json, ReadOnlySpan<byte> property, ColumnarTree tree)
    {
        json.WriteStartObject(property);
        if (tree.Ancestors.Length > 0) WriteAncestors(json, tree);
        WriteColumn(json, "depth"u8, tree.Depths);
        WriteColumn(json, "name"u8, tree.NameIds);
        WriteColumn(json, "self"u8, tree.Selfs);
        WriteColumn(json, "total"u8, tree.Totals);
        json.WriteStartArray("folded"u8);
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree.FoldedNodes[node] == 0) continue;
            json.WriteStartObject();
            json.WriteNumber("node"u8, node);
            json.WriteNumber("nodes"u8, tree.FoldedNodes[node]);
            json.WriteNumber("value"u8, tree.FoldedValues[node]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAncestors(Utf8JsonWriter json, ColumnarTree tree)
    {
        json.WriteStartArray("ancestors"u8);
        foreach (var ancestor in tree.Ancestors)
        {
            json.WriteStartObject();
            json.WriteNumber("name"u8, ancestor.Name);
            json.WriteNumber("self"u8, ancestor.Self);
            json.WriteNumber("total"u8, ancestor.Total);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteColumn(Utf8JsonWriter json, ReadOnlySpan<byte> property, ReadOnlySpan<int> column)
    {
        json.WriteStartArray(property);
        foreach (var number in column) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void WriteColumn(Utf8JsonWriter json, ReadOnlySpan<byte> property, ReadOnlySpan<long> column)
    {
        json.WriteStartArray(property);
        foreach (var number in column) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
