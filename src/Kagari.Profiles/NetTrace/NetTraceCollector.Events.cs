namespace Kagari.Profiles;

/// <content>What becomes of each event. Each answers false where the payload is not whole.</content>
internal sealed partial class NetTraceCollector
{
    private bool TryTakeSample(in NetTraceEvent e)
    {
        if (!RuntimeEvents.TryReadSample(e.Payload, out var state)) return false;
        if (state is not (ThreadSampleState.External or ThreadSampleState.Managed)) return true;
        var row = _threads.FindOrAdd(e.ThreadId, new SamplerThread(0, e.Ticks, e.Ticks));
        ref var thread = ref _threads[row];
        thread = new SamplerThread(thread.Count + 1, Math.Min(thread.First, e.Ticks), Math.Max(thread.Last, e.Ticks));
        Add(NetTraceProfileKind.Wall, e.Stack, 0, 1, 0);
        if (state == ThreadSampleState.Managed) Add(NetTraceProfileKind.Cpu, e.Stack, 0, 1, 0);
        return true;
    }

    private bool TryTakeAllocationTick(in NetTraceEvent e)
    {
        if (!RuntimeEvents.TryReadAllocationTick(e, Trace.PointerBytes, out var objects, out var bytes)) return false;
        Add(NetTraceProfileKind.Alloc, e.Stack, 0, objects, bytes);
        return true;
    }

    private bool TryTakeAllocationSampled(in NetTraceEvent e)
    {
        if (!RuntimeEvents.TryReadAllocationSampled(e.Payload, Trace.PointerBytes, out var objects, out var bytes, out _)) return false;
        Add(s_kinds, e.Stack, 0, (long)Math.Round(objects), (long)Math.Round(bytes));
        return true;
    }

    private bool TryTakeContentionStart(in NetTraceEvent e)
    {
        if (!RuntimeEvents.TryReadContentionStart(e.Payload, out var isNative)) return false;
        if (!isNative && !e.Stack.IsEmpty) _locks.Set(e.ThreadId, new PendingLock(e.Ticks, _stacks.Add(e.Stack)));
        return true;
    }

    private bool TryTakeContentionStop(in NetTraceEvent e)
    {
        if (!RuntimeEvents.TryReadContentionStop(e, out var isNative, out var nanos)) return false;
        if (isNative) return true;
        var row = _locks.Find(e.ThreadId);
        var start = row >= 0 ? _locks[row] : new PendingLock(0, -1);
        if (start.Stack >= 0)
        {
            _locks[row] = new PendingLock(0, -1);
            // Where it began to wait says more than where it went on; older runtimes tell no time.
            _samples[(int)NetTraceProfileKind.Lock].Add(start.Stack, 0, 1, nanos >= 0 ? nanos : Trace.NanosBetween(start.Ticks, e.Ticks));
        }
        else Add(NetTraceProfileKind.Lock, e.Stack, 0, 1, Math.Max(0, nanos));
        return true;
    }

    private bool TryTakeException(in NetTraceEvent e)
    {
        if (!RuntimeEvents.TryReadException(e.Payload, out var type)) return false;
        Add(NetTraceProfileKind.Exception, e.Stack, type.IsEmpty ? 0 : Intern(type) + 1, 1, 0);
        return true;
    }
}
