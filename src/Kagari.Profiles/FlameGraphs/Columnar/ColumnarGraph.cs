namespace Kagari.Profiles;

/// <summary>One or several <see cref="ColumnarTree"/>s over one table of names: what a user interface draws. Immutable.</summary>
/// <remarks>
/// Bytes: <see cref="ColumnarWriter"/> and <see cref="ColumnarReader"/>; JSON: <see cref="ColumnarJson"/>; both are
/// drawn in docs/formats/columnar.md.
/// </remarks>
public sealed class ColumnarGraph
{
    private readonly ColumnarTree[] _trees;

    internal ColumnarGraph(NameTable names, ColumnarTree[] trees)
    {
        Names = names;
        _trees = trees;
    }

    /// <summary>The names of all trees, in byte-wise order of their ids. Do not add to it.</summary>
    public NameTable Names { get; }

    /// <summary>The trees: one of a flame graph; callers and callees of a sandwich; left and right of a comparison.</summary>
    public IReadOnlyList<ColumnarTree> Trees => _trees;

    /// <summary>Draws a tree.</summary>
    /// <param name="tree">Exact; values are 0 or more. Not changed and not kept.</param>
    /// <param name="maxNodes">
    /// The largest totals that are drawn, the root not counted; of equal totals those nearer to the root, then those
    /// further left. Never more than that. 0: all.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNodes"/> is negative.</exception>
    public static ColumnarGraph Build(FunctionTree tree, int maxNodes) => ColumnarBuilder.Build(tree.Names, [new(tree, -1, [])], maxNodes);

    /// <summary>Draws what lies under a call site; the site itself is the first node, with all that lies above it.</summary>
    /// <param name="tree">Exact; values are 0 or more. Not changed and not kept.</param>
    /// <param name="path">Names from the root.</param>
    /// <param name="maxNodes">The nodes that are drawn beside the first; 0: all.</param>
    /// <param name="graph">The graph; null where the tree has no such call site.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNodes"/> is negative.</exception>
    public static bool TryBuild(
        FunctionTree tree, IReadOnlyList<string> path, int maxNodes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ColumnarGraph? graph)
    {
        graph = null;
        var site = tree.FindPath(path);
        if (site < 0) return false;

        var totals = new long[tree.Count];
        tree.ComputeTotals(totals);
        var ancestors = new ColumnarAncestor[path.Count];
        for (int at = path.Count - 1, node = tree.Parents[site]; at >= 0; at--, node = tree.Parents[node])
            ancestors[at] = new ColumnarAncestor(tree.NameIds[node], tree.Selfs[node], totals[node]);
        graph = ColumnarBuilder.Build(tree.Names, [new(tree.Subtree(site), tree.NameIds[site], ancestors)], maxNodes);
        return true;
    }

    /// <summary>Draws both halves of a sandwich, callers first; each may have so many nodes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNodes"/> is negative.</exception>
    public static ColumnarGraph Build(FunctionSandwich sandwich, int maxNodes) => ColumnarBuilder.Build(
        sandwich.Callers.Names,
        [new(sandwich.Callers, sandwich.CallersName, []), new(sandwich.Callees, sandwich.CalleesName, [])],
        maxNodes);

    /// <summary>Draws two trees with the same nodes in the same order, the left one first; where a side has no such node, its values are 0.</summary>
    /// <param name="left">Exact; values are 0 or more. Not changed and not kept, nor are its names.</param>
    /// <param name="right">The same.</param>
    /// <param name="path">Names from the root of what is drawn; empty: everything.</param>
    /// <param name="maxNodes">The nodes that are drawn beside the first: those with the largest share of the left or of the right tree; 0: all.</param>
    /// <param name="graph">The graph; null where neither tree has such a call site.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNodes"/> is negative.</exception>
    public static bool TryBuildDiff(
        FunctionTree left, FunctionTree right, IReadOnlyList<string> path, int maxNodes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ColumnarGraph? graph) =>
        ColumnarDiff.TryBuild(left, right, path, maxNodes, out graph);
}
