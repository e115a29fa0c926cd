using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kagari.Profiles;

/// <summary>Open addressing from pairs of numbers to dense row numbers; the pairs themselves live in the rows.</summary>
/// <remarks>
/// For tries, whose nodes are the bulk of all dictionaries: a slot is four bytes, because the row that it names tells
/// the key. <see cref="HashIndex"/> spends eight and touches fewer rows. At most three quarters of the slots are used.
/// </remarks>
/// <typeparam name="TRows">Gives the pair of a row.</typeparam>
public struct PairIndex<TRows>
    where TRows : struct, IPairRows
{
    private int[]? _slots;   // row + 1; 0 = empty

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
        for (var at = Slot(first, second, mask); slots[at] is var entry and not 0; at = (at + 1) & mask)
            if (rows.IsAt(entry - 1, first, second)) return entry - 1;
        return -1;
    }

    /// <summary>Enters a row that is not there yet; <paramref name="rows"/> must have it already.</summary>
    public void Add(TRows rows, int row)
    {
        if (_slots is null || (_count + 1) * 4 > _slots.Length * 3) Grow(rows);
        Place(_slots!, rows, row);
        _count++;
    }

    /// <summary>Enters all rows of a range anew, in no more memory than they need.</summary>
    public void Rebuild(TRows rows, int from, int count)
    {
        var size = 64;
        while (size * 3 < (count + 1) * 4) size *= 2;
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
    private static int Slot(int first, int second, int mask) => (int)(XxHash64.Mix((uint)first, (uint)second) >> 32) & mask;

    private static void Place(int[] slots, TRows rows, int row)
    {
        var mask = slots.Length - 1;
        var (first, second) = rows.PairAt(row);
        var at = Slot(first, second, mask);
        while (slots[at] != 0) at = (at + 1) & mask;
        slots[at] = row + 1;
    }

    private void Grow(TRows rows)
    {
        var old = _slots;
        _slots = new int[old is null ? 64 : BitOperations.RoundUpToPowerOf2((uint)old.Length + 1)];
        if (old is null) return;
        foreach (var entry in old)
            if (entry != 0) Place(_slots, rows, entry - 1);
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
