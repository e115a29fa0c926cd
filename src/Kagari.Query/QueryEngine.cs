using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Answers questions about stored profiles. Thread safe.</summary>
/// <remarks>
/// Every answer is exact: partial results are merged whole, and what does not fit a view is cut once, when it is drawn.
/// Addresses without symbols become functions where the resolver knows them, before anything is merged.
/// </remarks>
public sealed partial class QueryEngine(ICatalogue catalogue, DatasetCache datasets, IAddressResolver? resolver = null)
{
    private readonly DatasetScanner _datasets = new(catalogue, datasets, resolver ?? NoAddressResolver.Instance);

    /// <summary>How many datasets are scanned at once. The simulator takes one at a time: its runs must be the same each time.</summary>
    internal int ParallelDatasets { get; init; } = Environment.ProcessorCount;

    /// <summary>Trees that were asked for; whoever asks for the same at the same time waits for the one that is being made.</summary>
    private readonly ByteCache<UInt128, FunctionTree> _trees = new(KeptBytesMax, t => t.MemoryBytes + t.Names.MemoryBytes);

    private readonly System.Collections.Concurrent.ConcurrentBag<FunctionTree> _scratch = [];

    private const long KeptBytesMax = 32 << 20, ScratchBytesMax = 16 << 20;

    /// <summary>Bytes of answers that are kept.</summary>
    public long KeptBytes => _trees.Bytes;

    /// <summary>The tree of function names of all selected samples. It may be kept and shared: do not change it.</summary>
    public Task<FunctionTree> MergeTreeAsync(SeriesQuery query, StackFilter filter, CancellationToken cancellation)
    {
        // Sums of slots answer unless single profiles or samples are asked for.
        var wanted = query with { SlotNanosMax = filter.AsksForSingles ? SeriesQuery.ProfilesOnly : Rollup.DayNanos };
        return ReplanAsync(wanted, async token =>
        {
            var plan = await _datasets.PlanAsync(wanted, token);
            if (query.Run.IgnoresKept) return await MergeTreeAsync(plan, wanted, filter, token);
            query.Run.IsKept = true;
            var tree = await _trees.GetAsync(HashOf(plan, wanted, filter), async t =>
            {
                query.Run.IsKept = false;
                return await MergeTreeAsync(plan, wanted, filter, t);
            }, token);
            return tree!;
        }, cancellation);
    }

    /// <summary>The same tree, drawn; it is gone when <paramref name="draw"/> has ended.</summary>
    /// <remarks>A tree that is asked for the first time is built in reused memory and leaves no garbage; from the second time on it is kept.</remarks>
    public Task<T> DrawTreeAsync<T>(SeriesQuery query, StackFilter filter, Func<FunctionTree, T> draw, CancellationToken cancellation)
    {
        var wanted = query with { SlotNanosMax = filter.AsksForSingles ? SeriesQuery.ProfilesOnly : Rollup.DayNanos };
        return ReplanAsync(wanted, async token =>
        {
            var plan = await _datasets.PlanAsync(wanted, token);
            if (!query.Run.IgnoresKept && _trees.NoteAndWasAsked(HashOf(plan, wanted, filter))) return draw(await MergeTreeAsync(query, filter, token));
            var scratch = await BuildAsync(plan, wanted, filter, token);
            var drawn = draw(scratch);
            GiveBack(scratch);
            return drawn;
        }, cancellation);
    }

    private async Task<FunctionTree> MergeTreeAsync(
        IReadOnlyList<IReadOnlyList<DataSource>> plan, SeriesQuery query, StackFilter filter, CancellationToken cancellation)
    {
        // A tree doubles its memory as it grows; it does so once, and what is handed out is a copy of the right size.
        var scratch = await BuildAsync(plan, query, filter, cancellation);
        var tree = scratch.Copy();
        GiveBack(scratch);
        return tree;
    }

    private UInt128 HashOf(IReadOnlyList<IReadOnlyList<DataSource>> plan, SeriesQuery query, StackFilter filter) =>
        PlanHash.Of(plan, query, filter, [.. query.Tenants.Select(_datasets.Symbolizer.VersionOf)]);

    private void GiveBack(FunctionTree scratch)
    {
        if (scratch.MemoryBytes + scratch.Names.MemoryBytes <= ScratchBytesMax && _scratch.Count < Environment.ProcessorCount) _scratch.Add(scratch);
    }

