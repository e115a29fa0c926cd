using System.Buffers;

namespace Kagari.Wire.Pushing;

/// <summary>A growing list of flat rows in a pooled array. One owner, not copied.</summary>
internal struct PooledRows<T>
    where T : unmanaged
{
    private T[]? _rows;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<T> Rows => _rows.AsSpan(0, Count);

    /// <summary>The row added last; there is one.</summary>
    public readonly ref T Last => ref _rows![Count - 1];

    public void Add(T row)
    {
        if (_rows is null || Count == _rows.Length) Grow();
        _rows![Count++] = row;
    }

    public void Free()
    {
        if (_rows is not null) ArrayPool<T>.Shared.Return(_rows);
        _rows = null;
        Count = 0;
    }

    private void Grow()
    {
        var rows = ArrayPool<T>.Shared.Rent(Math.Max(16, Count * 2));
        if (_rows is not null)
        {
            _rows.AsSpan(0, Count).CopyTo(rows);
            ArrayPool<T>.Shared.Return(_rows);
        }
        _rows = rows;
    }
}
