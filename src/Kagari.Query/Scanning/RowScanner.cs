using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Finds the rows that a query is about: catalogue, series, rows; never samples.</summary>
/// <remarks>
/// A row that was sent twice (a client that missed the acknowledgement) is stored twice until compaction, so equal
/// identities count once here.
/// </remarks>
internal sealed class RowScanner(ICatalogue catalogue, ChainCache chains)
{
    public SectionReader Sections => chains.Sections;

    /// <summary>All datasets with selected rows, grouped by chain, in the order of the catalogue.</summary>
    public async Task<List<SelectedDataset>> ScanAsync(SeriesQuery query, CancellationToken cancellation)
    {
        var datasets = new List<SelectedDataset>();
        var seen = new HashSet<(RowIdentity Identity, ulong Series)>();
        foreach (var tenant in query.Tenants)
        {
            // Tenants may have equal rows of their own.
            seen.Clear();
            foreach (var selection in catalogue.Select(tenant, query.TimeNanosMin, query.TimeNanosMax, query.Selector.MayMatchService))
                await ScanChainAsync(selection, query, seen, datasets, cancellation);
        }
        return datasets;
    }

    private async Task ScanChainAsync(
        ChainSelection selection, SeriesQuery query, HashSet<(RowIdentity Identity, ulong Series)> seen, List<SelectedDataset> datasets, CancellationToken cancellation)
    {
        var (view, usable) = await chains.OpenAsync(selection, cancellation);
        var matched = new bool[view.Series.Count];
        var any = false;
        for (var i = 0; i < matched.Length; i++) any |= matched[i] = query.Selector.Matches(view.Series[i]);
        if (!any) return;

        foreach (var index in selection.Selected)
        {
            if (index >= usable) break;
            cancellation.ThrowIfCancellationRequested();
            var selected = Select(query, view, matched, view.RowsOf(index), seen);
            if (selected.Count > 0) datasets.Add(new SelectedDataset(selection, view, selection.Entries[index], selected));
        }
    }

    private static List<SelectedRow> Select(
        SeriesQuery query, ChainView view, bool[] matched, ReadOnlySpan<Row> rows, HashSet<(RowIdentity Identity, ulong Series)> seen)
    {
        var selected = new List<SelectedRow>();
        var totals = view.Totals.Span;
        foreach (ref readonly var row in rows)
        {
            if (row.TimeNanos < query.TimeNanosMin || row.TimeNanos > query.TimeNanosMax) continue;
            var group = view.Groups[row.Group];
            // Rows of one push may share a series in different groups or columns: only all of it together names a row.
            ulong groupHash = 0;
            foreach (var member in group) groupHash = XxHash64.Mix(groupHash, view.SeriesHashes[member]);
            for (var column = 0; column < group.Length; column++)
            {
                var series = group[column];
                if (!matched[series] || !seen.Add((row.Identity, XxHash64.Mix(groupHash + (uint)column, view.SeriesHashes[series])))) continue;
                selected.Add(new SelectedRow(row, column, group.Length, series, totals[row.TotalStart + column]));
            }
        }
        return selected;
    }
}
