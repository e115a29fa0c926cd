using System.Collections.Concurrent;
using Kagari.Profiles;

namespace Kagari.Query;

// All services at a glance: from series, rows and what the catalogue has; stacks only for the hottest functions.
public sealed partial class QueryEngine
{
    /// <summary>What is stored of each service in a range, by name.</summary>
    public Task<IReadOnlyList<ServiceSummary>> ServicesAsync(SeriesQuery query, CancellationToken cancellation) =>
        ReplanAsync(query, async token =>
        {
            var sums = new ServiceSums();
            await foreach (var dataset in _datasets.ScanAsync(query with { WithoutStacks = true }, token)) await sums.AddAsync(dataset, token);
            return sums.ToList();
        }, cancellation);

    /// <summary>The function with the largest self of each of some services; those without a stack are left out.</summary>
    /// <param name="query">Which rows, of one profile type.</param>
    /// <param name="services">Which services.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyDictionary<string, HottestFunction>> HottestAsync(SeriesQuery query, IReadOnlyList<string> services, CancellationToken cancellation)
    {
        var found = new ConcurrentDictionary<string, HottestFunction>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelDatasets, CancellationToken = cancellation };
        await Parallel.ForEachAsync(services, parallel, async (service, token) =>
        {
            var own = query with { Selector = query.Selector.And(LabelMatcher.Equal(LabelNames.ServiceName, service)) };
            if (await DrawTreeAsync(own, StackFilter.None, HottestOf, token) is { } hottest) found[service] = hottest;
        });
        return found;
    }

    private static HottestFunction? HottestOf(FunctionTree tree)
    {
        // Rows come with the largest self first.
        var table = FunctionTable.Build(tree);
        return table.Rows.Length == 0 || table.Rows[0].Self <= 0 ? null
            : new HottestFunction(table.Names.GetString(table.Rows[0].Name), table.Rows[0].Self, table.Rows[0].Total);
    }
}
