namespace Kagari.Storage;

/// <summary>Finds out from blocks alone which of them are part of the data: where the manifest is lost or damaged.</summary>
/// <remarks>
/// A block says which job wrote it and what the job replaced. A job whose blocks are all there was done: its sources are
/// replaced. One with blocks missing was interrupted while it wrote, and then all its sources are there; or it was done,
/// and some of its blocks were merged further since, or lost. Then what is left of it is served, and what is left of its
/// sources too: rows may be in both, and equal rows count once.
/// </remarks>
internal static class BlockRecovery
{
    /// <summary>Blocks that are part of the data, and keys that they replace.</summary>
    public static (List<BlockEntry> Blocks, HashSet<string> Replaced) Resolve(
        IReadOnlyList<BlockEntry> found, IReadOnlySet<string> existing)
    {
        var live = new List<BlockEntry>();
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var job in found.GroupBy(b => b.Origin.JobId))
        {
            var blocks = job.DistinctBy(b => b.Origin.Ordinal).OrderBy(b => b.Origin.Ordinal).ToList();
            var profiles = blocks.Where(b => !b.IsRollup).ToList();
            var isWhole = profiles.Count > 0 && profiles[^1].Origin.IsLast && profiles.Count == profiles[^1].Origin.Ordinal + 1;
            var sources = blocks[0].Origin.Sources;
            if (!isWhole && sources.All(existing.Contains)) continue;
            live.AddRange(blocks);
            if (isWhole) replaced.UnionWith(sources);
        }
        live.RemoveAll(b => replaced.Contains(b.Key));
        return (live, replaced);
    }
}
