using System.Runtime.CompilerServices;

namespace Kagari.Profiles;

/// <summary>Open addressing from pairs of numbers to dense row numbers; the pairs themselves live in the rows.</summary>
/// <remarks>
/// For tries, whose nodes are the bulk of all dictionaries: a slot is four bytes, because the row that it names tells
/// the key. <see cref="HashIndex"/> spends eight. At most three quarters of the slots are used.
/// <code>
/// slot  31        n n-1        0      2ⁿ slots; 0 = empty
///       ├─ hash ───┼─ row + 1 ─┤      row numbers need n bits, since rows are dense: the others tell rows apart without a look
/// </code>
/// </remarks>
/// <typeparam name="TRows">Gives the pair of a row.</typeparam>
public struct PairIndex<TRows>
    where TRows : struct, IPairRows
{
    private int[]? _slots;

    private int _count;

    /// <summary>Bytes of memory held.</summary>
    public readonly long MemoryBytes => 4L * (_slots?.Length ?? 0);

    /// <summary>The row with this pair, or −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Find(TRows rows, int first, int second)
    {
        var slots = _slots;
        if (slots is null) return -1;
        var mask = slots.Length - 1;
        var hash = Hash(first, second);
        var tag = (int)hash & ~mask;
        for (var at = (int)(hash >> 32) & mask; slots[at] is var entry and not 0; at = (at + 1) & mask)
            if ((entry & ~mask) == tag && rows.IsAt((entry & mask) - 1, first, second)) return (entry & mask) - 1;
        return -1;
    }

    /// <summary>Enters the row after the last one, whose pair is not there yet; <paramref name="rows"/> must have it already.</summary>
    public void Add(TRows rows, int row)
    {
        if (_slots is null || (row + 1) * 4L > _slots.Length * 3L)
        {
            Rebuild(rows, row - _count, row + 1);
            return;
        }
        Place(_slots, rows, row);
        _count++;
    }

    /// <summary>Enters the rows from <paramref name="from"/> on anew, in no more memory than they need.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="from">The first row.</param>
    /// <param name="count">How many rows there are, with those before the first.</param>
    public void Rebuild(TRows rows, int from, int count)
    {
        var size = 64;
        while (size * 3L < (count + 1) * 4L) size *= 2;
        _slots = new int[size];
        for (var row = from; row < count; row++) Place(_slots, rows, row);
        _count = count - from;
    }

    /// <summary>Forgets all rows and the memory; <see cref="Rebuild"/> brings them back.</summary>
    public void Release() => (_slots, _count) = (null, 0);

    /// <summary>Forgets all rows, keeps the memory.</summary>
    public void Clear()
    {
        if (_slots is not null) Array.Clear(_slots);
        _count = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(int first, int second) => XxHash64.Mix((uint)first, (uint)second);

    private static void Place(int[] slots, TRows rows, int row)
    {
        var mask = slots.Length - 1;
        var (first, second) = rows.PairAt(row);
        var hash = Hash(first, second);
        var at = (int)(hash >> 32) & mask;
        while (slots[at] != 0) at = (at + 1) & mask;
        slots[at] = ((int)hash & ~mask) | (row + 1);
    }
}

/// <summary>The rows that a <see cref="PairIndex{TRows}"/> is over.</summary>
public interface IPairRows
{
    /// <summary>Whether this row has this pair.</summary>
    bool IsAt(int row, int first, int second);

    /// <summary>The pair of a row.</summary>
    (int First, int Second) PairAt(int row);
}
