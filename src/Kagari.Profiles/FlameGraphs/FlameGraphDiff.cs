using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Kagari.Profiles;

/// <summary>A flame graph of two trees over each other, as the query API answers a comparison. Immutable.</summary>
/// <remarks>
/// Peer: wire reference §7.4; drawn in docs/formats/flame-graph.md. Both sides have every node; a side without it
/// has zeros there. Truncation looks at the larger total of the two sides: a node is drawn if either side is at
/// least the N-th largest of those. Unlike in <see cref="FlameGraph"/>, a function named <c>other</c> that is large enough
/// keeps its place and its children.
/// </remarks>
public sealed class FlameGraphDiff
{
    /// <summary>Numbers per node: left gap, total, self; right gap, total, self; index of the name.</summary>
    public const int NodeSize = 7;

    private const int Side = 3;   // numbers of one side

    private readonly int[] _levelStarts;
    private readonly long[] _values;

    private FlameGraphDiff(string[] names, int[] levelStarts, long[] values, long maxSelf)
    {
        Names = names;
        _levelStarts = levelStarts;
        _values = values;
        MaxSelf = maxSelf;
    }

    /// <summary>The texts that nodes refer to; the first is <c>total</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Value of the whole left tree.</summary>
    public long LeftTicks => _values[1];

    /// <summary>Value of the whole right tree.</summary>
    public long RightTicks => _values[Side + 1];

    /// <summary>Value of both trees.</summary>
    public long Total => LeftTicks + RightTicks;

    /// <summary>The largest self value of a node on one side, sums <c>other</c> included.</summary>
    public long MaxSelf { get; }

    /// <summary>Number of levels, at least 1.</summary>
    public int LevelCount => _levelStarts.Length - 1;

    /// <summary>Number of nodes, the root included.</summary>
    public int NodeCount => _levelStarts[^1];

    /// <summary>
    /// The nodes of a level, <see cref="NodeSize"/> numbers each: x, total, self of the left side, the same of the right
    /// side, name. Each x is the gap to the end of the node on the left, on its own side.
    /// </summary>
    public ReadOnlySpan<long> Level(int level) => _values.AsSpan((NodeSize * _levelStarts[level])..(NodeSize * _levelStarts[level + 1]));

    /// <summary>Draws two trees over each other, whether they share a table of names or not.</summary>
    /// <exception cref="InvalidDataException">A value is negative.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNodes"/> is negative.</exception>
    public static FlameGraphDiff Build(FunctionTree left, FunctionTree right, int maxNodes) =>
        TryBuild(left, right, maxNodes, out var diff, out var error) ? diff : throw new InvalidDataException(error);

    /// <summary>The same; false, with a text for people, where a value is negative.</summary>
    /// <param name="left">Not changed and not kept, nor is its table of names.</param>
    /// <param name="right">Not changed and not kept, nor is its table of names.</param>
    /// <param name="maxNodes">The nodes that are drawn one by one; 0: all.</param>
    /// <param name="diff">The graph.</param>
    /// <param name="error">Side, function and what was expected.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNodes"/> is negative.</exception>
    public static bool TryBuild(
        FunctionTree left,
        FunctionTree right,
        int maxNodes,
        [NotNullWhen(true)] out FlameGraphDiff? diff,
        [NotNullWhen(false)] out string? error)
    {
        diff = null;
        error = Negative("left", left) ?? Negative("right", right);
        if (error is not null) return false;

        using var pair = TreePair.Build(left, right);
        var count = pair.Union.Count;
        var larger = ArrayPool<long>.Shared.Rent(count);
        for (var node = 0; node < count; node++) larger[node] = Math.Max(pair.LeftTotals[node], pair.RightTotals[node]);
        var totalMin = Truncation.TotalMin(larger.AsSpan(0, count), maxNodes);
        using var kept = KeptTree.Build(pair.Union, larger.AsSpan(0, count), totalMin, sumsOthers: false);
        ArrayPool<long>.Shared.Return(larger);

        var values = new long[NodeSize * kept.Count];
        var levelStarts = LevelWriter.LevelStarts(kept);
        var maxSelf = Math.Max(
            FillSide(kept, pair.LeftSelfs, pair.LeftTotals, values, levelStarts),
            FillSide(kept, pair.RightSelfs, pair.RightTotals, values.AsSpan(Side), levelStarts));

        var nameOfNode = ArrayPool<int>.Shared.Rent(kept.Count);
        var names = LevelWriter.Names(kept, pair.Union.Names, nameOfNode);
        for (var at = 0; at < kept.Count; at++) values[(NodeSize * at) + (2 * Side)] = nameOfNode[at];
        ArrayPool<int>.Shared.Return(nameOfNode);

        diff = new FlameGraphDiff(names, levelStarts, values, maxSelf);
        return true;
    }

    private static string? Negative(string side, FunctionTree tree) =>
        TreePair.FindNegative(tree) is { } name ? $"the {side} side has a negative value at '{name}'; expected 0 or more" : null;

    private static long FillSide(
        KeptTree kept, ReadOnlySpan<long> selfs, ReadOnlySpan<long> totals, Span<long> values, ReadOnlySpan<int> levelStarts)
    {
        LevelWriter.FillValues(kept, selfs, totals, values, NodeSize, out var maxSelf);
        LevelWriter.EncodeGaps(values, levelStarts, NodeSize);
        return maxSelf;
    }
}
