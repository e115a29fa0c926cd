using System.Runtime.CompilerServices;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Finds the rows that a query is about: catalogue, series, rows; never samples. One dataset after the other.</summary>
internal sealed class DatasetScanner(ICatalogue catalogue, DatasetCache datasets, IAddressResolver resolver)
{
    /// <summary>Rollups with addresses: they have no lines that could say of which binary.</summary>
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> _addressRollups = new(StringComparer.Ordinal);

    public SectionReader Sections => datasets.Sections;

    public DatasetSymbolizer Symbolizer { get; } = new(resolver);

    /// <summary>Grows when an object turns out to be no good for a plan it was in: then there is a better plan.</summary>
    public int Spoilt => Sections.DamagedObjects + _addressRollups.Count;

    /// <summary>All datasets with selected rows. They are opened as they are asked for, so that few are in memory at once.</summary>
    /// <exception cref="ObjectNotFoundException">An object was replaced meanwhile: plan again.</exception>
    public async IAsyncEnumerable<SelectedDataset> ScanAsync(SeriesQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var sources in await PlanAsync(query, cancellation))
            await foreach (var dataset in ScanAsync(sources, query, cancellation)) yield return dataset;
    }

    /// <summary>What there is to read, by tenant.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<DataSource>>> PlanAsync(SeriesQuery query, CancellationToken cancellation)
    {
        var plans = new List<IReadOnlyList<DataSource>>();
        foreach (var tenant in query.Tenants)
        {
            var symbolizes = Symbolizer.VersionOf(tenant) != 0;
            bool isSpoilt(string key) => Sections.IsDamaged(key) || (symbolizes && _addressRollups.ContainsKey(key));
            var selection = catalogue.Select(tenant, query.TimeNanosMin, query.TimeNanosMax, query.Selector.MayMatchService);
            plans.Add(await IndexFilter.ApplyAsync(SourcePlan.Of(selection, query, isSpoilt), query.Selector, datasets, cancellation));
        }
        return plans;
    }

    /// <summary>What there is to read to count what is new in blocks of one tenant that the catalogue does not know yet.</summary>
    public async Task<IReadOnlyList<DataSource>> PlanNewAsync(IReadOnlyList<BlockEntry> blocks, SeriesQuery query, CancellationToken cancellation)
    {
        if (blocks.Count == 0) return [];
        var sources = NewBlocks.Sources(blocks, query, catalogue);
        var kept = (await IndexFilter.ApplyAsync(sources, query.Selector, datasets, cancellation)).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. sources.Where(kept.Contains)];
    }

    /// <summary>The datasets of sources of one tenant that have selected rows.</summary>
    public async IAsyncEnumerable<SelectedDataset> ScanAsync(
        IReadOnlyList<DataSource> sources, SeriesQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Tenants may have equal rows of their own, and so may services.
        var seen = new HashSet<(RowIdentity Identity, ulong Series)>();
        string? service = null;
        foreach (var source in sources)
        {
            cancellation.ThrowIfCancellationRequested();
            if (query.Run.IsLost(source.ObjectKey)) continue;
            if (source.Service != service) seen.Clear();
            service = source.Service;
            var asked = source.IsNotedOnly ? query with { WithoutStacks = true } : query;
            var selected = source is ChainSource chain
                ? await OpenAsync(chain.Chain, asked, seen, cancellation)
                : await OpenAsync((BlockSource)source, asked, seen, cancellation);
            if (selected is null || source.IsNotedOnly) continue;
            if (!query.WithoutStacks) await SymbolizeAsync(source, selected, cancellation);
            yield return selected;
        }
    }

    private async ValueTask SymbolizeAsync(DataSource source, SelectedDataset selected, CancellationToken cancellation)
    {
        if (source is BlockSource { Block.IsRollup: true } rollup)
        {
            if (Symbolizer.VersionOf(rollup.Block.Tenant) != 0 && Symbolizer.HasAddresses(selected.View)) _addressRollups.TryAdd(rollup.Block.Key, true);
            return;
        }
        var tenant = source is ChainSource chain ? chain.Chain.Key.Tenant : ((BlockSource)source).Block.Tenant;
        await selected.SymbolizeAsync(tenant, Symbolizer, cancellation);
    }

    private async ValueTask<SelectedDataset?> OpenAsync(
        ChainSelection selection, SeriesQuery query, HashSet<(RowIdentity Identity, ulong Series)> seen, CancellationToken cancellation)
    {
        var (view, usable) = await datasets.OpenAsync(selection, cancellation);
        if (Match(view.Dataset, query.Selector) is not { } matched) return null;
        query.Run.Count(QueryRun.Counted.Chain);
        var rows = new List<(int Entry, List<SelectedRow> Rows)>(selection.Selected.Count);
        seen.EnsureCapacity(seen.Count + selection.Selected.Sum(i => selection.Entries[i].RowCount));
        foreach (var index in selection.Selected)
        {
            if (index >= usable) break;
            var first = index == 0 ? 0 : view.RowEnds[index - 1];
            var selected = Select(query, view.Dataset, matched, view.RowsOf(index), view.Rows.Totals.Span, first, seen);
            if (selected.Count > 0) rows.Add((index, selected));
        }
        return rows.Count == 0 ? null : new SelectedChain(selection, view, rows, Sections, query.Run);
    }

    private async ValueTask<SelectedDataset?> OpenAsync(
        BlockSource source, SeriesQuery query, HashSet<(RowIdentity Identity, ulong Series)> seen, CancellationToken cancellation)
    {
        var opened = query.WithoutStacks
            ? await datasets.OpenRowsAsync(source.Block, source.Dataset, cancellation)
            : await datasets.OpenAsync(source.Block, source.Dataset, cancellation);
        if (opened is not { } dataset) return null;
        if (Match(dataset.View, query.Selector) is not { } matched) return null;
        query.Run.Count(source.Block.IsRollup ? QueryRun.Counted.Rollup : QueryRun.Counted.Block);
        if (source.IsWhole && (!source.MayRepeat || source.Block.IsRollup)) return new SelectedBlock(dataset, matched, null, Sections, query.Run);
        if (await dataset.RowsAsync(cancellation) is not { } rows) return null;
        var part = query with { TimeNanosMin = source.TimeNanosMin, TimeNanosMax = source.TimeNanosMax };
        var selected = Select(part, dataset.View, matched, rows.Rows.Span, rows.Totals.Span, 0, source.MayRepeat && !source.Block.IsRollup ? seen : null);
        return selected.Count == 0 ? null : new SelectedBlock(dataset, matched, selected, Sections, query.Run);
    }

    /// <summary>Which series pass; null where none does.</summary>
    private static bool[]? Match(DatasetView view, Selector selector)
    {
        var matched = new bool[view.Series.Count];
        var any = false;
        for (var i = 0; i < matched.Length; i++) any |= matched[i] = selector.Matches(view.Series[i]);
        return any ? matched : null;
    }

    private static List<SelectedRow> Select(
        SeriesQuery query, DatasetView view, bool[] matched, ReadOnlySpan<Row> rows, ReadOnlySpan<long> totals, int first,
        HashSet<(RowIdentity Identity, ulong Series)>? seen)
    {
        var selected = new List<SelectedRow>();
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var row = ref rows[i];
            if (row.TimeNanos < query.TimeNanosMin || row.TimeNanos > query.TimeNanosMax) continue;
            var group = view.Groups[row.Group];
            // Rows of one push may share a series in different groups or columns: only all of it together names a row.
            var groupHash = seen is null ? 0 : view.GroupHash(row.Group);
            for (var column = 0; column < group.Length; column++)
            {
                var series = group[column];
                if (!matched[series]) continue;
                if (seen?.Add((row.Identity, XxHash64.Mix(groupHash + (uint)column, view.SeriesHashes[series]))) == false) continue;
                selected.Add(new SelectedRow(row, first + i, column, group.Length, series, totals[row.TotalStart + column]));
            }
        }
        query.Run.Count(QueryRun.Counted.Row, selected.Count);
        query.Run.Hold((96L + (seen is null ? 0 : 48)) * selected.Count);
        return selected;
    }
}
