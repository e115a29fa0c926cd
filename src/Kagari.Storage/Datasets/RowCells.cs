using System.Numerics;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Collects the cells of one row: equal stacks add up, samples with a span id stay apart; then in stack order.</summary>
/// <remarks>
/// Rows without spans, nearly all, are ordered by a bitmap over nodes instead of a sort: 8,400 cells in about 15 µs
/// where sorting takes 250 µs (AMD EPYC, one core).
/// </remarks>
internal sealed class RowCells
{
    private FlatList<int> _nodes;
    private FlatList<long> _values;      // Columns per cell
    private FlatList<SpanId> _spans;     // one per cell once a span was seen
    private FlatList<int> _order;
    private FlatList<long> _keys;
    private int[] _cellOf = [];          // by node: cell + 1, valid where the node's bit is set
    private ulong[] _bits = [];          // by node: whether it has a cell without span
    private int _minWord, _maxWord;

    public int Columns { get; private set; }

    public int Count => _nodes.Count;

    public bool HasSpans { get; private set; }

    /// <summary>Cells by ascending node; valid after <see cref="Order"/>.</summary>
    public ReadOnlySpan<int> Ordered => _order.Span;

    public void Begin(int columns, int nodeCount)
    {
        Columns = columns;
        HasSpans = false;
        _nodes.Clear();
        _values.Clear();
        _spans.Clear();
        _order.Clear();
        EnsureNodes(nodeCount);
        _minWord = int.MaxValue;
        _maxWord = -1;
    }

    public int NodeOf(int cell) => _nodes[cell];

    public long ValueOf(int cell, int column) => _values[(cell * Columns) + column];

    public SpanId SpanOf(int cell) => cell < _spans.Count ? _spans[cell] : default;

    /// <summary>Adds a sample: <paramref name="columns"/> says which of its values are kept.</summary>
    public void Add(int node, in SpanId span, ReadOnlySpan<long> values, ReadOnlySpan<int> columns)
    {
        EnsureNodes(node + 1);
        var word = node >> 6;
        var bit = 1UL << node;
        if (span.IsNone && (_bits[word] & bit) != 0)
        {
            var sums = _values.Span.Slice((_cellOf[node] - 1) * columns.Length, columns.Length);
            for (var i = 0; i < columns.Length; i++) sums[i] += values[columns[i]];
            return;
        }
        _nodes.Add(node);
        foreach (var column in columns) _values.Add(values[column]);
        if (!span.IsNone)
        {
            HasSpans = true;
            while (_spans.Count < _nodes.Count - 1) _spans.Add(default);
            _spans.Add(span);
            return;
        }
        _bits[word] |= bit;
        _cellOf[node] = _nodes.Count;
        _minWord = Math.Min(_minWord, word);
        _maxWord = Math.Max(_maxWord, word);
    }

    /// <summary>Brings the cells in order and clears the bitmap.</summary>
    public void Order()
    {
        if (HasSpans)
        {
            if (_maxWord >= 0) _bits.AsSpan(_minWord, _maxWord - _minWord + 1).Clear();
            // Arrival order breaks ties, so the order is total and equal input gives equal bytes.
            _keys.Clear();
            for (var cell = 0; cell < _nodes.Count; cell++) _keys.Add(((long)_nodes[cell] << 32) | (uint)cell);
            _keys.Span.Sort();
            foreach (var key in _keys.Span) _order.Add((int)key);
            return;
        }
        for (var word = _minWord; word <= _maxWord; word++)
        {
            var bits = _bits[word];
            if (bits == 0) continue;
            _bits[word] = 0;
            for (; bits != 0; bits &= bits - 1)
                _order.Add(_cellOf[(word << 6) + BitOperations.TrailingZeroCount(bits)] - 1);
        }
    }

    private void EnsureNodes(int count)
    {
        if (count <= _cellOf.Length) return;
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, 1024));
        Array.Resize(ref _cellOf, size);
        Array.Resize(ref _bits, size >> 6);
    }
}
