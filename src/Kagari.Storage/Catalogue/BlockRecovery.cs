namespace Kagari.Storage;

/// <summary>Finds out from blocks alone which of them are part of the data: where the manifest is lost or damaged.</summary>
/// <remarks>
/// A block says which job wrote it and what the job replaced. A job whose blocks are all there was done: its sources are
/// replaced. One with blocks missing was interrupted before its sources were removed, or lost a block after; where the
/// sources are gone, what is left of it is all there is. Should a source outlive its replacement, its rows are in both,
/// and equal rows count once.
/// </remarks>
internal static class BlockRecovery
{
    /// <summary>Blocks that are part of the data, and keys that they replace.</summary>
    public static (List<BlockEntry> Blocks, HashSet<string> Replaced) Resolve(
        IReadOnlyList<BlockEntry> found, IReadOnlySet<string> existing, Action<StorageReport> report)
    {
        var live = new List<BlockEntry>();
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var job in found.GroupBy(b => b.Origin.JobId))
        {
            var blocks = job.DistinctBy(b => b.Origin.Ordinal).OrderBy(b => b.Origin.Ordinal).ToList();
            var profiles = blocks.Where(b => !b.IsRollup).ToList();
            var isWhole = profiles.Count > 0 && profiles[^1].Origin.IsLast && profiles.Count == profiles[^1].Origin.Ordinal + 1;
            var sources = blocks[0].Origin.Sources;
            if (!isWhole && sources.Any(existing.Contains)) continue;
            if (!isWhole)
            {
                report(new StorageReport(StorageReportKind.Damage, blocks[0].Key, 0,
                    $"Its job wrote more blocks than are there, and what it replaced is gone; {blocks.Count} are served."));
            }
            live.AddRange(blocks);
            replaced.UnionWith(sources);
        }
        live.RemoveAll(b => replaced.Contains(b.Key));
        return (live, replaced);
    }
}
