using System.Numerics;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Collects the cells of one tile in any order, then writes them stack by stack. Reused; not thread safe.</summary>
/// <remarks>
/// Per stack: the gap to the stack before, in how many rows it is, its sum, then its rows and all its values but the
/// last, which the sum tells. So a stack of one row, as most are in a CPU profile, costs no value beyond its sum, and
/// a tile of one row is nothing but the row itself: there is no second layout for rows that share little.
/// </remarks>
internal sealed class TileWriter(int stackCount)
{
    private readonly int[] _next = new int[stackCount + 1];
    private FlatList<int> _stacks, _order;
    private FlatList<byte> _rows;
    private FlatList<long> _values;      // columns per cell
    private FlatList<long> _keys;
    private FlatList<byte> _sortedRows;
    private FlatList<long> _sorted;      // values of one column, in order
    private FlatList<long> _first;       // values of the first column, in order
    private FlatList<int> _tileStacks, _ends;

    public int Columns { get; private set; }

    public int CellCount => _stacks.Count;

    public long MemoryBytes =>
        (4L * _next.Length) + (4L * _stacks.Capacity) + (4L * _order.Capacity) + _rows.Capacity + (8L * _values.Capacity) + (8L * _keys.Capacity)
        + _sortedRows.Capacity + (8L * (_sorted.Capacity + _first.Capacity)) + (4L * (_tileStacks.Capacity + _ends.Capacity));

    public void Begin(int columns)
    {
        Columns = columns;
        _stacks.Clear();
        _rows.Clear();
        _values.Clear();
    }

    /// <summary>Adds a cell; cells of equal stack and row add up.</summary>
    public void Add(int stack, int row, ReadOnlySpan<long> values)
    {
        _stacks.Add(stack);
        _rows.Add((byte)row);
        _values.AddRange(values);
    }

    /// <summary>Adds the cells of one row, whose stacks a map renumbers.</summary>
    public void AddRow(int row, ReadOnlySpan<int> stacks, int[] map, ReadOnlySpan<long> values)
    {
        var to = _stacks.Extend(stacks.Length);
        for (var i = 0; i < to.Length; i++) to[i] = map[stacks[i]];
        _rows.Extend(stacks.Length).Fill((byte)row);
        _values.AddRange(values);
    }

    /// <summary>Adds cells of several rows, whose stacks a map renumbers.</summary>
    public void AddCells(ReadOnlySpan<byte> rows, ReadOnlySpan<int> stacks, int[] map, ReadOnlySpan<long> values)
    {
        var to = _stacks.Extend(stacks.Length);
        for (var i = 0; i < to.Length; i++) to[i] = map[stacks[i]];
        _rows.AddRange(rows);
        _values.AddRange(values);
    }

    /// <summary>Writes the tile into the streams of a page: hot gaps, counts, totals…; cold rows, values….</summary>
    public void End(
        int group, int firstRow, int rowCount, int page, FlatList<byte>[] hot, FlatList<byte>[] cold, TileDirectory directory, Func<int, long[]> sumsOf)
    {
        Order();
        Combine();
        var tile = new Tile(group, firstRow, rowCount, _tileStacks.Count, page, directory.Columns.Count, hot[0].Count, hot[1].Count, cold[0].Count);
        WriteStacks(rowCount, ref hot[0], ref hot[1], ref cold[0]);
        directory.AddTile(tile, hot[0].Count - tile.Gaps, cold[0].Count - tile.Rows);
        for (var column = 0; column < Columns; column++) WriteColumn(column, ref hot[2 + column], ref cold[1 + column], directory, sumsOf(column));
    }

    /// <summary>Brings the cells in order of stack, then row.</summary>
    private void Order()
    {
        _order.Clear();
        var count = _stacks.Count;
        var order = _order.Extend(count);
        if (count < _next.Length / 16)
        {
            _keys.Clear();
            for (var i = 0; i < count; i++)
            {
                _keys.Add(((long)_stacks[i] << 8) | _rows[i]);
                order[i] = i;
            }
            _keys.Span.Sort(order);
            return;
        }

        // A counting sort by stack: cells come row after row or tile after tile, so the rows of a stack mostly stand right already.
        var stacks = _stacks.Span;
        var next = _next.AsSpan();
        next.Clear();
        foreach (var stack in stacks) next[stack + 1]++;
        for (var i = 1; i < next.Length; i++) next[i] += next[i - 1];
        for (var i = 0; i < count; i++) order[next[stacks[i]]++] = i;
        var rows = _rows.Span;
        for (var i = 1; i < count; i++)
        {
            var cell = order[i];
            var at = i;
            for (; at > 0 && stacks[order[at - 1]] == stacks[cell] && rows[order[at - 1]] > rows[cell]; at--) order[at] = order[at - 1];
            order[at] = cell;
        }
    }

    /// <summary>Adds up cells of equal stack and row, and notes where each stack ends.</summary>
    private void Combine()
    {
        _tileStacks.Clear();
        _ends.Clear();
        _sortedRows.Clear();
        var kept = 0;
        for (var i = 0; i < _order.Count; i++)
        {
            var cell = _order[i];
            var isSameStack = _tileStacks.Count > 0 && _tileStacks[_tileStacks.Count - 1] == _stacks[cell];
            if (isSameStack && _sortedRows[kept - 1] == _rows[cell])
            {
                var into = _values.Span.Slice(_order[kept - 1] * Columns, Columns);
                var from = _values.Span.Slice(cell * Columns, Columns);
                for (var c = 0; c < Columns; c++) into[c] += from[c];
                continue;
            }
            if (!isSameStack)
            {
                if (kept > 0) _ends.Add(kept);
                _tileStacks.Add(_stacks[cell]);
            }
            _order[kept++] = cell;
            _sortedRows.Add(_rows[cell]);
        }
        if (kept > 0) _ends.Add(kept);
        _order.Truncate(kept);
    }