    private async Task<FunctionTree> BuildAsync(
        IReadOnlyList<IReadOnlyList<DataSource>> plan, SeriesQuery query, StackFilter filter, CancellationToken cancellation)
    {
        if (!_scratch.TryTake(out var scratch)) scratch = new FunctionTree();
        scratch.Names.Clear();
        scratch.Clear();
        await MergeAsync(plan, query, filter, withSymbols: false, (view, _, sums, mask) => TreeMerger.Add(view, sums, mask, scratch), cancellation);
        query.Run.Hold(scratch.MemoryBytes);
        query.Run.Release(scratch.MemoryBytes);
        return scratch;
    }

    /// <summary>All selected samples as one profile with lines and mappings, of one profile type.</summary>
    public Task<FlatProfile> MergeProfileAsync(
        SeriesQuery query, ProfileTypeId type, StackFilter filter, PgoOptions? pgo, CancellationToken cancellation) =>
        ReplanAsync(query, async token =>
        {
            var merger = new ProfileMerger();
            var slots = filter.AsksForSingles ? SeriesQuery.ProfilesOnly : 0;
            var wanted = query with { SlotNanosMax = slots };
            await MergeAsync(await _datasets.PlanAsync(wanted, token), wanted, filter, withSymbols: true, (view, symbols, sums, mask) => merger.Add(view, symbols, sums, mask, pgo), token);
            return merger.ToProfile([type], query.TimeNanosMax);
        }, cancellation);

    private async Task MergeAsync(
        IReadOnlyList<IReadOnlyList<DataSource>> plan, SeriesQuery query, StackFilter filter, bool withSymbols, DatasetAction add, CancellationToken cancellation,
        Func<DatasetView, bool>? isWanted = null)
    {
        var gate = new Lock();
        // Datasets are independent until their sums are merged; that is cheap, so one at a time.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelDatasets, CancellationToken = cancellation };
        foreach (var sources in plan) await Parallel.ForEachAsync(_datasets.ScanAsync(sources, query, cancellation), parallel, async (dataset, token) =>
        {
            var view = dataset.View;
            if (isWanted?.Invoke(view) == false) return;
            var bytes = (8L * view.StackCount) + (24L * view.Tree.Parents.Length);
            query.Run.Hold(bytes);
            var symbols = withSymbols ? await dataset.SymbolsAsync(token) : null;
            var sums = System.Buffers.ArrayPool<long>.Shared.Rent(view.StackCount);
            Array.Clear(sums, 0, view.StackCount);
            await dataset.AddSumsAsync(filter, sums, ParallelDatasets, token);
            var mask = StackMask.Compute(view, filter);
            lock (gate) add(view, symbols, sums.AsSpan(0, view.StackCount), mask);
            System.Buffers.ArrayPool<long>.Shared.Return(sums);
            query.Run.Release(bytes);
        });
    }

    /// <summary>Runs a query; again where an object was replaced by compaction between plan and read, or a rollup is damaged.</summary>
    /// <remarks>
    /// An object that is gone from the store and still in the plan the second time is lost: that is reported, and the rest
    /// served. What a damaged rollup sums up is in the profiles too: known as damaged, it is no part of the next plan.
    /// </remarks>
    private async Task<T> ReplanAsync<T>(SeriesQuery query, Func<CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        query.Run.Note(query);
        while (true)
        {
            var damaged = _datasets.Spoilt;
            try
            {
                var answer = await run(cancellation);
                if (_datasets.Spoilt == damaged) return answer;
                query.Run.Count(QueryRun.Counted.Replan);
            }
            catch (ObjectNotFoundException e) when (!query.Run.IsLost(e.Key))
            {
                query.Run.Count(QueryRun.Counted.Replan);
                if (query.Run.NoteGone(e.Key)) _datasets.Sections.ReportDamage(e.Key, 0, "The object is gone");
            }
        }
    }

    /// <summary>Takes the sums of a dataset; of its symbols null where they are not asked for or damaged, which is reported.</summary>
    private delegate void DatasetAction(DatasetView view, SymbolView? symbols, ReadOnlySpan<long> stackSums, bool[]? mask);
}
