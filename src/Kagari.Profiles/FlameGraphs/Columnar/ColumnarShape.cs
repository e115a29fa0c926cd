namespace Kagari.Profiles;

/// <summary>Which nodes of a tree are drawn, in which order. Values of one tree, or of both sides of two, are laid out along it.</summary>
internal sealed class ColumnarShape
{
    private readonly int[] _nodes;      // node of the tree, per column
    private readonly int[] _columnOf;   // per node the column that it counts at, + 1: its own, or that of the nearest drawn node above
    private readonly bool[] _isFolded;  // per node

    private ColumnarShape(int columns, int nodes)
    {
        _nodes = new int[columns];
        _columnOf = new int[nodes];
        _isFolded = new bool[nodes];
        Depths = new int[columns];
        Names = new int[columns];
    }

    public int[] Depths { get; }

    /// <summary>Ids of the tree's names; −1: none.</summary>
    public int[] Names { get; }

    /// <summary>Chooses nodes of a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="rootName">Name of the root, an id of the tree's names; −1: none.</param>
    /// <param name="weights">Per node what the budget compares: 0 for what has no value on any side, and never more than its parent's.</param>
    /// <param name="maxNodes">Nodes that are drawn, the root not counted; 0: all.</param>
    public static ColumnarShape Of(FunctionTree tree, int rootName, ReadOnlySpan<long> weights, int maxNodes)
    {
        var weightMin = Truncation.TotalMin(weights, maxNodes);
        using var kept = KeptTree.Build(tree, weights, weightMin, sumsOthers: false);
        var drawn = Choose(kept, weights, weightMin, maxNodes, out var count);
        var shape = new ColumnarShape(count, tree.Count);

        // Step 2: pre-order. Children of one parent lie side by side; pushed from the right, they come from the left.
        var open = new Stack<(int Kept, int Depth)>();
        open.Push((0, 0));
        for (var column = 0; open.TryPop(out var at); column++)
        {
            var node = kept.Nodes[at.Kept];
            shape._columnOf[node] = column + 1;
            shape._nodes[column] = node;
            shape.Depths[column] = at.Depth;
            shape.Names[column] = node == 0 ? rootName : tree.NameIds[node];
            for (var child = kept.FirstChild[at.Kept + 1] - 1; child >= kept.FirstChild[at.Kept]; child--)
                if (drawn[child]) open.Push((child, at.Depth + 1));
        }

        // Step 3: what is not drawn counts at the nearest drawn node above. Parents precede children.
        for (var node = 1; node < tree.Count; node++)
        {
            if (shape._columnOf[node] > 0) continue;
            shape._columnOf[node] = shape._columnOf[tree.Parents[node]];
            shape._isFolded[node] = true;
        }
        return shape;
    }

    /// <summary>Lays values of the tree's nodes out in columns.</summary>
    public Values Lay(ReadOnlySpan<long> selfs, ReadOnlySpan<long> totals)
    {
        var values = new Values(new long[_nodes.Length], new long[_nodes.Length], new int[_nodes.Length]);
        for (var column = 0; column < _nodes.Length; column++)
        {
            values.Selfs[column] = selfs[_nodes[column]];
            values.Totals[column] = totals[_nodes[column]];
        }
        for (var node = 0; node < _isFolded.Length; node++)
            if (_isFolded[node] && totals[node] > 0) values.FoldedNodes[_columnOf[node] - 1]++;
        return values;
    }

    /// <summary>
    /// Step 1: of the nodes that the least weight lets pass, all above it and as many at it as are left. They are
    /// numbered level by level, so a parent is taken before its children.
    /// </summary>
    private static bool[] Choose(KeptTree kept, ReadOnlySpan<long> weights, long weightMin, int maxNodes, out int count)
    {
        var above = 0;
        foreach (var node in kept.Nodes[1..])
            if (node != KeptTree.Other && weights[node] > weightMin) above++;
        var left = maxNodes == 0 ? int.MaxValue : maxNodes - above;

        var drawn = new bool[kept.Count];
        drawn[0] = true;
        count = 1;
        for (var at = 1; at < drawn.Length; at++)
        {
            var node = kept.Nodes[at];
            if (node == KeptTree.Other) continue;
            drawn[at] = weights[node] > weightMin || left-- > 0;
            if (drawn[at]) count++;
        }
        return drawn;
    }

    /// <summary>Columns of one tree, or of one side.</summary>
    public readonly record struct Values(long[] Selfs, long[] Totals, int[] FoldedNodes);
}
