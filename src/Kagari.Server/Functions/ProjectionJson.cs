using System.Globalization;
using System.Text.Json;
using Kagari.Profiles;

namespace Kagari.Server.Functions;

/// <summary>The messages of <see cref="FunctionProjections"/>, each into an object that is open.</summary>
internal static class ProjectionJson
{
    private const string OtherName = "other";

    public static void Table(Utf8JsonWriter json, FunctionTable table, long limit)
    {
        json.WriteStartArray("functions"u8);
        foreach (var row in table.Rows[..Shown(table.Rows.Length, limit)])
        {
            json.WriteStartObject();
            json.WriteString("name"u8, table.Names.GetString(row.Name));
            Number(json, "self", row.Self);
            Number(json, "total", row.Total);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Number(json, "total", table.Total);
        Number(json, "totalFunctions", table.Rows.Length);
    }

    /// <summary>Both sides in a row, the largest self of either side first, as in a table.</summary>
    public static void Joined(Utf8JsonWriter json, FunctionTableDiff diff, long limit)
    {
        var rows = diff.Rows.ToArray();
        Array.Sort(rows, (a, b) =>
        {
            var bySelf = Math.Max(b.LeftSelf, b.RightSelf).CompareTo(Math.Max(a.LeftSelf, a.RightSelf));
            var byTotal = Math.Max(b.LeftTotal, b.RightTotal).CompareTo(Math.Max(a.LeftTotal, a.RightTotal));
            return bySelf != 0 ? bySelf : byTotal != 0 ? byTotal : diff.Names[a.Name].SequenceCompareTo(diff.Names[b.Name]);
        });
        json.WriteStartArray("functions"u8);
        foreach (var row in rows.AsSpan(0, Shown(rows.Length, limit)))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, diff.Names.GetString(row.Name));
            Number(json, "leftSelf", row.LeftSelf);
            Number(json, "leftTotal", row.LeftTotal);
            Number(json, "rightSelf", row.RightSelf);
            Number(json, "rightTotal", row.RightTotal);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Number(json, "leftTotal", diff.LeftTotal);
        Number(json, "rightTotal", diff.RightTotal);
        Number(json, "totalFunctions", rows.Length);
    }

    /// <summary>Both halves with one table of names. A function that no stack has gives roots without a value.</summary>
    public static void Sandwich(Utf8JsonWriter json, string function, FunctionSandwich sandwich, ColumnarGraph graph)
    {
        var count = graph.Names.Count;
        json.WriteStartArray("names"u8);
        for (var name = 0; name < count; name++) json.WriteStringValue(graph.Names.GetString(name));
        json.WriteStringValue(OtherName);
        json.WriteStringValue(function);
        json.WriteEndArray();
        Number(json, "total", sandwich.Total);
        Number(json, "self", sandwich.Self);
        Nodes(json, "callers", graph.Trees[0], new NodeHead(count, CallersOf: sandwich));
        Nodes(json, "callees", graph.Trees[1], new NodeHead(count, CallersOf: null));
    }

    /// <summary>A few levels of one half; an object without a root where nothing is found.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The half.</param>
    /// <param name="graph">Its whole tree among others; null: not found.</param>
    /// <param name="tree">Which of the graph.</param>
    /// <param name="callersOf">For callers, the function whose self their root has.</param>
    /// <param name="depthMax">Levels below the root.</param>
    public static void Half(Utf8JsonWriter json, string name, ColumnarGraph? graph, int tree, FunctionSandwich? callersOf, int depthMax)
    {
        json.WriteStartObject(name);
        if (graph is not null) Levels(json, graph, graph.Trees[tree], callersOf, depthMax);
        json.WriteEndObject();
    }

    private static void Levels(Utf8JsonWriter json, ColumnarGraph graph, ColumnarTree tree, FunctionSandwich? callersOf, int depthMax)
    {
        var depths = tree.Depths;
        var open = -1;   // depth of the innermost open node
        for (var node = 0; node < depths.Length; node++)
        {
            if (depths[node] > depthMax) continue;
            for (; open >= depths[node]; open--) CloseLevel(json, open, depthMax);
            if (node == 0) json.WriteStartObject("root"u8);
            else json.WriteStartObject();
            json.WriteString("name"u8, tree.NameIds[node] < 0 ? "" : graph.Names.GetString(tree.NameIds[node]));
            Number(json, "total", tree.Totals[node]);
            Number(json, "self", SelfOf(tree, node, callersOf));
            if (node + 1 < depths.Length && depths[node + 1] > depths[node]) json.WriteBoolean("hasChildren"u8, true);
            if (depths[node] < depthMax) json.WriteStartArray("children"u8);
            open = depths[node];
        }
        for (; open >= 0; open--) CloseLevel(json, open, depthMax);
    }

    private static void CloseLevel(Utf8JsonWriter json, int depth, int depthMax)
    {
        if (depth < depthMax) json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a truncated tree; what is folded under a node is a child <c>other</c>, marked as truncated.</summary>
    private static void Nodes(Utf8JsonWriter json, string property, ColumnarTree tree, NodeHead head)
    {
        var open = new Stack<int>();
        for (var node = 0; node < tree.Count; node++)
        {
            while (open.Count > tree.Depths[node]) Close(open.Pop());
            if (node == 0) json.WriteStartObject(property);
            else json.WriteStartObject();
            // A root that has no name in the graph is the function that no stack has.
            json.WriteNumber("nameIndex"u8, tree.NameIds[node] < 0 ? head.OtherIndex + 1 : tree.NameIds[node]);
            Number(json, "total", tree.Totals[node]);
            Number(json, "self", SelfOf(tree, node, head.CallersOf));
            if (HasArray(node)) json.WriteStartArray("children"u8);
            open.Push(node);
        }
        while (open.TryPop(out var node)) Close(node);

        bool HasArray(int node) => tree.FoldedNodes[node] > 0 || (node + 1 < tree.Count && tree.Depths[node + 1] > tree.Depths[node]);

        void Close(int node)
        {
            if (tree.FoldedNodes[node] > 0)
            {
                json.WriteStartObject();
                json.WriteNumber("nameIndex"u8, head.OtherIndex);
                Number(json, "total", tree.FoldedValues[node]);
                Number(json, "self", head.CallersOf is null ? tree.FoldedValues[node] : 0);
                json.WriteBoolean("truncated"u8, true);
                json.WriteEndObject();
            }
            if (HasArray(node)) json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>Where a stack of callers ends nothing was measured: of callers only the function itself has a self.</summary>
    private static long SelfOf(ColumnarTree tree, int node, FunctionSandwich? callersOf) =>
        callersOf is null ? tree.Selfs[node] : node == 0 ? callersOf.Self : 0;

    private static int Shown(int count, long limit) => limit == 0 ? count : (int)Math.Min(limit, count);

    private static void Number(Utf8JsonWriter json, string name, long value)
    {
        if (value != 0) json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    /// <param name="OtherIndex">Index of the name <c>other</c>; after it comes that of the function.</param>
    /// <param name="CallersOf">For callers, the function whose self their root has.</param>
    private readonly record struct NodeHead(int OtherIndex, FunctionSandwich? CallersOf);
}
