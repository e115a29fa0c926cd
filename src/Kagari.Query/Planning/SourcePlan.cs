using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Chooses what a query reads of one tenant.</summary>
/// <remarks>
/// A profile that was sent twice is stored twice until compaction merges both. Sources of a service that overlap in time
/// may hold such a pair; those that do not cannot, because equal profiles have equal times.
/// </remarks>
internal static class SourcePlan
{
    /// <summary>The sources, of one service after the other.</summary>
    public static List<DataSource> Of(CatalogueSelection selection)
    {
        var sources = new List<DataSource>();
        foreach (var chain in selection.Chains) sources.Add(new ChainSource(chain) { MayRepeat = true });
        foreach (var (block, datasets) in selection.Blocks)
            if (!block.IsRollup) sources.AddRange(datasets.Select(d => new BlockSource(block, d)));
        sources = [.. sources.OrderBy(s => s.Service, StringComparer.Ordinal).ThenBy(s => s.TimeNanosMin)];
        MarkRepeats(sources);
        return sources;
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
