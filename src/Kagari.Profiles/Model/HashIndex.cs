using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Kagari.Profiles;

/// <summary>Open addressing from hashes to dense row numbers; the rows themselves live elsewhere.</summary>
/// <remarks>
/// A slot holds 32 bits of hash and the row number + 1, so most misses never touch a row, and growing needs no row.
/// <code>
/// var probe = index.Probe(hash);
/// while (index.Next(ref probe, out var row)) if (rows[row] == wanted) return row;
/// index.Add(hash, rows.Count);
/// </code>
/// </remarks>
public struct HashIndex
{
    /// <summary>Clearing so many costs less than a microsecond or two.</summary>
    private const int SlotsKept = 4096;

    private ulong[]? _slots;
    private int _count;

    /// <summary>Bytes of memory held.</summary>
    public readonly long MemoryBytes => 8L * (_slots?.Length ?? 0);

    /// <summary>Starts a search.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HashProbe Probe(ulong hash) => new((uint)(hash >> 32));

    /// <summary>The next row whose hash agrees; false where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Next(ref HashProbe probe, out int row)
    {
        var slots = _slots;
        if (slots is not null)
        {
            var mask = (uint)slots.Length - 1;
            while (true)
            {
                var slot = slots[(probe.Tag + probe.Step++) & mask];
                if (slot == 0) break;
                if ((uint)(slot >> 32) != probe.Tag) continue;
                row = (int)(uint)slot - 1;
                return true;
            }
        }
        row = -1;
        return false;
    }

    /// <summary>Asks the processor for the slot of this hash, so that a search a little later need not wait for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly unsafe void Prefetch(ulong hash)
    {
        if (!Sse.IsSupported || _slots is not { } slots) return;
        // An address that a moving garbage collector makes stale only prefetches the wrong line.
        Sse.Prefetch0(Unsafe.AsPointer(ref slots[(uint)(hash >> 32) & ((uint)slots.Length - 1)]));
    }

    /// <summary>Enters a row that is not there yet.</summary>
    public void Add(ulong hash, int row)
    {
        if (_slots is null || (_count + 1) * 4 > _slots.Length * 3) Grow();
        Place(_slots!, ((hash >> 32) << 32) | ((uint)row + 1));
        _count++;
    }

    /// <summary>An index of the same rows with memory of its own.</summary>
    public readonly HashIndex Copy() => new() { _slots = (ulong[]?)_slots?.Clone(), _count = _count };

    /// <summary>Forgets all rows, keeps the memory where it was used: else a giant once would make clearing dear for ever.</summary>
    public void Clear()
    {
        if (_slots is not null)
        {
            if (_slots.Length > SlotsKept && _slots.Length > 64L * _count) _slots = null;
            else Array.Clear(_slots);
        }
        _count = 0;
    }

    private static void Place(ulong[] slots, ulong slot)
    {
        var mask = (uint)slots.Length - 1;
        var at = (uint)(slot >> 32) & mask;
        while (slots[at] != 0) at = (at + 1) & mask;
        slots[at] = slot;
    }

    private void Grow()
    {
        var old = _slots;
        var slots = new ulong[old is null ? 64 : BitOperations.RoundUpToPowerOf2((uint)old.Length + 1)];
        if (old is not null)
            foreach (var slot in old)
                if (slot != 0) Place(slots, slot);
        _slots = slots;
    }
}

/// <summary>The state of one search in a <see cref="HashIndex"/>.</summary>
public struct HashProbe(uint tag)
{
    internal readonly uint Tag = tag;
    internal uint Step;
}
