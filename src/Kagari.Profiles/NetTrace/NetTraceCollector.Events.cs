namespace Kagari.Profiles;

/// <content>The payloads. Each answers false where the payload is too short.</content>
internal sealed partial class NetTraceCollector
{
    /// <summary>Of a sample: the thread was in native code or waited; it ran managed code.</summary>
    private const uint External = 1, Managed = 2;

    /// <summary>A byte is drawn with this chance, so an object of n bytes with 1 − (1 − p)^n.</summary>
    private const double ChanceOfByte = 1.0 / 102_400;

    private bool TryTakeSample(in NetTraceEvent e)
    {
        var cursor = new NetTraceCursor(e.Payload);
        var type = cursor.ReadUInt32();
        if (cursor.Failed) return false;
        if (type is not (External or Managed)) return true;
        var row = _threads.FindOrAdd(e.ThreadId, new SamplerThread(0, e.Ticks, e.Ticks));
        ref var thread = ref _threads[row];
        thread = new SamplerThread(thread.Count + 1, Math.Min(thread.First, e.Ticks), Math.Max(thread.Last, e.Ticks));
        Add(NetTraceProfileKind.Wall, e.Stack, 0, 1, 0);
        if (type == Managed) Add(NetTraceProfileKind.Cpu, e.Stack, 0, 1, 0);
        return true;
    }

    /// <summary>Amount, kind, runtime, from version 2 on: amount in 64 bits, type, its name, heap, from 3 on address, from 4 on object size.</summary>
    private bool TryTakeAllocationTick(in NetTraceEvent e)
    {
        var cursor = new NetTraceCursor(e.Payload);
        long bytes = cursor.ReadUInt32();
        cursor.Skip(4 + 2);
        var objectBytes = 0L;
        if (e.Type.Version >= 2)
        {
            bytes = cursor.ReadInt64();
            cursor.ReadPointer(Trace.PointerBytes);
            cursor.ReadText();
            cursor.Skip(4);
        }
        if (e.Type.Version >= 3) cursor.ReadPointer(Trace.PointerBytes);
        if (e.Type.Version >= 4) objectBytes = cursor.ReadInt64();
        if (cursor.Failed || bytes < 0) return false;
        Add(NetTraceProfileKind.Alloc, e.Stack, 0, objectBytes > 0 ? Math.Max(1, bytes / objectBytes) : 1, bytes);
        return true;
    }

    /// <summary>Kind, runtime, type, its name, address, object size, offset of the byte that was drawn.</summary>
    private bool TryTakeAllocationSampled(in NetTraceEvent e)
    {
        var cursor = new NetTraceCursor(e.Payload);
        cursor.Skip(4 + 2);
        cursor.ReadPointer(Trace.PointerBytes);
        cursor.ReadText();
        cursor.ReadPointer(Trace.PointerBytes);
        var objectBytes = cursor.ReadInt64();
        if (cursor.Failed || objectBytes < 0) return false;
        var objects = 1 / -double.ExpM1(Math.Max(1, objectBytes) * double.LogP1(-ChanceOfByte));
        Add(s_kinds, e.Stack, 0, (long)Math.Round(objects), (long)Math.Min(Math.Round(objects * objectBytes), 1L << 62));
        return true;
    }

    private bool TryTakeContentionStart(in NetTraceEvent e)
    {
        if (e.Payload.IsEmpty) return false;
        if (e.Payload[0] != 0 || e.Stack.IsEmpty) return true;   // a lock of the runtime itself
        _locks.Set(e.ThreadId, new PendingLock(e.Ticks, _stacks.Add(e.Stack)));
        return true;
    }

    /// <summary>Kind of lock, runtime, from version 1 on the time waited, a floating number of nanoseconds.</summary>
    private bool TryTakeContentionStop(in NetTraceEvent e)
    {
        var cursor = new NetTraceCursor(e.Payload);
        var isNative = cursor.ReadByte() != 0;
        cursor.Skip(2);
        var nanos = BitConverter.Int64BitsToDouble(e.Type.Version >= 1 ? cursor.ReadInt64() : 0);
        if (cursor.Failed || !double.IsFinite(nanos) || nanos < 0) return false;
        if (isNative) return true;
        var row = _locks.Find(e.ThreadId);
        var start = row >= 0 ? _locks[row] : new PendingLock(0, -1);
        if (start.Stack >= 0)
        {
            _locks[row] = new PendingLock(0, -1);
            // Where it began to wait says more than where it went on; older runtimes tell no time.
            var waited = e.Type.Version >= 1 ? (long)Math.Min(nanos, 1L << 62) : Trace.NanosBetween(start.Ticks, e.Ticks);
            _samples[(int)NetTraceProfileKind.Lock].Add(start.Stack, 0, 1, waited);
        }
        else Add(NetTraceProfileKind.Lock, e.Stack, 0, 1, (long)Math.Min(nanos, 1L << 62));
        return true;
    }

    private bool TryTakeException(in NetTraceEvent e)
    {
        var cursor = new NetTraceCursor(e.Payload);
        var type = cursor.ReadText();
        if (cursor.Failed) return false;
        Add(NetTraceProfileKind.Exception, e.Stack, type.IsEmpty ? 0 : Intern(type) + 1, 1, 0);
        return true;
    }
}
