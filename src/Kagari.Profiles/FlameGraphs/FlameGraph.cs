using System.Buffers;

namespace Kagari.Profiles;

/// <summary>A flame graph as the query API answers it: levels of nodes, from the root down. Immutable.</summary>
/// <remarks>
/// Peer: wire reference §7.1-§7.3; drawn in docs/formats/flame-graph.md. Level 0 is one node named <c>total</c>.
/// Nodes of a level go from left to right, children in byte-wise order of names, a sum <c>other</c> last.
/// </remarks>
public sealed class FlameGraph
{
    /// <summary>Numbers per node: gap to the node on the left, total, self, index of the name.</summary>
    public const int NodeSize = 4;

    private readonly int[] _levelStarts;
    private readonly long[] _values;

    private FlameGraph(string[] names, int[] levelStarts, long[] values, long maxSelf)
    {
        Names = names;
        _levelStarts = levelStarts;
        _values = values;
        MaxSelf = maxSelf;
    }

    /// <summary>The texts that nodes refer to; the first is <c>total</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Value of the whole tree, that of samples without frames included, in the unit of the samples.</summary>
    public long Total => _values[1];

    /// <summary>The largest self value of a node, sums <c>other</c> included.</summary>
    public long MaxSelf { get; }

    /// <summary>Number of levels, at least 1.</summary>
    public int LevelCount => _levelStarts.Length - 1;

    /// <summary>Number of nodes, the root included.</summary>
    public int NodeCount => _levelStarts[^1];

    /// <summary>
    /// The nodes of a level, <see cref="NodeSize"/> numbers each: x, total, self, name. x is the gap between the end of
    /// the node on the left (or 0) and the start of this one, in the unit of the samples.
    /// </summary>
    public ReadOnlySpan<long> Level(int level) => _values.AsSpan((NodeSize * _levelStarts[level])..(NodeSize * _levelStarts[level + 1]));

    /// <summary>Draws a tree.</summary>
    /// <param name="tree">Exact; values are 0 or more. Not changed and not kept.</param>
    /// <param name="maxNodes">
    /// The largest totals that are drawn one by one; children below the <paramref name="maxNodes"/>-th largest are
    /// summed into <c>other</c>, and so is any child of that name. 0: all.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNodes"/> is negative.</exception>
    public static FlameGraph Build(FunctionTree tree, int maxNodes)
    {
        var totals = ArrayPool<long>.Shared.Rent(tree.Count);
        tree.ComputeTotals(totals.AsSpan(0, tree.Count));
        var totalMin = Truncation.TotalMin(totals.AsSpan(0, tree.Count), maxNodes);
        using var kept = KeptTree.Build(tree, totals.AsSpan(0, tree.Count), totalMin, sumsOthers: true);

        var values = new long[NodeSize * kept.Count];
        LevelWriter.FillValues(kept, tree.Selfs, totals, values, NodeSize, out var maxSelf);
        ArrayPool<long>.Shared.Return(totals);

        var nameOfNode = ArrayPool<int>.Shared.Rent(kept.Count);
        var names = LevelWriter.Names(kept, tree.Names, nameOfNode);
        for (var at = 0; at < kept.Count; at++) values[(NodeSize * at) + 3] = nameOfNode[at];
        ArrayPool<int>.Shared.Return(nameOfNode);

        var levelStarts = LevelWriter.LevelStarts(kept);
        LevelWriter.EncodeGaps(values, levelStarts, NodeSize);
        return new FlameGraph(names, levelStarts, values, maxSelf);
    }
}
