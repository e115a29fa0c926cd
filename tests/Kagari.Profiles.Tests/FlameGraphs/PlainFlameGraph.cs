using System.Text;

namespace Kagari.Profiles.Tests.FlameGraphs;

/// <summary>The plain twin of <see cref="FlameGraph"/>: wire reference §7 word for word, with recursion and sorting.</summary>
internal sealed class PlainFlameGraph
{
    private readonly List<List<(string Name, long X, long Total, long Self)>> _levels = [];

    public static string Draw(FunctionTree tree, int maxNodes)
    {
        var totals = new long[tree.Count];
        tree.ComputeTotals(totals);
        var minVal = maxNodes == 0 || tree.Count - 1 <= maxNodes ? 0 : totals[1..].OrderDescending().ElementAt(maxNodes - 1);
        var graph = new PlainFlameGraph();
        graph.Visit(tree, totals, 0, "total", 0, 0, minVal);
        return graph.Draw();
    }

    private void Visit(FunctionTree tree, long[] totals, int node, string name, long x, int level, long minVal)
    {
        Put(level, (name, x, totals[node], tree.Selfs[node]));
        x += tree.Selfs[node];
        var other = 0L;
        foreach (var child in ChildrenOf(tree, node))
        {
            var childName = tree.Names.GetString(tree.NameIds[child]);
            if (totals[child] < minVal || childName == "other") other += totals[child];
            else if (totals[child] > 0)
            {
                Visit(tree, totals, child, childName, x, level + 1, minVal);
                x += totals[child];
            }
        }
        if (other > 0) Put(level + 1, ("other", x, other, other));
    }

    private static IEnumerable<int> ChildrenOf(FunctionTree tree, int node)
    {
        var children = new List<int>();
        for (var child = 1; child < tree.Count; child++)
            if (tree.Parents[child] == node) children.Add(child);
        children.Sort((a, b) => tree.Names[tree.NameIds[a]].SequenceCompareTo(tree.Names[tree.NameIds[b]]));
        return children;
    }

    private void Put(int level, (string Name, long X, long Total, long Self) node)
    {
        while (_levels.Count <= level) _levels.Add([]);
        _levels[level].Add(node);
    }

    private string Draw()
    {
        var text = new StringBuilder();
        foreach (var level in _levels)
        {
            if (text.Length > 0) text.Append(" ||");
            var end = 0L;
            foreach (var (name, x, total, self) in level)
            {
                if (text.Length > 0) text.Append(' ');
                text.Append($"{name} {x - end}+{total}/{self}");
                end = x + total;
            }
        }
        return text.ToString();
    }
}
