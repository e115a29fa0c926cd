using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Reads rows that <see cref="CellEncoder"/> wrote into reused flat arrays. Total; not thread safe.</summary>
public sealed class CellDecoder
{
    private FlatList<int> _nodes;
    private FlatList<long> _values, _first;
    private FlatList<SpanId> _spans;
    private FlatList<long> _all;

    /// <summary>Stack node of each cell, ascending.</summary>
    public ReadOnlySpan<int> Nodes => _nodes.Span;

    /// <summary>Value of each cell in the column asked for.</summary>
    public ReadOnlySpan<long> Values => _values.Span;

    /// <summary>Values of each cell in all columns, cell after cell, after <see cref="TryDecodeAll"/>.</summary>
    public ReadOnlySpan<long> AllValues => _all.Span;

    /// <summary>Span of each cell; empty where the row has none or they were not asked for.</summary>
    public ReadOnlySpan<SpanId> Spans => _spans.Span;

    /// <summary>Decodes one column of a row; false where the bytes are not what a row of this shape has.</summary>
    /// <param name="samples">The section's bytes.</param>
    /// <param name="row">The row, which says where its bytes lie.</param>
    /// <param name="column">Which column's values to keep.</param>
    /// <param name="columns">How many columns the row's group has.</param>
    /// <param name="nodeCount">Nodes must be below this.</param>
    /// <param name="withSpans">Whether to decode spans too.</param>
    public bool TryDecode(ReadOnlySpan<byte> samples, in Row row, int column, int columns, int nodeCount, bool withSpans)
    {
        _nodes.Clear();
        _values.Clear();
        _spans.Clear();
        if ((uint)row.SampleStart > (uint)samples.Length || (uint)row.SampleBytes > (uint)(samples.Length - row.SampleStart)) return false;
        // Every cell takes at least one byte, which bounds the arrays before they grow.
        if (row.CellCount > row.SampleBytes) return false;
        var cursor = new ByteCursor(samples.Slice(row.SampleStart, row.SampleBytes));
        if (!DecodeNodes(ref cursor, row.CellCount, nodeCount)) return false;
        for (var c = 0; c < columns; c++)
        {
            if (!DecodeColumn(ref cursor, row.CellCount, c, keep: c == column)) return false;
            // Without spans nothing behind the asked column is of interest.
            if (c == column && !withSpans) return !cursor.Failed;
        }
        return (!withSpans || row.SpanCount == 0 || DecodeSpans(ref cursor, row)) && !cursor.Failed;
    }

    /// <summary>Decodes all columns of a row into <see cref="AllValues"/>; false where the bytes are not what a row of this shape has.</summary>
    /// <param name="samples">The section's bytes.</param>
    /// <param name="row">The row, which says where its bytes lie.</param>
    /// <param name="columns">How many columns the row's group has.</param>
    /// <param name="nodeCount">Nodes must be below this.</param>
    public bool TryDecodeAll(ReadOnlySpan<byte> samples, in Row row, int columns, int nodeCount)
    {
        _all.Clear();
        _nodes.Clear();
        _spans.Clear();
        if ((uint)row.SampleStart > (uint)samples.Length || (uint)row.SampleBytes > (uint)(samples.Length - row.SampleStart)) return false;
        if (row.CellCount > row.SampleBytes) return false;
        var cursor = new ByteCursor(samples.Slice(row.SampleStart, row.SampleBytes));
        if (!DecodeNodes(ref cursor, row.CellCount, nodeCount)) return false;
        var all = _all.Extend(row.CellCount * columns);
        for (var column = 0; column < columns; column++)
        {
            if (!DecodeColumn(ref cursor, row.CellCount, column, keep: true)) return false;
            var values = _values.Span;
            for (int i = 0, at = column; i < values.Length; i++, at += columns) all[at] = values[i];
        }
        return (row.SpanCount == 0 || DecodeSpans(ref cursor, row)) && !cursor.Failed;
    }

    private bool DecodeNodes(ref ByteCursor cursor, int count, int nodeCount)
    {
        long node = 0;
        foreach (ref var slot in _nodes.Extend(count))
        {
            node += cursor.ReadInt32();
            if (node >= nodeCount) return false;
            slot = (int)node;
        }
        return true;
    }

    private bool DecodeColumn(ref ByteCursor cursor, int count, int column, bool keep)
    {
        var mode = cursor.Take(1) is { Length: 1 } bytes ? bytes[0] : byte.MaxValue;
        var scale = cursor.ReadVarint();
        if (mode == CellEncoder.Factor)
        {
            if (column == 0) return false;
            if (!keep) return true;
            _values.Clear();
            foreach (var first in _first.Span) _values.Add(unchecked(first * (long)scale));
            return true;
        }
        if (mode != CellEncoder.Scaled) return false;
        if (count > cursor.Remaining) return false;
        if (column != 0 && !keep)
        {
            for (var i = 0; i < count; i++) cursor.ReadVarint();
            return !cursor.Failed;
        }
        ref var target = ref keep ? ref _values : ref _first;
        target.Clear();
        foreach (ref var slot in target.Extend(count)) slot = unchecked((long)(cursor.ReadVarint() * scale));
        if (column == 0 && keep)
        {
            _first.Clear();
            _first.AddRange(_values.Span);
        }
        return !cursor.Failed;
    }

    private bool DecodeSpans(ref ByteCursor cursor, in Row row)
    {
        var spans = _spans.Extend(row.CellCount);
        spans.Clear();
        var cell = 0;
        for (var i = 0; i < row.SpanCount; i++)
        {
            cell += cursor.ReadInt32(row.CellCount);
            if ((uint)cell >= (uint)spans.Length) return false;
            var flags = cursor.Take(1) is { Length: 1 } bytes ? bytes[0] : 0;
            var span = (flags & CellEncoder.HasSpan) != 0 ? cursor.ReadUInt64() : 0;
            UInt128 trace = 0;
            if ((flags & CellEncoder.HasTrace) != 0)
            {
                var low = cursor.ReadUInt64();
                trace = new UInt128(cursor.ReadUInt64(), low);
            }
            spans[cell] = new SpanId(span, trace);
        }
        return !cursor.Failed;
    }
}
