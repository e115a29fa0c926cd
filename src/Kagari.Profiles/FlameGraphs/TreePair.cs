using System.Buffers;

namespace Kagari.Profiles;

/// <summary>Two trees laid over each other: the union of their nodes, with the values of either side.</summary>
/// <remarks>The inputs are not changed, not even their names: a side may be a cached tree that others read.</remarks>
internal sealed class TreePair : IDisposable
{
    private readonly long[] _leftSelfs, _rightSelfs, _leftTotals, _rightTotals;

    private TreePair(FunctionTree union, FunctionTree left, int[] leftNodes, FunctionTree right, int[] rightNodes)
    {
        Union = union;
        _leftSelfs = Spread(left, leftNodes, union.Count);
        _rightSelfs = Spread(right, rightNodes, union.Count);
        _leftTotals = Sum(union, _leftSelfs);
        _rightTotals = Sum(union, _rightSelfs);
    }

    /// <summary>The nodes of both; its own selfs are 0.</summary>
    public FunctionTree Union { get; }

    public ReadOnlySpan<long> LeftSelfs => _leftSelfs.AsSpan(0, Union.Count);

    public ReadOnlySpan<long> RightSelfs => _rightSelfs.AsSpan(0, Union.Count);

    public ReadOnlySpan<long> LeftTotals => _leftTotals.AsSpan(0, Union.Count);

    public ReadOnlySpan<long> RightTotals => _rightTotals.AsSpan(0, Union.Count);

    public static TreePair Build(FunctionTree left, FunctionTree right)
    {
        var union = ReferenceEquals(left.Names, right.Names) ? new FunctionTree(left.Names) : new FunctionTree();
        var leftNodes = Place(union, left);
        var rightNodes = Place(union, right);
        var pair = new TreePair(union, left, leftNodes, right, rightNodes);
        ArrayPool<int>.Shared.Return(leftNodes);
        ArrayPool<int>.Shared.Return(rightNodes);
        return pair;
    }

    /// <summary>The name of a node with a negative value, or null: what cannot be drawn.</summary>
    public static string? FindNegative(FunctionTree tree)
    {
        var selfs = tree.Selfs;
        for (var node = 0; node < selfs.Length; node++)
            if (selfs[node] < 0) return node == 0 ? "total" : tree.Names.GetString(tree.NameIds[node]);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<long>.Shared.Return(_leftSelfs);
        ArrayPool<long>.Shared.Return(_rightSelfs);
        ArrayPool<long>.Shared.Return(_leftTotals);
        ArrayPool<long>.Shared.Return(_rightTotals);
    }

    /// <summary>Adds a tree's nodes to the union; returns where each went (rented).</summary>
    private static int[] Place(FunctionTree union, FunctionTree tree)
    {
        var placed = ArrayPool<int>.Shared.Rent(tree.Count);
        var names = NameMap(union.Names, tree);
        placed[0] = 0;
        for (var node = 1; node < tree.Count; node++)
        {
            var name = tree.NameIds[node];
            placed[node] = union.Child(placed[tree.Parents[node]], names is null ? name : names[name]);
        }
        return placed;
    }

    /// <summary>The union's id of each name that the tree uses; null where both share a table.</summary>
    private static int[]? NameMap(NameTable target, FunctionTree tree)
    {
        if (ReferenceEquals(target, tree.Names)) return null;
        var map = new int[tree.Names.Count];
        Array.Fill(map, -1);
        foreach (var name in tree.NameIds[1..])
            if (map[name] < 0) map[name] = target.Intern(tree.Names[name], tree.Names.HashOf(name));
        return map;
    }

    private static long[] Spread(FunctionTree tree, int[] placed, int count)
    {
        var selfs = ArrayPool<long>.Shared.Rent(count);
        selfs.AsSpan(0, count).Clear();
        for (var node = 0; node < tree.Count; node++) selfs[placed[node]] += tree.Selfs[node];
        return selfs;
    }

    private static long[] Sum(FunctionTree union, long[] selfs)
    {
        var totals = ArrayPool<long>.Shared.Rent(union.Count);
        selfs.AsSpan(0, union.Count).CopyTo(totals);
        for (var node = union.Count - 1; node > 0; node--) totals[union.Parents[node]] = Saturating.Add(totals[union.Parents[node]], totals[node]);
        return totals;
    }
}
