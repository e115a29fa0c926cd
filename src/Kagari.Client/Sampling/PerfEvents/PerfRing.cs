namespace Kagari.Client.Sampling.PerfEvents;

/// <summary>The buffer into which the kernel writes the samples of one processor.</summary>
/// <remarks>
/// perf_event_open(2), "MMAP layout":
/// <code>
/// page 0                                     pages 1 …
/// ├ … data_head (1024) data_tail (1032) … ┤ ├ records, around and around ┤
/// record: type u32, misc u16, size u16, body
/// sample: pid u32, tid u32, time u64, n u64, n addresses u64, leaf first; those above −4096 are marks between kernel and user
/// </code>
/// The kernel moves the head, the reader the tail; both only grow.
/// </remarks>
internal sealed unsafe class PerfRing : IDisposable
{
    /// <summary>64 KiB: a second of a busy processor at 100 samples, of stacks of 80 frames.</summary>
    private const int DataPages = 16;

    private const int HeadOffset = 1024, TailOffset = 1032;
    private const uint RecordLost = 2, RecordSample = 9;
    private const ulong ContextMarks = unchecked((ulong)-4096L);

    /// <summary>As the kernel numbers it for this process: in its own namespace. Samples of others come where whole processors are watched.</summary>
    private static readonly int s_process = Environment.ProcessId;

    private readonly byte* _memory;
    private readonly nuint _mappedBytes;
    private readonly byte[] _record;
    private readonly ulong[] _frames;

    private PerfRing(nint memory, nuint mappedBytes, PerfRing? sibling)
    {
        _memory = (byte*)memory;
        _mappedBytes = mappedBytes;
        // 128 KiB that are used while one ring is read: one after the other, so they are the same for all processors.
        (_record, _frames) = sibling is null ? (new byte[ushort.MaxValue + 1], new ulong[(ushort.MaxValue + 1) / 8]) : (sibling._record, sibling._frames);
    }

    /// <summary>Takes a sample; the frames are valid until it returns.</summary>
    public delegate void Take(int thread, long ticks, ReadOnlySpan<ulong> frames);

    /// <summary>Samples that the kernel dropped because the buffer was full.</summary>
    public long Lost { get; private set; }

    private ulong DataBytes => (ulong)_mappedBytes - (ulong)Environment.SystemPageSize;

    /// <summary>Maps the buffer of a counter; null where there is no memory for it.</summary>
    /// <param name="file">The counter.</param>
    /// <param name="sibling">One that is never read at the same time.</param>
    public static PerfRing? TryMap(int file, PerfRing? sibling)
    {
        var bytes = (nuint)((1 + DataPages) * Environment.SystemPageSize);
        var memory = PerfNative.mmap(0, bytes, PerfNative.PROT_READ | PerfNative.PROT_WRITE, PerfNative.MAP_SHARED, file, 0);
        return memory == PerfNative.MapFailed ? null : new PerfRing(memory, bytes, sibling);
    }

    /// <summary>Reads all that is there.</summary>
    public void Drain(Take take)
    {
        // Step 1: how far the kernel has written; what it wrote before is visible after this read.
        var head = Volatile.Read(ref *(ulong*)(_memory + HeadOffset));
        var tail = *(ulong*)(_memory + TailOffset);
        // Step 2: the records.
        while (tail < head)
        {
            Copy(tail, 8);
            var type = BitConverter.ToUInt32(_record, 0);
            var size = BitConverter.ToUInt16(_record, 6);
            if (size < 8 || tail + size > head) break;   // never so, says the kernel; else there would be no end
            if (type is RecordSample or RecordLost) Copy(tail, size);
            if (type == RecordSample) TakeSample(_record.AsSpan(8, size - 8), take);
            else if (type == RecordLost && size >= 24) Lost += BitConverter.ToInt64(_record, 16);
            tail += size;
        }
        // Step 3: the kernel may write there again.
        Volatile.Write(ref *(ulong*)(_memory + TailOffset), head);
    }

    public void Dispose() => _ = PerfNative.munmap((nint)_memory, _mappedBytes);

    private void TakeSample(ReadOnlySpan<byte> body, Take take)
    {
        if (body.Length < 24 || BitConverter.ToInt32(body) != s_process) return;
        var thread = BitConverter.ToInt32(body[4..]);
        var ticks = BitConverter.ToInt64(body[8..]);
        var count = (int)Math.Min(BitConverter.ToUInt64(body[16..]), (ulong)(body.Length - 24) / 8);
        var frames = 0;
        for (var i = 0; i < count; i++)
            if (BitConverter.ToUInt64(body[(24 + (8 * i))..]) is < ContextMarks and var address) _frames[frames++] = address;
        take(thread, ticks, _frames.AsSpan(0, frames));
    }

    /// <summary>Copies a piece of the buffer, which may go around its end, to the start of the record.</summary>
    private void Copy(ulong at, int bytes)
    {
        var data = _memory + Environment.SystemPageSize;
        var start = (int)(at % DataBytes);
        var first = Math.Min(bytes, (int)DataBytes - start);
        new ReadOnlySpan<byte>(data + start, first).CopyTo(_record);
        if (first < bytes) new ReadOnlySpan<byte>(data, bytes - first).CopyTo(_record.AsSpan(first));
    }
}
