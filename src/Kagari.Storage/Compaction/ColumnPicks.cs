namespace Kagari.Storage;

/// <summary>Rows that go into a new dataset with some of their value columns only, since series of the others are dropped.</summary>
/// <remarks>
/// A cell whose remaining values are all zero goes too, and so does its stack if nothing else has it: what is deleted
/// leaves no names behind. Not thread safe.
/// </remarks>
internal sealed class ColumnPicks
{
    private readonly List<ColumnPick> _picks = [];
    private readonly Dictionary<(int Source, int Row), int> _cells = [];
    private long[] _totals = [];

    /// <summary>A pick by its number, from 1.</summary>
    public ColumnPick this[int pick] => _picks[pick - 1];

    /// <summary>Adds a pick; returns its number.</summary>
    public int Add(ColumnPick pick)
    {
        _picks.Add(pick);
        return _picks.Count;
    }

    /// <summary>How many columns the rows have in their source.</summary>
    public int SourceColumns(int pick, int columns) => pick == 0 ? columns : this[pick].SourceColumns;

    /// <summary>Takes cells of the source's columns and hands on those that are picked.</summary>
    public ICellTarget Into(ICellTarget target, int pick) => pick == 0 ? target : new PickTarget(target, this[pick].SourceColumns, this[pick].Columns);

    /// <summary>The row as the new dataset has it, but for its group.</summary>
    public Row RowOf(in MergeRow row, DatasetRows from)
    {
        var stored = from.Rows.Span[row.Row];
        return row.Pick == 0 ? stored : stored with { CellCount = _cells.GetValueOrDefault((row.Source, row.Row)) };
    }

    /// <summary>The row's totals; valid until the next call.</summary>
    public ReadOnlySpan<long> TotalsOf(in MergeRow row, DatasetRows from, int columns)
    {
        var start = from.Rows.Span[row.Row].TotalStart;
        if (row.Pick == 0) return from.Totals.Span.Slice(start, columns);
        if (_totals.Length < columns) _totals = new long[columns];
        var picked = this[row.Pick].Columns;
        for (var c = 0; c < columns; c++) _totals[c] = from.Totals.Span[start + picked[c]];
        return _totals.AsSpan(0, columns);
    }

    /// <summary>Notes which stacks of a source the rows have in their remaining columns, and how many cells that leaves each row.</summary>
    public async ValueTask MarkAsync(MergeSource source, List<MergeRow> rows, bool[] used, CancellationToken cancellation)
    {
        foreach (var pick in rows.GroupBy(r => r.Pick))
        {
            // As many as a tile has: targets are numbered in bytes.
            foreach (var own in pick.OrderBy(r => r.Row).Chunk(TileDirectory.RowsPerTileMax))
            {
                var target = new PickMarks(used, own.Length);
                var targets = own.Select((r, i) => new RowTarget(r.Row, i)).ToArray();
                await source.ReadAsync(targets, this[pick.Key].SourceColumns, Into(target, pick.Key), cancellation);
                for (var i = 0; i < own.Length; i++) _cells[(own[i].Source, own[i].Row)] = target.CellsOf(i);
            }
        }
    }
}

/// <summary>Some of the columns of a source's group.</summary>
/// <param name="Group">The group of the new dataset that has just these, before <see cref="MergeGroups.Order"/>.</param>
/// <param name="SourceColumns">Columns of the group in the source.</param>
/// <param name="Columns">Which of them remain.</param>
internal sealed record ColumnPick(int Group, int SourceColumns, int[] Columns);
