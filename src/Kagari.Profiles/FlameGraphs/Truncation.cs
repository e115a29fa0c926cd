namespace Kagari.Profiles;

/// <summary>The rule by which views leave out small nodes.</summary>
/// <remarks>
/// Peer: wire reference §7.2. With <c>maxNodes</c> N, the N-th largest total is the least that is drawn; equal totals
/// are drawn too, so a view may have more than N nodes. Written up in docs/formats/flame-graph.md.
/// </remarks>
internal static class Truncation
{
    /// <summary>The least total that is drawn; 0 where the tree has no more nodes than asked for, or none was asked for.</summary>
    /// <param name="totals">Per node, the root first; the root is always drawn and does not count.</param>
    /// <param name="maxNodes">0: no bound.</param>
    public static long TotalMin(ReadOnlySpan<long> totals, int maxNodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxNodes);
        return maxNodes == 0 || totals.Length - 1 <= maxNodes ? 0 : RankSelect.Largest(totals[1..], maxNodes);
    }
}
