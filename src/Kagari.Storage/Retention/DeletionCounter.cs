using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Counts the rows that a deletion matches. Not thread safe.</summary>
internal sealed class DeletionCounter(DeletionRequest request, SectionReader sections)
{
    private readonly BlockScanner _scanner = new(sections);
    private readonly Dictionary<(string Service, string Type), Count> _counts = [];

    private sealed class Count
    {
        public HashSet<ulong> Series { get; } = [];

        public long Rows { get; set; }

        public long Min { get; set; } = long.MaxValue;

        public long Max { get; set; } = long.MinValue;
    }

    public IReadOnlyList<DeletionCount> Counts =>
    [
        .. _counts.OrderBy(c => c.Key.Service, StringComparer.Ordinal).ThenBy(c => c.Key.Type, StringComparer.Ordinal)
            .Select(c => new DeletionCount(c.Key.Service, c.Key.Type, c.Value.Series.Count, c.Value.Rows, c.Value.Min, c.Value.Max)),
    ];

    /// <summary>Counts a block's rows; how many stored rows lose at least one column.</summary>
    public async ValueTask<long> AddAsync(BlockEntry block, CancellationToken cancellation)
    {
        long rows = 0;
        foreach (var dataset in block.Datasets)
        {
            if (dataset.TimeNanosMin > request.TimeNanosMax || dataset.TimeNanosMax < request.TimeNanosMin || !request.MayMatchService(dataset.Service)) continue;
            rows += await AddAsync(dataset.Service, new BlockMergeSource(block, dataset, sections, _scanner), cancellation);
        }
        return rows;
    }

    /// <summary>Counts a chain's rows.</summary>
    public ValueTask<long> AddAsync(ChainSelection chain, CancellationToken cancellation) =>
        AddAsync(chain.Key.Service, new ChainMergeSource(chain, sections), cancellation);

    private async ValueTask<long> AddAsync(string service, MergeSource source, CancellationToken cancellation)
    {
        var view = await source.OpenAsync(cancellation);
        var rows = view is null ? 0 : Add(service, view, source.Rows);
        source.Close();
        return rows;
    }

    private long Add(string service, DatasetView view, DatasetRows rows)
    {
        var matches = view.Series.Select(request.Matches).ToArray();
        int[][] columns = [.. view.Groups.Select(g => g.Where(s => matches[s]).ToArray())];
        long affected = 0;
        foreach (ref readonly var row in rows.Rows.Span)
        {
            if (columns[row.Group].Length == 0 || !request.Window.Contains(row.TimeNanos)) continue;
            affected++;
            foreach (var series in columns[row.Group]) Add(service, view.Series[series], view.SeriesHashes[series], row.TimeNanos);
        }
        return affected;
    }

    private void Add(string service, LabelSet labels, ulong hash, long timeNanos)
    {
        var key = (service, labels[LabelNames.ProfileType]);
        if (!_counts.TryGetValue(key, out var count)) _counts.Add(key, count = new Count());
        count.Series.Add(hash);
        count.Rows++;
        count.Min = Math.Min(count.Min, timeNanos);
        count.Max = Math.Max(count.Max, timeNanos);
    }
}
