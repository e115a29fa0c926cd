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
        var hashes = new ulong[matched.Length];
        var any = false;
        for (var i = 0; i < matched.Length; i++)
        {
            any |= matched[i] = query.Selector.Matches(view.Series[i]);
            if (matched[i]) hashes[i] = view.Series[i].StableHash();
        }
        if (!any) return;

        var rows = new FlatList<Row>();
        var totals = new FlatList<long>();
        foreach (var index in selection.Selected)
        {
            if (index >= usable) break;
            cancellation.ThrowIfCancellationRequested();
            var entry = selection.Entries[index];
            rows.Clear();
            totals.Clear();
            using (var bytes = await chains.Sections.TryReadAsync(selection.Key.ObjectKey, entry[SectionKind.Rows], cancellation))
            {
                if (bytes is null) continue;
                if (!RowsCodec.TryDecode(bytes.Span, view.Groups, ref rows, ref totals))
                {
                    chains.Sections.ReportDamage(selection.Key.ObjectKey, entry[SectionKind.Rows].Offset, "A rows section cannot be read");
                    continue;
                }
            }
            var selected = Select(query, view, hashes, matched, rows.Span, totals.Span, seen);
            if (selected.Count > 0) datasets.Add(new SelectedDataset(selection, view, entry, selected));
        }
    }

    private static List<SelectedRow> Select(
        SeriesQuery query, ChainView view, ulong[] hashes, bool[] matched, ReadOnlySpan<Row> rows, ReadOnlySpan<long> totals, HashSet<(RowIdentity Identity, ulong Series)> seen)
    {
        var selected = new List<SelectedRow>();
        foreach (ref readonly var row in rows)
        {
            if (row.TimeNanos < query.TimeNanosMin || row.TimeNanos > query.TimeNanosMax) continue;
            var group = view.Groups[row.Group];
            for (var column = 0; column < group.Length; column++)
            {
                if (!matched[group[column]] || !seen.Add((row.Identity, hashes[group[column]]))) continue;
                selected.Add(new SelectedRow(row, column, group.Length, group[column], totals[row.TotalStart + column]));
            }
        }
        return selected;
    }
}
