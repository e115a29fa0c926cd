using System.Diagnostics;

namespace Kagari.Client;

/// <summary>Which contexts one thread of the system had since when. One writer, which is the thread; any readers; no lock.</summary>
/// <remarks>
/// <para>A ring of entries, each valid until the next one's time. Entry n is written in this order, each write a release:
/// its time, its context, the count n + 1. So a reader that saw any of entry n also sees the count at n or above, and knows
/// that entry n − length, which stood in the same slot, is gone. It reads entries first and the count again afterwards.</para>
/// <para>A ring begins with 64 entries and doubles instead of overwriting an entry younger than half a second, up to 8,192
/// (128 KiB, a thread that changes labels 16,000 times a second); a ring that was grown away from stays as it was, so a
/// reader that still has it sees a past that is whole.</para>
/// </remarks>
internal sealed class ThreadHistory(int osThreadId)
{
    public const int FirstLength = 64, LengthMax = 8192;

    /// <summary>How often a reader begins anew because the writer overtook it.</summary>
    private const int ReadsMax = 8;

    /// <summary>How long an entry is kept while the ring may grow.</summary>
    public static readonly long KeptTicks = Stopwatch.Frequency / 2;

    private Ring _ring = new(FirstLength, first: 0);
    private ThreadHistory? _earlier;
    private long _sinceTicks, _lastTicks, _diedTicks;
    private LabelContext? _last;

    /// <summary>The thread.</summary>
    public int OsThreadId => osThreadId;

    /// <summary>The history of the thread that had the id before, as long as someone may ask for it.</summary>
    public ThreadHistory? Earlier
    {
        get => Volatile.Read(ref _earlier);
        set => Volatile.Write(ref _earlier, value);
    }

    /// <summary>When the thread was found to be dead; 0 as long as it is not.</summary>
    public long DiedTicks => Volatile.Read(ref _diedTicks);

    /// <summary>Entries that the ring holds at most; for tests.</summary>
    public int Length => _ring.Entries.Length;

    /// <summary>The thread is dead. What is not known better ends here.</summary>
    public void Die(long ticks) => Interlocked.CompareExchange(ref _diedTicks, ticks, 0);

    /// <summary>The thread turned from one context to another.</summary>
    /// <param name="ticks">Now.</param>
    /// <param name="sinceTicks">Since when changes are recorded.</param>
    /// <param name="previous">What it had.</param>
    /// <param name="current">What it has from now on.</param>
    public void Record(long ticks, long sinceTicks, LabelContext? previous, LabelContext? current)
    {
        if (_sinceTicks != sinceTicks)
        {
            // The first change that is recorded says what the thread had until now, since the beginning.
            _sinceTicks = sinceTicks;
            Write(sinceTicks, previous);
        }
        else if (ReferenceEquals(_last, current) || (current is not null && current.Equals(_last))) return;
        Write(ticks, current);
    }

    /// <summary>The context at that time.</summary>
    /// <returns>Found, Lost, or null where the history begins later.</returns>
    public LabelLookup? Find(long ticks, long sinceTicks, out LabelContext? context)
    {
        context = null;
        for (var read = 0; read < ReadsMax; read++)
        {
            var ring = Volatile.Read(ref _ring);
            var count = Volatile.Read(ref ring.Count);
            var entries = ring.Entries;
            var mask = entries.Length - 1;
            // The slot of the next entry may be half written: it is not looked at.
            var oldest = Math.Max(ring.First, count - mask);
            long low = oldest, high = count;   // the entry is below high; those below low are at or before the time
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (Volatile.Read(ref entries[middle & mask].Ticks) <= ticks) low = middle + 1;
                else high = middle;
            }
            var found = low - 1;
            if (found >= oldest)
            {
                var foundTicks = Volatile.Read(ref entries[found & mask].Ticks);
                var foundContext = Volatile.Read(ref entries[found & mask].Context);
                if (Volatile.Read(ref ring.Count) - mask > found) continue;
                if (foundTicks >= sinceTicks) context = foundContext;
                return LabelLookup.Found;
            }
            // All entries seen are later. Was the oldest still that one?
            if (Volatile.Read(ref ring.Count) - mask > oldest) continue;
            return oldest == 0 ? null : LabelLookup.Lost;
        }
        return LabelLookup.Lost;
    }

    private void Write(long ticks, LabelContext? context)
    {
        // Times never go back, also where recording began between the thread's look at the clock and here.
        ticks = Math.Max(ticks, _lastTicks);
        _lastTicks = ticks;
        _last = context;
        var ring = _ring;
        var next = ring.Count;
        var length = ring.Entries.Length;
        if (next - ring.First >= length && length < LengthMax && ticks - ring.Entries[next & (length - 1)].Ticks < KeptTicks)
        {
            ring = ring.Grow();
            Volatile.Write(ref _ring, ring);
        }
        ref var entry = ref ring.Entries[next & (ring.Entries.Length - 1)];
        Volatile.Write(ref entry.Ticks, ticks);
        Volatile.Write(ref entry.Context, context);
        Volatile.Write(ref ring.Count, next + 1);
    }

    private struct Entry
    {
        public long Ticks;
        public LabelContext? Context;
    }

    /// <summary>Entries First to Count − 1, as far as they were not overwritten; entry n is at n modulo the length.</summary>
    private sealed class Ring(int length, long first)
    {
        public readonly Entry[] Entries = new Entry[length];
        public readonly long First = first;
        public long Count = first;

        public Ring Grow()
        {
            var oldest = Math.Max(First, Count - Entries.Length);
            var grown = new Ring(Entries.Length * 2, oldest);
            for (var n = oldest; n < Count; n++) grown.Entries[n & (grown.Entries.Length - 1)] = Entries[n & (Entries.Length - 1)];
            grown.Count = Count;
            return grown;
        }
    }
}
