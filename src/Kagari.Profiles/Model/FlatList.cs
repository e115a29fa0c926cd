using System.Runtime.CompilerServices;

namespace Kagari.Profiles;

/// <summary>A growing array that keeps its memory when cleared: the building block of all reused flat data.</summary>
/// <remarks>A mutable struct: hold it in a field, never copy it. Not thread safe.</remarks>
/// <typeparam name="T">A type without references to the heap, so that clearing is only a count.</typeparam>
public struct FlatList<T>
    where T : unmanaged
{
    private T[]? _items;

    /// <summary>How many elements are in use.</summary>
    public int Count { get; private set; }

    /// <summary>The elements in use; valid until the next call that adds.</summary>
    public readonly Span<T> Span => _items.AsSpan(0, Count);

    /// <summary>The elements in use, as they are now: growing later does not touch this memory.</summary>
    public readonly ReadOnlyMemory<T> Memory => _items.AsMemory(0, Count);

    /// <summary>How many elements fit before the array grows.</summary>
    public readonly int Capacity => _items?.Length ?? 0;

    /// <summary>The element at <paramref name="index"/>.</summary>
    public readonly ref T this[int index] => ref Span[index];

    /// <summary>Adds one element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T item)
    {
        var items = _items;
        var count = Count;
        if (items is not null && (uint)count < (uint)items.Length)
        {
            items[count] = item;
            Count = count + 1;
        }
        else AddSlow(item);
    }

    /// <summary>Adds many elements.</summary>
    public void AddRange(ReadOnlySpan<T> items) => items.CopyTo(Extend(items.Length));

    /// <summary>Adds <paramref name="count"/> elements with undefined content and returns them for filling.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Extend(int count)
    {
        EnsureCapacity(checked(Count + count));
        var added = _items.AsSpan(Count, count);
        Count += count;
        return added;
    }

    /// <summary>Makes the list exactly <paramref name="count"/> elements long; new ones are zero.</summary>
    public void Resize(int count)
    {
        EnsureCapacity(count);
        if (count > Count) _items.AsSpan(Count, count - Count).Clear();
        Count = count;
    }

    /// <summary>Forgets the elements, keeps the memory.</summary>
    public void Clear() => Count = 0;

    /// <summary>Shortens the list.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count = count;
    }

    /// <summary>Grows the array so that <paramref name="capacity"/> elements fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EnsureCapacity(int capacity)
    {
        if (_items is null || _items.Length < capacity) Grow(capacity);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int capacity)
    {
        // Long arrays grow by half: dictionaries are the bulk of all memory, and a copy costs less than what stays empty.
        long length = _items?.Length ?? 8;
        length += length < 4096 ? length : length / 2;
        var items = GC.AllocateUninitializedArray<T>((int)Math.Min(Math.Max(capacity, length), Array.MaxLength));
        Span.CopyTo(items);
        _items = items;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddSlow(T item)
    {
        EnsureCapacity(Count + 1);
        _items![Count++] = item;
    }
}
