using System.Diagnostics;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>The selected part of a dataset of a block.</summary>
/// <remarks>
/// Where all of it lies in the range and no row can be elsewhere too, rows are not even read: the sums of tiles answer.
/// Else rows are chosen one by one, and a tile whose rows are all chosen still answers with its sums.
/// </remarks>
/// <param name="dataset">The dataset, opened.</param>
/// <param name="matched">Which series are selected.</param>
/// <param name="rows">The selected rows, by index, then column; null where all rows of matched series are.</param>
/// <param name="sections">Reads tiles.</param>
/// <param name="run">The query.</param>
internal sealed class SelectedBlock(BlockDataset dataset, bool[] matched, List<SelectedRow>? rows, SectionReader sections, QueryRun run)
    : SelectedDataset(dataset.View, sections, run)
{
    private List<SelectedRow>? _rows = rows;

    public BlockDataset Dataset => dataset;

    /// <summary>Whether all rows of matched series are selected, so that sums of tiles and minutes answer.</summary>
    public bool IsWhole { get; } = rows is null;

    public bool[] Matched => matched;

    public override async ValueTask<IReadOnlyList<SelectedRow>> RowsAsync(CancellationToken cancellation)
    {
        if (_rows is not null) return _rows;
        var all = new List<SelectedRow>();
        if (await dataset.RowsAsync(cancellation) is { } there)
        {
            for (var i = 0; i < there.Rows.Length; i++)
            {
                var row = there.Rows.Span[i];
                var group = View.Groups[row.Group];
                for (var column = 0; column < group.Length; column++)
                    if (matched[group[column]]) all.Add(new SelectedRow(row, i, column, group.Length, group[column], there.Totals.Span[row.TotalStart + column]));
            }
        }
        Run.Count(QueryRun.Counted.Row, all.Count);
        Run.Hold(96L * all.Count);
        return _rows = all;
    }

    public override ValueTask<IEnumerable<int>> SeriesAsync(CancellationToken cancellation) => ValueTask.FromResult(
        _rows is { } some ? some.Select(r => r.Series).Distinct() : Enumerable.Range(0, matched.Length).Where(s => matched[s]));

    protected override ValueTask<SymbolView?> ReadSymbolsAsync(CancellationToken cancellation) => dataset.SymbolsAsync(cancellation);

    public override async ValueTask AddSumsAsync(StackFilter filter, long[] sums, int parallel, CancellationToken cancellation)
    {
        Debug.Assert(dataset.Directory.Tiles.Count > 0 || dataset.Entry.RowCount == 0, "A dataset that was opened for its rows only is asked for stacks.");
        if (filter.SelectsSpans || filter.ProfileIds.Count > 0) await ScanAsync(filter, wantSpans: false, new StackSums(sums), cancellation);
        else if (IsWhole) await AddWholeAsync(sums, cancellation);
        else await AddRowsAsync(sums, cancellation);
    }

    public override async ValueTask ScanAsync(StackFilter filter, bool wantSpans, ICellSink sink, CancellationToken cancellation)
    {
        var selected = await RowsAsync(cancellation);
        if (wantSpans || filter.SelectsSpans)
        {
            await ScanSpansAsync(selected, filter, sink, cancellation);
            return;
        }
        using var scanner = Sections.RentScanner();
        var row = new RowCellsOfTile();
        for (var start = 0; start < selected.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            var tile = TileOf(selected[start].Index);
            var end = EndOfTile(selected, start, tile);
            Run.Count(QueryRun.Counted.Tile);
            if (await scanner.ReadCellsAsync(dataset, tile, cancellation))
            {
                for (var column = 0; column < selected[start].Columns; column++)
                {
                    var isRead = false;
                    for (var i = start; i < end; i++)
                    {
                        if (selected[i].Column != column || !Passes(filter, selected[i].Row) || !sink.BeginRow(selected[i])) continue;
                        if (!isRead && !scanner.ReadValues(dataset, tile, column)) break;
                        if (!isRead) row.Load(scanner, column, tile.RowCount);
                        isRead = true;
                        sink.AddCells(row.StacksOf(selected[i].Index - tile.FirstRow), row.ValuesOf(selected[i].Index - tile.FirstRow), []);
                    }
                }
            }
            start = end;
        }
    }

    private async ValueTask AddWholeAsync(long[] sums, CancellationToken cancellation)
    {
        using var scanner = Sections.RentScanner();
        for (var i = 0; i < dataset.Directory.Tiles.Count; i++)
        {
            var tile = dataset.Directory.Tiles[i];
            var group = View.Groups[tile.Group];
            for (var column = 0; column < group.Length; column++)
            {
                if (!matched[group[column]]) continue;
                cancellation.ThrowIfCancellationRequested();
                Run.Count(QueryRun.Counted.TotalTile);
                await scanner.AddTotalsAsync(dataset, tile, column, sums, cancellation);
            }
        }
    }

    private async ValueTask AddRowsAsync(long[] sums, CancellationToken cancellation)
    {
        var selected = await RowsAsync(cancellation);
        using var scanner = Sections.RentScanner();
        var wanted = new bool[TileDirectory.RowsPerTileMax];
        for (var start = 0; start < selected.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            var tile = TileOf(selected[start].Index);
            var end = EndOfTile(selected, start, tile);
            var hasCells = false;
            for (var column = 0; column < selected[start].Columns; column++)
            {
                Array.Clear(wanted);
                var count = 0;
                for (var i = start; i < end; i++)
                {
                    if (selected[i].Column != column) continue;
                    wanted[selected[i].Index - tile.FirstRow] = true;
                    count++;
                }
                if (count == 0) continue;
                if (count == tile.RowCount)
                {
                    Run.Count(QueryRun.Counted.TotalTile);
                    await scanner.AddTotalsAsync(dataset, tile, column, sums, cancellation);
                    continue;
                }
                Run.Count(QueryRun.Counted.Tile);
                if (!hasCells && !await scanner.ReadCellsAsync(dataset, tile, cancellation)) break;
                hasCells = true;
                if (scanner.ReadValues(dataset, tile, column)) AddCells(scanner, column, wanted, sums);
            }
            start = end;
        }
    }

    private static void AddCells(BlockScanner scanner, int column, bool[] wanted, long[] sums)
    {
        var stacks = scanner.Stacks;
        var counts = scanner.Counts;
        var cellRows = scanner.Rows;
        var values = scanner.ValuesOf(column);
        var cell = 0;
        for (var i = 0; i < stacks.Length; i++)
        {
            ref var sum = ref sums[stacks[i]];
            for (var n = counts[i]; n > 0; n--, cell++)
                if (wanted[cellRows[cell]]) sum = Saturating.Add(sum, values[cell]);
        }
    }

    private async ValueTask ScanSpansAsync(IReadOnlyList<SelectedRow> selected, StackFilter filter, ICellSink sink, CancellationToken cancellation)
    {
        if (!dataset.HasSpans || await dataset.SpansAsync(cancellation) is not { } spans) return;
        var ids = new bool[spans.Ids.Length];
        var any = false;
        for (var i = 0; i < ids.Length; i++) any |= ids[i] = Passes(filter, spans.Ids[i]);
        if (!any) return;
        var at = 0;
        foreach (var row in selected)
        {
            if (!Passes(filter, row.Row)) continue;
            while (at < spans.Cells.Length && spans.Cells[at].Row < row.Index) at++;
            if (at == spans.Cells.Length || spans.Cells[at].Row != row.Index || !sink.BeginRow(row)) continue;
            for (var i = at; i < spans.Cells.Length && spans.Cells[i].Row == row.Index; i++)
            {
                var cell = spans.Cells[i];
                if (ids[cell.Id]) sink.AddCells([cell.Stack], [spans.ValuesOf(cell, row.Columns)[row.Column]], [spans.Ids[cell.Id]]);
            }
        }
    }

    private Tile TileOf(int row)
    {
        var tiles = dataset.Directory.Tiles.Span;
        var (low, high) = (0, tiles.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (tiles[middle].FirstRow <= row) low = middle;
            else high = middle - 1;
        }
        return tiles[low];
    }

    private static int EndOfTile(IReadOnlyList<SelectedRow> selected, int start, in Tile tile)
    {
        var end = start;
        while (end < selected.Count && selected[end].Index < tile.FirstRow + tile.RowCount) end++;
        return end;
    }
}
