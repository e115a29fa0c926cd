namespace Kagari.Profiles;

/// <summary>The head of an event, which says what differs from the one before it in its block.</summary>
/// <remarks>
/// nettrace 4 and 5, "Event blobs". In blocks with short heads:
/// <code>
/// flags   1 number of its type   2 sequence delta, capturing thread, processor   4 thread   8 stack
///        16 activity (16 bytes) 32 related activity (16 bytes)   64 is sorted  128 payload size
/// ticks since the event before are always there; all numbers are varints
/// </code>
/// Others have all fields in full: size, type (high bit: not sorted), sequence, thread, capturing thread, processor,
/// stack, ticks, two activities, payload size; then the payload, padded to four bytes.
/// </remarks>
internal struct NetTraceEventHeader
{
    private const int FullHeaderBytes = 4 + 4 + 8 + 8 + 4 + 4 + 8 + 16 + 16 + 4;

    private const int ActivityBytes = 16;

    public int TypeId, StackId, PayloadBytes;
    public uint Sequence;
    public long ThreadId, CaptureThreadId, Ticks;

    /// <summary>Reads a short head; false where a size is below 0 or the bytes end.</summary>
    public bool TryReadShort(ref NetTraceCursor cursor)
    {
        var flags = cursor.ReadByte();
        if ((flags & 1) != 0) TypeId = (int)cursor.ReadVarint();
        if ((flags & 2) != 0)
        {
            Sequence += (uint)cursor.ReadVarint();
            CaptureThreadId = (long)cursor.ReadVarint();
            cursor.ReadVarint();   // processor
        }
        if (TypeId != 0) Sequence++;
        if ((flags & 4) != 0) ThreadId = (long)cursor.ReadVarint();
        if ((flags & 8) != 0) StackId = (int)cursor.ReadVarint();
        Ticks = unchecked(Ticks + (long)cursor.ReadVarint());
        if ((flags & 16) != 0) cursor.Skip(ActivityBytes);
        if ((flags & 32) != 0) cursor.Skip(ActivityBytes);
        if ((flags & 128) != 0) PayloadBytes = (int)cursor.ReadVarint();
        return !cursor.Failed && PayloadBytes >= 0;
    }

    /// <summary>Reads a full head; <paramref name="padding"/> follows the payload.</summary>
    public bool TryReadFull(ref NetTraceCursor cursor, out int padding)
    {
        var size = cursor.ReadInt32();
        TypeId = cursor.ReadInt32() & int.MaxValue;
        Sequence = cursor.ReadUInt32();
        ThreadId = cursor.ReadInt64();
        CaptureThreadId = cursor.ReadInt64();
        cursor.Skip(4);   // processor
        StackId = cursor.ReadInt32();
        Ticks = cursor.ReadInt64();
        cursor.Skip(2 * ActivityBytes);
        PayloadBytes = cursor.ReadInt32();
        // Some writers count the padding in the size, others only the payload: what follows starts at a multiple of four.
        padding = PayloadBytes < 0 ? 0 : (4 - (PayloadBytes & 3)) & 3;
        return !cursor.Failed && PayloadBytes >= 0 && size >= FullHeaderBytes && size - FullHeaderBytes - PayloadBytes is >= 0 and < 4;
    }
}