    private void WriteStacks(int rowCount, ref FlatList<byte> gaps, ref FlatList<byte> counts, ref FlatList<byte> rows)
    {
        var last = 0;
        foreach (var stack in _tileStacks.Span)
        {
            gaps.AddVarint(stack - last);
            last = stack;
        }
        if (rowCount == 1) return;
        var start = 0;
        foreach (var end in _ends.Span)
        {
            counts.Add((byte)(end - start - 1));
            // A stack of all rows needs no row numbers; else the gaps between them, less one but for the first.
            var before = -1;
            if (end - start < rowCount)
            {
                foreach (var row in _sortedRows.Span[start..end])
                {
                    rows.Add((byte)(row - before - 1));
                    before = row;
                }
            }
            start = end;
        }
    }

    private void WriteColumn(int column, ref FlatList<byte> totals, ref FlatList<byte> values, TileDirectory directory, long[] sums)
    {
        var (totalStart, valueStart) = (totals.Count, values.Count);
        var divisor = Gather(column);
        if (sums.Length > 0) AddTo(sums);
        if (column == 0)
        {
            _first.Clear();
            _first.AddRange(_sorted.Span);
        }
        else if (TryFindFactor(out var factor))
        {
            directory.AddColumn(new TileColumn(TileColumnMode.Factor, factor, totalStart, valueStart), 0, 0);
            return;
        }
        if (divisor == 0) divisor = 1;
        if (divisor != 1)
            foreach (ref var value in _sorted.Span) value = (long)((ulong)value / divisor);
        var mode = ChooseMode(hasFirst: column > 0);
        var start = 0;
        foreach (var end in _ends.Span)
        {
            var run = _sorted.Span[start..end];
            long total = 0;
            foreach (var value in run) total += value;
            totals.AddVarint((ulong)total);
            if (mode == TileColumnMode.Absolute)
                foreach (var value in run[..^1]) values.AddVarint((ulong)value);
            else if (mode == TileColumnMode.Ratio) WriteResiduals(run, _first.Span[start..end], ref values);
            else
            {
                long last = 0;
                foreach (var value in run[..^1])
                {
                    values.AddZigZag(value - last);
                    last = value;
                }
            }
            start = end;
        }
        directory.AddColumn(new TileColumn(mode, divisor, totalStart, valueStart), totals.Count - totalStart, values.Count - valueStart);
    }

    private void AddTo(long[] sums)
    {
        var at = 0;
        for (var stack = 0; stack < _tileStacks.Count; stack++)
            for (ref var sum = ref sums[_tileStacks[stack]]; at < _ends[stack]; at++) sum = Saturating.Add(sum, _sorted[at]);
    }

    private bool TryFindFactor(out ulong factor)
    {
        factor = 0;
        var known = false;
        for (var i = 0; i < _sorted.Count; i++)
        {
            var (first, value) = ((ulong)_first[i], (ulong)_sorted[i]);
            if (!known && first != 0)
            {
                if (value % first != 0) return false;
                factor = value / first;
                known = true;
            }
            if (Math.BigMul(first, factor, out var product) != 0 || product != value) return false;
        }
        return true;
    }

    /// <summary>The values of a column in order; returns their greatest common divisor, 0 where all are 0.</summary>
    private ulong Gather(int column)
    {
        _sorted.Clear();
        var values = _values.Span;
        var sorted = _sorted.Extend(_order.Count);
        ulong divisor = 0;
        var at = 0;
        foreach (var cell in _order.Span)
        {
            var value = values[(cell * Columns) + column];
            sorted[at++] = value;
            if (divisor != 1) divisor = CellEncoder.GreatestCommonDivisor(divisor, (ulong)value);
        }
        return divisor;
    }

    /// <summary>Whichever takes fewer bits over the beginning of the column: tiles are alike from end to end.</summary>
    private TileColumnMode ChooseMode(bool hasFirst)
    {
        const int CellsMax = 8192;
        long absolute = 0, delta = 0, ratio = 0;
        var start = 0;
        var values = _sorted.Span;
        foreach (var end in _ends.Span)
        {
            if (start > CellsMax) break;
            long last = 0;
            foreach (var value in values[start..(end - 1)])
            {
                absolute += Bits((ulong)value);
                delta += Bits(ZigZag(value - last));
                last = value;
            }
            if (hasFirst && end - start > 1)
            {
                var factor = TileReader.Ratio(values[start..end], _first.Span[start..end]);
                long before = 0;
                last = 0;
                for (var i = start; i < end - 1; i++)
                {
                    ratio += Bits(ZigZag(values[i] - last - TileReader.Predict(_first[i] - before, factor)));
                    (last, before) = (values[i], _first[i]);
                }
            }
            start = end;
        }
        var least = delta < absolute ? TileColumnMode.Delta : TileColumnMode.Absolute;
        return hasFirst && ratio < Math.Min(absolute, delta) ? TileColumnMode.Ratio : least;
    }

    private static void WriteResiduals(ReadOnlySpan<long> run, ReadOnlySpan<long> first, ref FlatList<byte> values)
    {
        if (run.Length == 1) return;
        var factor = TileReader.Ratio(run, first);
        long last = 0, before = 0;
        for (var i = 0; i < run.Length - 1; i++)
        {
            values.AddZigZag(run[i] - last - TileReader.Predict(first[i] - before, factor));
            (last, before) = (run[i], first[i]);
        }
    }

    private static int Bits(ulong value) => 64 - BitOperations.LeadingZeroCount(value);

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
