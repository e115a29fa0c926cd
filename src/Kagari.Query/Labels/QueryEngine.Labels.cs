using Kagari.Profiles;

namespace Kagari.Query;

// Questions about labels: answered from series and rows, never from samples.
public sealed partial class QueryEngine
{
    /// <summary>The different label sets of all series that have a profile in the range.</summary>
    public async Task<IReadOnlyCollection<LabelSet>> SeriesAsync(SeriesQuery query, CancellationToken cancellation)
    {
        var found = new HashSet<LabelSet>();
        var last = default(Storage.ChainView);
        var seen = new HashSet<int>();
        foreach (var dataset in await _rows.ScanAsync(query, cancellation))
        {
            if (!ReferenceEquals(last, dataset.View)) seen.Clear();
            last = dataset.View;
            foreach (var row in dataset.Rows)
                if (seen.Add(row.Series)) found.Add(dataset.View.Series[row.Series]);
        }
        return found;
    }

    /// <summary>The names of all labels, sorted.</summary>
    public async Task<IReadOnlyList<string>> LabelNamesAsync(SeriesQuery query, CancellationToken cancellation) =>
        [.. (await SeriesAsync(query, cancellation)).SelectMany(s => s.Select(l => l.Name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The different values of a label, sorted; series without it contribute nothing.</summary>
    public async Task<IReadOnlyList<string>> LabelValuesAsync(SeriesQuery query, string name, CancellationToken cancellation)
    {
        var values = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var series in await SeriesAsync(query, cancellation))
            if (series.TryGet(name, out var value)) values.Add(value);
        return [.. values];
    }

    /// <summary>Times of the first and last profile of a tenant, nanoseconds since 1970; null where it has none.</summary>
    public (long TimeNanosMin, long TimeNanosMax)? TimeRange(string tenant) => catalogue.TimeRange(tenant);
}
