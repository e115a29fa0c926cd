using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Chooses what a query reads of one tenant.</summary>
/// <remarks>
/// A profile that was sent twice is stored twice until compaction merges both. Sources of a service that overlap in time
/// may hold such a pair; those that do not cannot, because equal profiles have equal times.
/// <code>
/// asked      |-------------------------------------------------|
/// days           |   1 d   |   1 d   |   1 d   |
/// hours       |1h|                             |1h|1h|
/// profiles   ||                                      |---------|   chains and small blocks of today
/// </code>
/// A rollup stands for the profiles of its own job; where a window has others too, or the rollup is damaged, profiles
/// are read.
/// </remarks>
internal static class SourcePlan
{
    /// <summary>The sources, of one service after the other.</summary>
    public static List<DataSource> Of(CatalogueSelection selection, SeriesQuery query, Func<string, bool> isDamaged)
    {
        var sources = new List<DataSource>();
        foreach (var chain in selection.Chains) sources.Add(new ChainSource(chain) { MayRepeat = true });
        var profiles = selection.Blocks.Where(b => !b.Block.IsRollup).SelectMany(b => b.Datasets.Select(d => (b.Block, Dataset: d))).ToList();
        if (query.SlotNanosMax != SeriesQuery.ProfilesOnly) AddRollups(selection, query, isDamaged, sources, profiles);
        foreach (var (block, dataset) in profiles)
            if (BlockSource.Of(block, dataset, query.TimeNanosMin, query.TimeNanosMax) is { } source) sources.Add(source);
        sources = [.. sources.OrderBy(s => s.Service, StringComparer.Ordinal).ThenBy(s => s.TimeNanosMin)];
        MarkRepeats(sources);
        return sources;
    }

    /// <summary>Puts rollups in the place of the profiles they stand for, and takes those out of <paramref name="profiles"/>.</summary>
    private static void AddRollups(
        CatalogueSelection selection, SeriesQuery query, Func<string, bool> isDamaged,
        List<DataSource> sources, List<(BlockEntry Block, BlockDatasetEntry Dataset)> profiles)
    {
        var names = query.Selector.Matchers.Select(m => m.Name).Concat(query.GroupBy).ToHashSet(StringComparer.Ordinal);
        var windows = selection.Blocks
            .Where(b => b.Block.IsRollup && !b.Block.DroppedLabels.Any(names.Contains))
            .SelectMany(b => b.Datasets.Select(d => (b.Block, Dataset: d)))
            .GroupBy(r => (r.Dataset.Service, r.Block.Window, r.Block.Origin.JobId));
        foreach (var window in windows.ToList())
        {
            var (service, range, job) = window.Key;
            bool IsThere(long min, long max) => max >= range.StartNanos && min < range.EndNanos;
            if (selection.Chains.Any(c => c.Key.Service == service && c.Selected.Any(i => IsThere(c.Entries[i].TimeNanosMin, c.Entries[i].TimeNanosMax)))) continue;
            var own = profiles.Where(p => p.Dataset.Service == service && IsThere(p.Dataset.TimeNanosMin, p.Dataset.TimeNanosMax)).ToList();
            if (own.Any(p => p.Block.Origin.JobId != job)) continue;
            var rollups = window.Where(r => query.SlotNanosMax > 0 && query.SlotNanosMax % r.Block.ResolutionNanos == 0 && !(own.Count > 0 && isDamaged(r.Block.Key)))
                .OrderByDescending(r => r.Block.ResolutionNanos).ToArray();
            // Where the profiles are gone, the finest sums are the nearest to what is asked.
            if (rollups.Length == 0 && own.Count == 0) rollups = [.. window.Where(r => r.Block.ResolutionNanos == window.Min(w => w.Block.ResolutionNanos))];
            profiles.RemoveAll(own.Contains);
            Cover(Math.Max(query.TimeNanosMin, range.StartNanos), Math.Min(query.TimeNanosMax, range.EndNanos - 1), rollups, own, sources);
        }
    }

    /// <summary>The longest slots in the middle, shorter ones at both ends, profiles at the ends of those.</summary>
    private static void Cover(
        long min, long max, ReadOnlySpan<(BlockEntry Block, BlockDatasetEntry Dataset)> rollups,
        List<(BlockEntry Block, BlockDatasetEntry Dataset)> profiles, List<DataSource> sources)
    {
        if (min > max) return;
        if (rollups.IsEmpty)
        {
            foreach (var (block, dataset) in profiles)
                if (BlockSource.Of(block, dataset, min, max) is { } source) sources.Add(source);
            return;
        }
        var slot = rollups[0].Block.ResolutionNanos;
        var same = 1;
        while (same < rollups.Length && rollups[same].Block.ResolutionNanos == slot) same++;
        var first = TimeWindow.Around(min, slot);
        var last = TimeWindow.Around(max, slot);
        var start = first.StartNanos == min ? min : first.EndNanos;
        var end = last.EndNanos - 1 == max ? last.EndNanos : last.StartNanos;
        if (start >= end)
        {
            Cover(min, max, rollups[same..], profiles, sources);
            return;
        }
        foreach (var (block, dataset) in rollups[..same])
            if (BlockSource.Of(block, dataset, start, end - 1) is { } source) sources.Add(source);
        Cover(min, start - 1, rollups[same..], profiles, sources);
        Cover(end, max, rollups[same..], profiles, sources);
    }

    private static void MarkRepeats(List<DataSource> sources)
    {
        for (var i = 0; i < sources.Count;)
        {
            // A run of sources of one service, each beginning before the run so far ends.
            var end = sources[i].TimeNanosMax;
            var next = i + 1;
            for (; next < sources.Count && sources[next].Service == sources[i].Service && sources[next].TimeNanosMin <= end; next++)
                end = Math.Max(end, sources[next].TimeNanosMax);
            if (next - i > 1)
                foreach (var source in sources[i..next]) source.MayRepeat = true;
            i = next;
        }
    }
}
