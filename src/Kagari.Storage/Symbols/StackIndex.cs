using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Kagari.Storage;

/// <summary>Open addressing from the 128-bit hash of a whole stack to its node.</summary>
internal sealed class StackIndex
{
    private Entry[] _entries = new Entry[64];
    private int _count;

    /// <summary>One slot; node 0 (the empty stack) is stored as 1, like every node plus one, so that zero is "empty".</summary>
    internal struct Entry
    {
        public ulong Low, High;
        public int NodePlusOne;

        public readonly bool IsEmpty => NodePlusOne == 0;

        public readonly int Node => NodePlusOne - 1;
    }

    public long MemoryBytes => 24L * _entries.Length;

    /// <summary>Asks the processor for the entry of this hash: a table of a busy service is larger than the caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(ulong low)
    {
        if (!Sse.IsSupported) return;
        // An address that a moving garbage collector makes stale only prefetches the wrong line.
        Sse.Prefetch0(Unsafe.AsPointer(ref _entries[(int)low & (_entries.Length - 1)]));
    }

    /// <summary>The entry of this hash, or the empty slot where it belongs.</summary>
    public ref Entry Find(ulong low, ulong high)
    {
        var mask = _entries.Length - 1;
        var at = (int)low & mask;
        while (true)
        {
            ref var entry = ref _entries[at];
            if (entry.IsEmpty || (entry.Low == low && entry.High == high)) return ref entry;
            at = (at + 1) & mask;
        }
    }

    /// <summary>Fills the empty slot that <see cref="Find"/> returned.</summary>
    public Entry Enter(ulong low, ulong high, int node, ref Entry slot)
    {
        var entry = new Entry { Low = low, High = high, NodePlusOne = node + 1 };
        slot = entry;
        if (++_count * 2 > _entries.Length) Grow();
        return entry;
    }

    public void Clear()
    {
        Array.Clear(_entries);
        _count = 0;
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new Entry[BitOperations.RoundUpToPowerOf2((uint)_count * 4)];
        foreach (ref readonly var entry in old.AsSpan())
            if (!entry.IsEmpty) Find(entry.Low, entry.High) = entry;
    }
}
