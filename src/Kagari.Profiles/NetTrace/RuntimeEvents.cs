namespace Kagari.Profiles;

/// <summary>The events of the runtime that profiles are made of, and what their payloads say.</summary>
/// <remarks>
/// The runtime's event manifest; fields are packed, texts end with a zero, pointers have the size that the trace says.
/// Each reader answers false where the payload is too short or its numbers make no sense.
/// </remarks>
internal static class RuntimeEvents
{
    public const string Runtime = "Microsoft-Windows-DotNETRuntime", Rundown = "Microsoft-Windows-DotNETRuntimeRundown", Sampler = "Microsoft-DotNETCore-SampleProfiler";

    /// <summary>A byte is drawn with this chance, so an object of n bytes with 1 − (1 − p)^n.</summary>
    private const double ChanceOfByte = 1.0 / 102_400;

    private const long ValueMax = 1L << 62;

    /// <summary>Which event this is.</summary>
    public static RuntimeEventKind KindOf(NetTraceEventType type) => (type.Provider, type.Id) switch
    {
        (Sampler, 0) => RuntimeEventKind.Sample,
        (Runtime, 10) => RuntimeEventKind.AllocationTick,
        (Runtime, 303) => RuntimeEventKind.AllocationSampled,
        (Runtime, 81) => RuntimeEventKind.ContentionStart,
        (Runtime, 91) => RuntimeEventKind.ContentionStop,
        (Runtime, 80) => RuntimeEventKind.Exception,
        (Runtime, 1) => RuntimeEventKind.CollectionStart,
        (Runtime, 9) => RuntimeEventKind.SuspendBegin,
        (Runtime, 3) => RuntimeEventKind.RestartEnd,
        (Runtime, 143 or 144) or (Rundown, 143 or 144) => RuntimeEventKind.Method,
        (Runtime, 159) => RuntimeEventKind.EntryPoint,
        (Runtime, 152 or 153) or (Rundown, 153 or 154) => RuntimeEventKind.Module,
        _ => RuntimeEventKind.Other,
    };

    /// <summary>A sample of a thread.</summary>
    public static bool TryReadSample(ReadOnlySpan<byte> payload, out ThreadSampleState state)
    {
        var cursor = new NetTraceCursor(payload);
        state = (ThreadSampleState)cursor.ReadUInt32();
        return !cursor.Failed;
    }

    /// <summary>Amount, kind, runtime, from version 2 on: amount in 64 bits, type, its name, heap, from 3 on address, from 4 on object size.</summary>
    public static bool TryReadAllocationTick(in NetTraceEvent e, int pointerBytes, out long objects, out long bytes)
    {
        var cursor = new NetTraceCursor(e.Payload);
        bytes = cursor.ReadUInt32();
        cursor.Skip(4 + 2);
        var objectBytes = 0L;
        if (e.Type.Version >= 2)
        {
            bytes = cursor.ReadInt64();
            cursor.ReadPointer(pointerBytes);
            cursor.ReadText();
            cursor.Skip(4);
        }
        if (e.Type.Version >= 3) cursor.ReadPointer(pointerBytes);
        if (e.Type.Version >= 4) objectBytes = cursor.ReadInt64();
        objects = objectBytes > 0 ? Math.Max(1, bytes / objectBytes) : 1;
        return !cursor.Failed && bytes >= 0;
    }

    /// <summary>Kind, runtime, type, its name, address, object size, offset of the byte that was drawn. Objects and bytes are what one that was drawn stands for.</summary>
    public static bool TryReadAllocationSampled(ReadOnlySpan<byte> payload, int pointerBytes, out double objects, out double bytes, out ReadOnlySpan<char> type)
    {
        var cursor = new NetTraceCursor(payload);
        cursor.Skip(4 + 2);
        cursor.ReadPointer(pointerBytes);
        type = cursor.ReadText();
        cursor.ReadPointer(pointerBytes);
        var objectBytes = cursor.ReadInt64();
        objects = 1 / -double.ExpM1(Math.Max(1, objectBytes) * double.LogP1(-ChanceOfByte));
        bytes = Math.Min(objects * objectBytes, ValueMax);
        return !cursor.Failed && objectBytes >= 0;
    }

    /// <summary>The kind of lock, which comes first in both events of a wait.</summary>
    public static bool TryReadContentionStart(ReadOnlySpan<byte> payload, out bool isNative)
    {
        isNative = !payload.IsEmpty && payload[0] != 0;   // a lock of the runtime itself
        return !payload.IsEmpty;
    }

    /// <summary>Kind of lock, runtime, from version 1 on the time waited, a floating number of nanoseconds; −1 before.</summary>
    public static bool TryReadContentionStop(in NetTraceEvent e, out bool isNative, out long nanos)
    {
        var cursor = new NetTraceCursor(e.Payload);
        isNative = cursor.ReadByte() != 0;
        cursor.Skip(2);
        var waited = BitConverter.Int64BitsToDouble(e.Type.Version >= 1 ? cursor.ReadInt64() : 0);
        nanos = e.Type.Version >= 1 ? (long)Math.Min(waited, ValueMax) : -1;
        return !cursor.Failed && double.IsFinite(waited) && waited >= 0;
    }

    /// <summary>The type of what was thrown.</summary>
    public static bool TryReadException(ReadOnlySpan<byte> payload, out ReadOnlySpan<char> type)
    {
        var cursor = new NetTraceCursor(payload);
        type = cursor.ReadText();
        return !cursor.Failed;
    }

    /// <summary>Number, generation, reason, kind (0 blocking, 1 in the background, 2 blocking beside one in the background).</summary>
    public static bool TryReadCollectionStart(ReadOnlySpan<byte> payload, out int generation, out int reason, out int kind)
    {
        var cursor = new NetTraceCursor(payload);
        cursor.Skip(4);
        (generation, reason, kind) = (cursor.ReadInt32(), cursor.ReadInt32(), cursor.ReadInt32());
        return !cursor.Failed;
    }

    /// <summary>Why all threads are stopped.</summary>
    public static bool TryReadSuspendBegin(ReadOnlySpan<byte> payload, out SuspendReason reason)
    {
        var cursor = new NetTraceCursor(payload);
        reason = (SuspendReason)cursor.ReadUInt32();
        return !cursor.Failed;
    }
}

/// <summary>Events that profiles are made of.</summary>
internal enum RuntimeEventKind
{
    Other,
    Sample,
    AllocationTick,
    AllocationSampled,
    ContentionStart,
    ContentionStop,
    Exception,
    CollectionStart,
    SuspendBegin,
    RestartEnd,
    Method,
    EntryPoint,
    Module,
}

/// <summary>What a thread did when it was sampled.</summary>
internal enum ThreadSampleState
{
    /// <summary>It could not be sampled.</summary>
    Error,

    /// <summary>It was in native code, or waited.</summary>
    External,

    /// <summary>It ran managed code.</summary>
    Managed,
}

/// <summary>Why the runtime stopped all threads.</summary>
internal enum SuspendReason
{
    Other = 0,
    Collection = 1,
    DomainShutdown = 2,
    CodePitching = 3,
    Shutdown = 4,
    Debugger = 5,
    CollectionPreparation = 6,
    DebuggerSweep = 7,
}
