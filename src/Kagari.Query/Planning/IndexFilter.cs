using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Leaves out datasets of blocks that have none of the label values a selector asks for: the tenant index of a block tells.</summary>
internal static class IndexFilter
{
    /// <summary>Fewer datasets are opened as fast as the index is read.</summary>
    private const int DatasetsMin = 4;

    public static async ValueTask<IReadOnlyList<DataSource>> ApplyAsync(
        List<DataSource> sources, Selector selector, DatasetCache datasets, CancellationToken cancellation)
    {
        // Every series has a profile type and a service; those matchers are looked up too, because an index knows which datasets have what.
        if (selector.Matchers.Count == 0) return sources;
        var kept = new List<DataSource>(sources.Count);
        foreach (var ofBlock in sources.GroupBy(s => (s as BlockSource)?.Block))
        {
            if (ofBlock.Key is { } block && block.Datasets.Count >= DatasetsMin && ofBlock.Count() >= DatasetsMin
                && await datasets.IndexAsync(block, cancellation) is { } index)
            {
                var matching = Match(index, block.Datasets.Count, selector);
                kept.AddRange(ofBlock.Where(s => matching[((BlockSource)s).Number]));
            }
            else kept.AddRange(ofBlock);
        }
        return [.. kept.OrderBy(s => s.Service, StringComparer.Ordinal).ThenBy(s => s.TimeNanosMin)];
    }

    private static bool[] Match(TenantIndex index, int datasets, Selector selector)
    {
        var matching = new bool[datasets];
        Array.Fill(matching, true);
        foreach (var matcher in selector.Matchers)
        {
            // A series without the label passes as one whose value is empty, and the index does not know it.
            if (matcher.Matches("") || index.ValuesOf(matcher.Name) is not { } values) continue;
            var has = new bool[datasets];
            foreach (var (value, own) in values)
                if (matcher.Matches(value))
                    foreach (var dataset in own) has[dataset] = true;
            for (var i = 0; i < datasets; i++) matching[i] &= has[i];
        }
        return matching;
    }
}
