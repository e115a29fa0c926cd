using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Answers questions about stored profiles. Thread safe.</summary>
/// <remarks>
/// Every answer is exact: partial results are merged whole, and what does not fit a view is cut once, when it is drawn.
/// </remarks>
public sealed partial class QueryEngine(ICatalogue catalogue, ChainCache chains)
{
    private readonly RowScanner _rows = new(catalogue, chains);

    /// <summary>How many chains are scanned at once. The simulator takes one at a time: its runs must be the same each time.</summary>
    internal int ParallelChains { get; init; } = Environment.ProcessorCount;

    /// <summary>The tree of function names of all selected samples.</summary>
    public async Task<FunctionTree> MergeTreeAsync(SeriesQuery query, StackFilter filter, CancellationToken cancellation)
    {
        var tree = new FunctionTree();
        await MergeAsync(query, filter, (chain, sums, mask) => TreeMerger.Add(chain, sums, mask, tree), cancellation);
        return tree;
    }

    /// <summary>All selected samples as one profile with lines and mappings, of one profile type.</summary>
    public async Task<FlatProfile> MergeProfileAsync(
        SeriesQuery query, ProfileTypeId type, StackFilter filter, PgoOptions? pgo, CancellationToken cancellation)
    {
        var merger = new ProfileMerger();
        await MergeAsync(query, filter, (chain, sums, mask) => merger.Add(chain, sums, mask, pgo), cancellation);
        return merger.ToProfile(type, query.TimeNanosMax);
    }

    private async Task MergeAsync(SeriesQuery query, StackFilter filter, ChainAction add, CancellationToken cancellation)
    {
        var datasets = await _rows.ScanAsync(query, cancellation);
        var gate = new Lock();
        // Chains are independent until their sums are merged; that is cheap, so one at a time.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelChains, CancellationToken = cancellation };
        await Parallel.ForEachAsync(ByChain(datasets), parallel, async (chain, token) =>
        {
            var view = chain[0].View;
            var sums = new NodeSums(view.Nodes.Length);
            foreach (var dataset in chain) await CellScanner.ScanAsync(dataset, filter, wantSpans: false, _rows.Sections, sums, token);
            var mask = StackMask.Compute(view, filter);
            lock (gate) add(view, sums.Sums, mask);
        });
    }

    /// <summary>Datasets of one chain share its nodes, so their cells add up in one array before anything is looked up.</summary>
    private static IEnumerable<List<SelectedDataset>> ByChain(List<SelectedDataset> datasets)
    {
        for (var first = 0; first < datasets.Count;)
        {
            var end = first + 1;
            while (end < datasets.Count && ReferenceEquals(datasets[end].Chain, datasets[first].Chain)) end++;
            yield return datasets.GetRange(first, end - first);
            first = end;
        }
    }

    private delegate void ChainAction(ChainView chain, ReadOnlySpan<long> nodeSums, bool[]? mask);
}
