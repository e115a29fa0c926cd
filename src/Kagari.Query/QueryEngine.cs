using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Answers questions about stored profiles. Thread safe.</summary>
/// <remarks>
/// Every answer is exact: partial results are merged whole, and what does not fit a view is cut once, when it is drawn.
/// </remarks>
public sealed partial class QueryEngine(ICatalogue catalogue, DatasetCache datasets)
{
    private readonly DatasetScanner _datasets = new(catalogue, datasets);

    /// <summary>How many datasets are scanned at once. The simulator takes one at a time: its runs must be the same each time.</summary>
    internal int ParallelDatasets { get; init; } = Environment.ProcessorCount;

    /// <summary>The tree of function names of all selected samples.</summary>
    public Task<FunctionTree> MergeTreeAsync(SeriesQuery query, StackFilter filter, CancellationToken cancellation) =>
        ReplanAsync(query, async token =>
        {
            var tree = new FunctionTree();
            // Sums of slots answer unless single profiles or samples are asked for.
            var slots = filter.AsksForSingles ? SeriesQuery.ProfilesOnly : Rollup.DayNanos;
            await MergeAsync(query with { SlotNanosMax = slots }, filter, withSymbols: false, (view, _, sums, mask) => TreeMerger.Add(view, sums, mask, tree), token);
            query.Run.Hold(tree.MemoryBytes);
            query.Run.Release(tree.MemoryBytes);
            return tree;
        }, cancellation);

    /// <summary>All selected samples as one profile with lines and mappings, of one profile type.</summary>
    public Task<FlatProfile> MergeProfileAsync(
        SeriesQuery query, ProfileTypeId type, StackFilter filter, PgoOptions? pgo, CancellationToken cancellation) =>
        ReplanAsync(query, async token =>
        {
            var merger = new ProfileMerger();
            var slots = filter.AsksForSingles ? SeriesQuery.ProfilesOnly : 0;
            await MergeAsync(query with { SlotNanosMax = slots }, filter, withSymbols: true, (view, symbols, sums, mask) => merger.Add(view, symbols!, sums, mask, pgo), token);
            return merger.ToProfile(type, query.TimeNanosMax);
        }, cancellation);

    private async Task MergeAsync(SeriesQuery query, StackFilter filter, bool withSymbols, DatasetAction add, CancellationToken cancellation)
    {
        var gate = new Lock();
        // Datasets are independent until their sums are merged; that is cheap, so one at a time.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelDatasets, CancellationToken = cancellation };
        await Parallel.ForEachAsync(_datasets.ScanAsync(query, cancellation), parallel, async (dataset, token) =>
        {
            var view = dataset.View;
            var bytes = (8L * view.StackCount) + (24L * view.Tree.Parents.Length);
            query.Run.Hold(bytes);
            var symbols = withSymbols ? await dataset.SymbolsAsync(token) : null;
            if (withSymbols && symbols is null) return;   // damaged, which is reported
            var sums = System.Buffers.ArrayPool<long>.Shared.Rent(view.StackCount);
            Array.Clear(sums, 0, view.StackCount);
            await dataset.AddSumsAsync(filter, sums, token);
            var mask = StackMask.Compute(view, filter);
            lock (gate) add(view, symbols, sums.AsSpan(0, view.StackCount), mask);
            System.Buffers.ArrayPool<long>.Shared.Return(sums);
            query.Run.Release(bytes);
        });
    }

    /// <summary>Runs a query; again where an object was replaced by compaction between plan and read.</summary>
    /// <remarks>An object that is gone from the store and still in the plan the second time is lost: that is reported, and the rest served.</remarks>
    private async Task<T> ReplanAsync<T>(SeriesQuery query, Func<CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await run(cancellation);
            }
            catch (ObjectNotFoundException e) when (!query.Run.IsLost(e.Key))
            {
                query.Run.Count(QueryRun.Counted.Replan);
                if (query.Run.NoteGone(e.Key)) _datasets.Sections.ReportDamage(e.Key, 0, "The object is gone");
            }
        }
    }

    private delegate void DatasetAction(DatasetView view, SymbolView? symbols, ReadOnlySpan<long> stackSums, bool[]? mask);
}
