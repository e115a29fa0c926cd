using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The cells of a dataset that belong to spans: the spans section in memory.</summary>
/// <remarks>
/// <code>
/// ids     count | flags u8 x count | u64 span of each that has one | u128 trace (low half first) of each that has one
/// cells   count | row − that before | stack (− that before where the row is the same) | zigzag id − before
///         | values, as many as the row's group has columns
/// </code>
/// Ids are sorted, so a query for a span that is not here reads no further. The cells of a row that carry spans are
/// part of the row's cells; here stands how their values spread over spans.
/// </remarks>
internal sealed class SpanCells
{
    private const int HasSpan = 1, HasTrace = 2;

    private FlatList<SpanId> _ids;
    private FlatList<SpanCell> _cells;
    private FlatList<long> _values;

    public int Count => _cells.Count;

    /// <summary>Different spans, sorted once encoded or decoded.</summary>
    public ReadOnlySpan<SpanId> Ids => _ids.Span;

    /// <summary>Cells by row, stack, id once encoded or decoded.</summary>
    public ReadOnlySpan<SpanCell> Cells => _cells.Span;

    public ReadOnlySpan<long> ValuesOf(in SpanCell cell, int columns) => _values.Span.Slice(cell.ValueStart, columns);

    public long MemoryBytes => (32L * _ids.Capacity) + (16L * _cells.Capacity) + (8L * _values.Capacity);

    public void Add(int row, int stack, SpanId span, ReadOnlySpan<long> values)
    {
        _cells.Add(new SpanCell(row, stack, _ids.Count, _values.Count));
        _ids.Add(span);
        _values.AddRange(values);
    }

    /// <summary>Sorts ids and cells, each id once.</summary>
    public void Sort()
    {
        var sorted = _ids.Span.ToArray();
        Array.Sort(sorted, Compare);
        var distinct = new FlatList<SpanId>();
        foreach (var id in sorted)
            if (distinct.Count == 0 || distinct[distinct.Count - 1] != id) distinct.Add(id);
        foreach (ref var cell in _cells.Span) cell = cell with { Id = distinct.Span.BinarySearch(_ids[cell.Id], Comparer<SpanId>.Create(Compare)) };
        _ids = distinct;
        _cells.Span.Sort((a, b) => a.Row != b.Row ? a.Row.CompareTo(b.Row) : a.Stack != b.Stack ? a.Stack.CompareTo(b.Stack)
            : a.Id != b.Id ? a.Id.CompareTo(b.Id) : a.ValueStart.CompareTo(b.ValueStart));
    }

    public void Encode(Func<int, int> columnsOfRow, ref FlatList<byte> output)
    {
        output.AddVarint(_ids.Count);
        foreach (ref readonly var id in _ids.Span) output.Add((byte)((id.Span != 0 ? HasSpan : 0) | (id.Trace != 0 ? HasTrace : 0)));
        foreach (ref readonly var id in _ids.Span)
            if (id.Span != 0) output.AddUInt64(id.Span);
        foreach (ref readonly var id in _ids.Span)
        {
            if (id.Trace == 0) continue;
            output.AddUInt64((ulong)id.Trace);
            output.AddUInt64((ulong)(id.Trace >> 64));
        }
        output.AddVarint(_cells.Count);
        var last = default(SpanCell);
        foreach (ref readonly var cell in _cells.Span)
        {
            output.AddVarint(cell.Row - last.Row);
            output.AddVarint(cell.Row == last.Row ? cell.Stack - last.Stack : cell.Stack);
            output.AddZigZag(cell.Id - last.Id);
            last = cell;
        }
        foreach (ref readonly var cell in _cells.Span)
            foreach (var value in ValuesOf(cell, columnsOfRow(cell.Row))) output.AddVarint((ulong)value);
    }

    /// <summary>Reads the section; null where it is damaged.</summary>
    public static SpanCells? TryDecode(ReadOnlySpan<byte> bytes, DatasetRows rows, IReadOnlyList<int[]> groups, int stackCount)
    {
        var cursor = new ByteCursor(bytes);
        var spans = new SpanCells();
        var count = cursor.ReadInt32(cursor.Remaining);
        var flags = cursor.Take(count);
        if (cursor.Failed) return null;
        var ids = spans._ids.Extend(count);
        ids.Clear();
        for (var i = 0; i < count; i++)
            if ((flags[i] & HasSpan) != 0) ids[i] = new SpanId(cursor.ReadUInt64(), 0);
        for (var i = 0; i < count; i++)
        {
            if ((flags[i] & HasTrace) == 0) continue;
            var low = cursor.ReadUInt64();
            ids[i] = ids[i] with { Trace = new UInt128(cursor.ReadUInt64(), low) };
        }
        var cellCount = cursor.ReadInt32(cursor.Remaining);
        if (cursor.Failed) return null;
        var (row, stack, id, values) = (0L, 0L, 0L, 0L);
        foreach (ref var cell in spans._cells.Extend(cellCount))
        {
            var step = cursor.ReadInt32();
            row += step;
            stack = (step == 0 ? stack : 0) + cursor.ReadInt32();
            id = unchecked(id + cursor.ReadZigZag());
            if (cursor.Failed || row >= rows.Rows.Length || stack >= stackCount || id < 0 || id >= count) return null;
            cell = new SpanCell((int)row, (int)stack, (int)id, (int)values);
            values += groups[rows.Rows.Span[(int)row].Group].Length;
            if (values > int.MaxValue) return null;
        }
        if (values > cursor.Remaining) return null;
        foreach (ref var value in spans._values.Extend((int)values)) value = (long)cursor.ReadVarint();
        return cursor.Failed || !cursor.AtEnd ? null : spans;
    }

    private static int Compare(SpanId a, SpanId b) => a.Span != b.Span ? a.Span.CompareTo(b.Span) : a.Trace.CompareTo(b.Trace);
}

/// <summary>The part of a cell that belongs to one span.</summary>
/// <param name="Row">Row of the dataset.</param>
/// <param name="Stack">Its stack.</param>
/// <param name="Id">Which span, by place in <see cref="SpanCells.Ids"/>.</param>
/// <param name="ValueStart">Where its values start.</param>
internal readonly record struct SpanCell(int Row, int Stack, int Id, int ValueStart);
