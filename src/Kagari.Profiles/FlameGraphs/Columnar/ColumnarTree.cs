namespace Kagari.Profiles;

/// <summary>One truncated tree as columns, a node after its parent and before its next sibling (pre-order). Immutable.</summary>
/// <remarks>
/// <code>
/// main;work;inner 9 | main;work 3 | main;idle 5           drawn with 2 nodes beside the root
///
/// node           0      1      2
/// Depths         0      1      2
/// NameIds       −1   main   work         −1: the root has no name
/// Selfs          0      0      3
/// Totals        17     17     12
/// FoldedNodes    0      1      1         idle under main, inner under work
/// FoldedValues   0      5      9         = total − self − totals of the drawn children
/// </code>
/// Siblings are in byte-wise order of names. Every number is exact: what is not drawn is folded, never lost.
/// </remarks>
public sealed class ColumnarTree
{
    private readonly int[] _depths, _names, _foldedNodes;
    private readonly long[] _selfs, _totals, _foldedValues;
    private readonly ColumnarAncestor[] _ancestors;

    internal ColumnarTree(int[] depths, int[] names, long[] selfs, long[] totals, int[] foldedNodes, ColumnarAncestor[] ancestors)
    {
        _depths = depths;
        _names = names;
        _selfs = selfs;
        _totals = totals;
        _foldedNodes = foldedNodes;
        _ancestors = ancestors;
        _foldedValues = Rest(depths, selfs, totals);
    }

    /// <summary>Number of nodes, the first included.</summary>
    public int Count => _depths.Length;

    /// <summary>Calls between the first node and each node.</summary>
    public ReadOnlySpan<int> Depths => _depths;

    /// <summary>Names, as ids of <see cref="ColumnarGraph.Names"/>; −1 for a root without a name.</summary>
    public ReadOnlySpan<int> NameIds => _names;

    /// <summary>Value that ends at each node.</summary>
    public ReadOnlySpan<long> Selfs => _selfs;

    /// <summary>Value of each node and all below, drawn or not.</summary>
    public ReadOnlySpan<long> Totals => _totals;

    /// <summary>How many nodes below each node are not drawn and have no drawn node between.</summary>
    public ReadOnlySpan<int> FoldedNodes => _foldedNodes;

    /// <summary>The value of those.</summary>
    public ReadOnlySpan<long> FoldedValues => _foldedValues;

    /// <summary>The way from the root to the first node, the root first; empty where the first node is the root.</summary>
    public ReadOnlySpan<ColumnarAncestor> Ancestors => _ancestors;

    /// <summary>What each total has beyond self and children; negative where the columns contradict each other.</summary>
    private static long[] Rest(int[] depths, long[] selfs, long[] totals)
    {
        var rest = new long[depths.Length];
        var path = new int[MaxOf(depths) + 1];
        for (var node = 0; node < depths.Length; node++)
        {
            rest[node] = totals[node] - selfs[node];
            path[depths[node]] = node;
            if (depths[node] == 0) continue;
            ref var above = ref rest[path[depths[node] - 1]];
            // Only totals that were cut at 64 bits can have children that are larger together.
            above = totals[path[depths[node] - 1]] == long.MaxValue ? Math.Max(above - totals[node], 0) : Saturating.Add(above, -totals[node]);
        }
        return rest;
    }

    private static int MaxOf(int[] depths)
    {
        var max = 0;
        foreach (var depth in depths) max = Math.Max(max, depth);
        return max;
    }
}

/// <summary>A caller on the way to the first node of a <see cref="ColumnarTree"/>, with its values in the whole tree.</summary>
/// <param name="Name">Id in <see cref="ColumnarGraph.Names"/>; −1 for the root.</param>
/// <param name="Self">Value that ends at it.</param>
/// <param name="Total">Value of it and all below.</param>
public readonly record struct ColumnarAncestor(int Name, long Self, long Total);
