using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Chooses what is read to count what is new in blocks that the catalogue does not know yet.</summary>
internal static class NewBlocks
{
    /// <summary>The new datasets, service by service, each service's after what the catalogue has at their times.</summary>
    public static List<DataSource> Sources(IReadOnlyList<BlockEntry> blocks, SeriesQuery query, ICatalogue catalogue)
    {
        var sources = new List<DataSource>();
        var fresh = blocks.SelectMany(b => b.Datasets.Select(d => (Block: b, Dataset: d))).Where(d => query.Selector.MayMatchService(d.Dataset.Service))
            .GroupBy(d => d.Dataset.Service, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var service in fresh)
        {
            var known = KnownOf(service.Key, blocks[0].Tenant, service.Min(d => d.Dataset.TimeNanosMin), service.Max(d => d.Dataset.TimeNanosMax), catalogue);
            var counted = new List<DataSource>();
            foreach (var (block, dataset) in service)
            {
                var noted = known.Select(k => BlockSource.Of(k.Block, k.Dataset, dataset.TimeNanosMin, dataset.TimeNanosMax)).OfType<BlockSource>().ToList();
                foreach (var source in noted) source.MayRepeat = source.IsNotedOnly = true;
                sources.AddRange(noted);
                // Blocks of one job have no row in common; without others at its time, sums and totals can be taken whole.
                counted.Add(BlockSource.Of(block, dataset, long.MinValue, long.MaxValue)! with { MayRepeat = noted.Count > 0 });
            }
            sources.AddRange(counted);
        }
        return sources;
    }

    private static List<(BlockEntry Block, BlockDatasetEntry Dataset)> KnownOf(string service, string tenant, long timeNanosMin, long timeNanosMax, ICatalogue catalogue) =>
        [.. catalogue.Select(tenant, timeNanosMin, timeNanosMax, s => s == service).Blocks.Where(b => !b.Block.IsRollup).SelectMany(b => b.Datasets.Select(d => (b.Block, d)))];
}
