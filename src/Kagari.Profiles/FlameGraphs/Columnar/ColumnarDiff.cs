using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Kagari.Profiles;

/// <summary>Draws two trees, which need not share names, with the same nodes in the same order.</summary>
/// <remarks>
/// <code>
/// left    main;work 9 | main;idle 1            right   main;work 20 | main;new 30        all nodes
///
/// node     0     1     2     3     4
/// name    −1   main  idle   new  work
/// left    10    10     1     0     9          totals; the shapes are equal, the values are each side's own
/// right   50    50     0    30    20
/// </code>
/// The budget takes the nodes with the largest share of their side, on whichever side that is larger: sides may be an hour
/// and a day, and what is large on either is drawn.
/// </remarks>
internal static class ColumnarDiff
{
    public static bool TryBuild(FunctionTree left, FunctionTree right, IReadOnlyList<string> path, int maxNodes, [NotNullWhen(true)] out ColumnarGraph? graph)
    {
        graph = null;
        var (ofLeft, ofRight) = (Side.Of(left, path), Side.Of(right, path));
        if (!ofLeft.IsFound && !ofRight.IsFound) return false;

        using var pair = TreePair.Build(ofLeft.Part, ofRight.Part);
        var names = pair.Union.Names;
        int[] ids = [.. path.Select(p => IdOf(names, p))];
        var shape = ColumnarShape.Of(pair.Union, path.Count == 0 ? -1 : ids[^1], Weights(pair, ofLeft.Whole, ofRight.Whole), maxNodes);
        graph = ColumnarBuilder.Build(names,
        [
            new(shape, shape.Lay(pair.LeftSelfs, pair.LeftTotals), ofLeft.Ancestors(ids)),
            new(shape, shape.Lay(pair.RightSelfs, pair.RightTotals), ofRight.Ancestors(ids)),
        ]);
        return true;
    }

    /// <summary>
    /// The larger share of each node. The bits of numbers that are not negative are in the order of the numbers, so the shares
    /// are compared as what truncation compares: 64 bits. Dividing keeps the order, so no node has more than its parent.
    /// </summary>
    private static long[] Weights(TreePair pair, long leftWhole, long rightWhole)
    {
        var weights = new long[pair.Union.Count];
        for (var node = 0; node < weights.Length; node++)
            weights[node] = BitConverter.DoubleToInt64Bits(Math.Max(Share(pair.LeftTotals[node], leftWhole), Share(pair.RightTotals[node], rightWhole)));
        return weights;

        static double Share(long total, long whole) => total == 0 ? 0 : total / (double)whole;
    }

    /// <summary>A table that both sides share is not added to; then one of them has the whole path in it.</summary>
    private static int IdOf(NameTable names, string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        return names.TryFind(bytes, out var id) ? id : names.Intern(bytes);
    }

    /// <summary>What lies under the call site on one side, and its callers there: none where the side goes elsewhere.</summary>
    private readonly record struct Side(FunctionTree Part, bool IsFound, long Whole, (long Self, long Total)[] Above)
    {
        public static Side Of(FunctionTree tree, IReadOnlyList<string> path)
        {
            var totals = new long[tree.Count];
            tree.ComputeTotals(totals);
            var above = new (long Self, long Total)[path.Count];
            var node = 0;
            for (var at = 0; at < above.Length && node >= 0; at++)
            {
                above[at] = (tree.Selfs[node], totals[node]);
                node = tree.Names.TryFind(Encoding.UTF8.GetBytes(path[at]), out var name) ? tree.FindChild(node, name) : -1;
            }
            return new Side(node < 0 ? new FunctionTree(tree.Names) : tree.Subtree(node), node >= 0, totals[0], above);
        }

        public ColumnarAncestor[] Ancestors(int[] ids) => [.. Above.Select((a, at) => new ColumnarAncestor(at == 0 ? -1 : ids[at - 1], a.Self, a.Total))];
    }
}
