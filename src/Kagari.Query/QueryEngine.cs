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
        for (var first = 0; first < datasets.Count;)
        {
            // Datasets of one chain share its nodes, so their cells add up in one array before anything is looked up.
            var chain = datasets[first].Chain;
            var view = datasets[first].View;
            var sums = new NodeSums(view.Nodes.Length);
            for (; first < datasets.Count && ReferenceEquals(datasets[first].Chain, chain); first++)
                await CellScanner.ScanAsync(datasets[first], filter, wantSpans: false, _rows.Sections, sums, cancellation);
            add(view, sums.Sums, StackMask.Compute(view, filter));
        }
    }

    private delegate void ChainAction(ChainView chain, ReadOnlySpan<long> nodeSums, bool[]? mask);
}
