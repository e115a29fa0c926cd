using System.Text;

namespace Kagari.Profiles.Tests.FlameGraphs;

/// <summary>A tree as its stacks, one by one: the slow, plain side that exact answers are compared with.</summary>
internal sealed record ExpandedStacks(IReadOnlyList<(string[] Frames, long Value)> Stacks)
{
    public static ExpandedStacks Of(FunctionTree tree)
    {
        var stacks = new List<(string[], long)>();
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree.Selfs[node] == 0) continue;
            var frames = new List<string>();
            for (var at = node; at > 0; at = tree.Parents[at]) frames.Insert(0, tree.Names.GetString(tree.NameIds[at]));
            stacks.Add(([.. frames], tree.Selfs[node]));
        }
        return new ExpandedStacks(stacks);
    }

    public long Total => Stacks.Sum(s => s.Value);

    /// <summary>What <see cref="ColumnarGraph.Build(FunctionTree, int)"/> draws, as <see cref="Draw"/> writes it.</summary>
    public string Columns(int maxNodes)
    {
        var totals = new Dictionary<string, (string[] Path, long Self, long Total)>();
        foreach (var (frames, value) in Stacks)
        {
            for (var depth = 0; depth <= frames.Length; depth++)
            {
                var key = string.Join('\0', frames[..depth]) + depth;
                var node = totals.GetValueOrDefault(key, (frames[..depth], 0, 0));
                totals[key] = (node.Item1, node.Item2 + (depth == frames.Length ? value : 0), node.Item3 + value);
            }
        }
        if (totals.Count == 0) return "0 0/0";
        var nodes = totals.Values.ToList();
        var ranked = nodes.Where(n => n.Path.Length > 0)
            .OrderByDescending(n => n.Total).ThenBy(n => n.Path.Length).ThenBy(n => n.Path, PathOrder.Instance).ToList();
        var drawn = ranked.Take(maxNodes == 0 ? int.MaxValue : maxNodes).Append(nodes.Single(n => n.Path.Length == 0)).ToList();
        var lines = new List<string>();
        foreach (var node in drawn.OrderBy(n => n.Path, PathOrder.Instance))
        {
            var folded = ranked.Skip(maxNodes == 0 ? int.MaxValue : maxNodes)
                .Count(r => drawn.Where(d => IsPrefix(d.Path, r.Path)).MaxBy(d => d.Path.Length).Path == node.Path);
            var below = drawn.Where(d => d.Path.Length == node.Path.Length + 1 && IsPrefix(node.Path, d.Path)).Sum(d => d.Total);
            var rest = node.Total - node.Self - below;
            lines.Add(Line(node.Path.Length, node.Path.LastOrDefault() ?? "", node.Self, node.Total, folded, rest));
        }
        return string.Join('\n', lines);
    }

    public static string Draw(ColumnarGraph graph, ColumnarTree tree)
    {
        var lines = new List<string>();
        for (var node = 0; node < tree.Count; node++)
        {
            var name = tree.NameIds[node] < 0 ? "" : graph.Names.GetString(tree.NameIds[node]);
            lines.Add(Line(tree.Depths[node], name, tree.Selfs[node], tree.Totals[node], tree.FoldedNodes[node], tree.FoldedValues[node]));
        }
        return string.Join('\n', lines);
    }

    /// <summary>The part of the stacks under a call site, without it.</summary>
    public ExpandedStacks Below(string[] site) =>
        new([.. Stacks.Where(s => IsPrefix(site, s.Frames)).Select(s => (s.Frames[site.Length..], s.Value))]);

    /// <summary>Each stack cut behind each place where the chain ends, or only the outermost.</summary>
    public ExpandedStacks Callees(string[] chain, bool every) =>
        new([.. Stacks.SelectMany(s => Ends(s.Frames, chain, every).Select(end => (s.Frames[end..], s.Value)))]);

    /// <summary>What is before the chain, inverted.</summary>
    public ExpandedStacks Callers(string[] chain, bool every) =>
        new([.. Stacks.SelectMany(s => Ends(s.Frames, chain, every).Select(end => (s.Frames[..(end - chain.Length)].Reverse().ToArray(), s.Value)))]);

    public long TotalOf(string[] chain) => Stacks.Where(s => Ends(s.Frames, chain, every: false).Any()).Sum(s => s.Value);

    public long SelfOf(string[] chain) => Stacks.Where(s => Ends(s.Frames, chain, every: true).Contains(s.Frames.Length)).Sum(s => s.Value);

    private static IEnumerable<int> Ends(string[] frames, string[] chain, bool every)
    {
        var ends = Enumerable.Range(chain.Length, Math.Max(frames.Length - chain.Length + 1, 0))
            .Where(end => frames.AsSpan((end - chain.Length)..end).SequenceEqual(chain));
        return every ? ends : ends.Take(1);
    }

    private static bool IsPrefix(string[] prefix, string[] path) => prefix.Length <= path.Length && path.AsSpan(0, prefix.Length).SequenceEqual(prefix);

    private static string Line(int depth, string name, long self, long total, int foldedNodes, long foldedValue)
    {
        var folded = foldedNodes == 0 && foldedValue == 0 ? "" : $" +{foldedNodes}={foldedValue}";
        return $"{depth} {name}{(name.Length > 0 ? " " : "")}{self}/{total}{folded}";
    }

    private sealed class PathOrder : IComparer<string[]>
    {
        public static PathOrder Instance { get; } = new();

        public int Compare(string[]? x, string[]? y)
        {
            for (var i = 0; i < Math.Min(x!.Length, y!.Length); i++)
                if (Encoding.UTF8.GetBytes(x[i]).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y[i])) is var order and not 0) return order;
            return x.Length.CompareTo(y!.Length);
        }
    }
}
