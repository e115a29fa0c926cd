using System.Text.Json;

namespace Kagari.Ui.Tests.Explore;

/// <summary>A tree as the server tells it: columns in preorder.</summary>
internal sealed class CallTree
{
    private readonly int[] _depths;

    public CallTree(JsonElement tree, JsonElement names)
    {
        string[] known = [.. names.EnumerateArray().Select(n => n.GetString()!)];
        _depths = Column(tree, "depth", e => e.GetInt32());
        Names = Column(tree, "name", e => e.GetInt32() is var id && id >= 0 && id < known.Length ? known[id] : "");
        Totals = Column(tree, "total", e => e.GetDouble());
        Selfs = Column(tree, "self", e => e.GetDouble());
    }

    public int Count => _depths.Length;

    public string[] Names { get; }

    public double[] Totals { get; }

    public double[] Selfs { get; }

    public double Total => Totals[0];

    public int DepthOf(int node) => _depths[node];

    public IEnumerable<int> Children(int node)
    {
        for (var child = node + 1; child < Count && _depths[child] > _depths[node]; child++)
            if (_depths[child] == _depths[node] + 1) yield return child;
    }

    /// <summary>The node at the end of a path of names from below the root.</summary>
    public int Find(IEnumerable<string> path)
    {
        var node = 0;
        foreach (var name in path) node = Children(node).Single(c => Names[c] == name);
        return node;
    }

    /// <summary>Where a node begins, as a part of the width of all: siblings stand side by side from the left.</summary>
    public double StartOf(int node)
    {
        var (start, at) = (0.0, 0);
        for (var depth = 1; depth <= _depths[node]; depth++)
        {
            foreach (var child in Children(at))
            {
                if (child + Size(child) > node) { at = child; break; }
                start += Totals[child];
            }
        }
        return start / Total;
    }

    private int Size(int node)
    {
        var end = node + 1;
        while (end < Count && _depths[end] > _depths[node]) end++;
        return end - node;
    }

    private static T[] Column<T>(JsonElement tree, string name, Func<JsonElement, T> read) => [.. tree.GetProperty(name).EnumerateArray().Select(read)];
}
