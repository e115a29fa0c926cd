using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>A dataset of a block as a source of a merge.</summary>
internal sealed class BlockMergeSource(BlockEntry block, BlockDatasetEntry entry, SectionReader sections, BlockScanner scanner) : MergeSource
{
    private readonly int[] _targetOfRow = new int[TileDirectory.RowsPerTileMax];
    private BlockDataset? _dataset;
    private bool _isReleased;
    private FlatList<long> _cells;
    private FlatList<int> _cellStacks, _cellAt;
    private FlatList<byte> _cellRows;

    public override string ObjectKey => block.Key;

    public override int RowCount => entry.RowCount;

    public override (long Min, long Max) TimeNanos => (entry.TimeNanosMin, entry.TimeNanosMax);

    public override async ValueTask<DatasetView?> OpenAsync(CancellationToken cancellation)
    {
        if (_dataset is null || _isReleased)
        {
            try
            {
                _dataset = await BlockDataset.TryOpenAsync(block, entry, sections, cancellation);
            }
            catch (ObjectNotFoundException)
            {
                IsGone = true;
            }
            _isReleased = false;
            if (_dataset is not null && Rows.Rows.IsEmpty && await _dataset.RowsAsync(cancellation) is { } rows) Rows = rows;
            IsDamaged |= Rows.Rows.IsEmpty;
        }
        return Rows.Rows.IsEmpty ? null : _dataset?.View;
    }

    public override async ValueTask<SymbolView?> SymbolsAsync(CancellationToken cancellation)
    {
        if (await OpenAsync(cancellation) is null) return null;
        var symbols = await _dataset!.SymbolsAsync(cancellation);
        IsDamaged |= symbols is null;
        return symbols;
    }

    public override void ReleaseSymbols(long keptBytes)
    {
        if (_dataset is null || _isReleased || _dataset.MemoryBytes <= keptBytes) return;
        _dataset = _dataset.WithoutSymbols();
        _isReleased = true;
    }

    public override void Close()
    {
        base.Close();
        _dataset = null;
    }

    public override async ValueTask MarkAsync(ReadOnlyMemory<int> rows, bool[] used, CancellationToken cancellation)
    {
        // Only where rows are left out, as by a deletion: else all stacks are used.
        var at = 0;
        for (var index = 0; index < _dataset!.Directory.Tiles.Count && at < rows.Length; index++)
        {
            var tile = _dataset.Directory.Tiles[index];
            if (rows.Span[at] >= tile.FirstRow + tile.RowCount) continue;
            var wanted = new bool[tile.RowCount];
            for (; at < rows.Length && rows.Span[at] < tile.FirstRow + tile.RowCount; at++) wanted[rows.Span[at] - tile.FirstRow] = true;
            if (!await scanner.ReadCellsAsync(_dataset, tile, cancellation))
            {
                IsDamaged = true;
                continue;
            }
            var cell = 0;
            for (var i = 0; i < scanner.Stacks.Length; i++)
                for (var n = scanner.Counts[i]; n > 0; n--) used[scanner.Stacks[i]] |= wanted[scanner.Rows[cell++]];
        }
    }

    public override async ValueTask ReadAsync(ReadOnlyMemory<RowTarget> rows, int columns, ICellTarget target, CancellationToken cancellation)
    {
        var directory = _dataset!.Directory;
        var at = 0;
        for (var index = FirstTileOf(directory.Tiles.Span, rows.Span[0].Row); at < rows.Length; index++)
        {
            var tile = directory.Tiles[index];
            if (rows.Span[at].Row >= tile.FirstRow + tile.RowCount) continue;
            var (first, isOne) = (at, true);
            Array.Fill(_targetOfRow, -1, 0, tile.RowCount);
            for (; at < rows.Length && rows.Span[at].Row < tile.FirstRow + tile.RowCount; at++)
            {
                _targetOfRow[rows.Span[at].Row - tile.FirstRow] = rows.Span[at].Target;
                isOne &= rows.Span[at].Target == rows.Span[first].Target;
            }
            // All rows become one: their sums stand ready.
            if (isOne && at - first == tile.RowCount && tile.RowCount > 1 && !target.WantsSpans) await ReadTotalsAsync(tile, rows.Span[first].Target, columns, target, cancellation);
            else await ReadCellsAsync(tile, columns, target, cancellation);
        }
        if (target.WantsSpans && _dataset.HasSpans) await ReadSpansAsync(rows, columns, target, cancellation);
    }

    private async ValueTask ReadTotalsAsync(Tile tile, int row, int columns, ICellTarget target, CancellationToken cancellation)
    {
        if (!await scanner.ReadTotalsAsync(_dataset!, tile, cancellation))
        {
            IsDamaged = true;
            return;
        }
        _cells.Clear();
        var cells = _cells.Extend(scanner.Stacks.Length * columns);
        for (var c = 0; c < columns; c++) Interleave(scanner.ValuesOf(c), cells, c, columns);
        target.AddRow(row, scanner.Stacks, _cells.Span);
    }

    private async ValueTask ReadCellsAsync(Tile tile, int columns, ICellTarget target, CancellationToken cancellation)
    {
        if (!await scanner.ReadCellsAsync(_dataset!, tile, cancellation) || !scanner.ReadAllValues(_dataset!, tile))
        {
            IsDamaged = true;
            return;
        }
        // One flat list of the cells that are wanted: row, stack, values.
        _cells.Clear();
        _cellStacks.Clear();
        _cellRows.Clear();
        _cellAt.Clear();
        var rows = scanner.Rows;
        var cell = 0;
        for (var i = 0; i < scanner.Stacks.Length; i++)
        {
            for (var n = scanner.Counts[i]; n > 0; n--, cell++)
            {
                var row = _targetOfRow[rows[cell]];
                if (row < 0) continue;
                _cellStacks.Add(scanner.Stacks[i]);
                _cellRows.Add((byte)row);
                _cellAt.Add(cell);
            }
        }
        var cells = _cells.Extend(_cellAt.Count * columns);
        for (var c = 0; c < columns; c++)
        {
            var values = scanner.ValuesOf(c);
            var to = c;
            foreach (var from in _cellAt.Span)
            {
                cells[to] = values[from];
                to += columns;
            }
        }
        target.AddCells(_cellRows.Span, _cellStacks.Span, _cells.Span);
    }

    private static void Interleave(ReadOnlySpan<long> values, Span<long> cells, int column, int columns)
    {
        for (int i = 0, to = column; i < values.Length; i++, to += columns) cells[to] = values[i];
    }

    private async ValueTask ReadSpansAsync(ReadOnlyMemory<RowTarget> rows, int columns, ICellTarget target, CancellationToken cancellation)
    {
        if (await _dataset!.SpansAsync(cancellation) is not { } spans)
        {
            IsDamaged = true;
            return;
        }
        var cells = spans.Cells;
        var at = 0;
        foreach (var (row, to) in rows.Span)
        {
            var (low, high) = (at, cells.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (cells[middle].Row < row) low = middle + 1;
                else high = middle;
            }
            for (at = low; at < cells.Length && cells[at].Row == row; at++)
                target.AddSpan(cells[at].Stack, to, spans.Ids[cells[at].Id], spans.ValuesOf(cells[at], columns));
        }
    }

    private static int FirstTileOf(ReadOnlySpan<Tile> tiles, int row)
    {
        var (low, high) = (0, tiles.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (tiles[middle].FirstRow <= row) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
