using Kagari.Profiles;

namespace Kagari.Query;

// Questions about labels: answered from series and rows, never from samples.
public sealed partial class QueryEngine
{
    /// <summary>The different label sets of all series that have a profile in the range.</summary>
    public Task<IReadOnlyCollection<LabelSet>> SeriesAsync(SeriesQuery query, CancellationToken cancellation) =>
        ReplanAsync<IReadOnlyCollection<LabelSet>>(query, async token =>
        {
            var found = new HashSet<LabelSet>();
            await foreach (var dataset in _datasets.ScanAsync(query with { WithoutStacks = true }, token))
                foreach (var series in await dataset.SeriesAsync(token)) found.Add(AnnotationLabels.Without(dataset.View.Series[series]));
            return found;
        }, cancellation);

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
