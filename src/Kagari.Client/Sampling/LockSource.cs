using Kagari.Client.Collecting;
using Kagari.Client.Delivery;
using Kagari.Client.Diagnostics;
using Kagari.Profiles;

namespace Kagari.Client.Sampling;

/// <summary>Waits for locks: counted where a thread began to wait, when it has got the lock.</summary>
internal sealed class LockSource(ClientContext client) : EventPipeSource(client, "locks", withStacks: true, EventPipeProvider.Runtime(0x4000))
{
    private readonly Dictionary<long, Waiting> _waiting = [];

    protected override void BuildClosed(ProfileAssembly assembly)
    {
        assembly.Begin(NetTraceProfileType.Of(NetTraceProfileKind.Lock), 1);
        foreach (ref readonly var sample in Closed.Samples)
            assembly.Add(Closed.StackOf(sample), Closed.ContextOf(sample).Labels, Scale(sample.First), Scale(sample.Second));
        assembly.End();
    }

    protected override void Take(RuntimeEventKind kind, in NetTraceEvent e)
    {
        if (kind == RuntimeEventKind.ContentionStart)
        {
            if (RuntimeEvents.TryReadContentionStart(e.Payload, out var isNative) && !isNative && !e.Stack.IsEmpty)
                _waiting[e.ThreadId] = new Waiting(e.Ticks, e.Stack.ToArray(), LabelsOf(e));
        }
        else if (kind == RuntimeEventKind.ContentionStop && RuntimeEvents.TryReadContentionStop(e, out var isNative, out var nanos) && !isNative)
        {
            // Where it began to wait says more than where it went on.
            if (_waiting.Remove(e.ThreadId, out var start)) WindowAt(e.Ticks).Add(start.Stack, start.Labels, 0, 1, nanos >= 0 ? nanos : Trace.NanosBetween(start.Ticks, e.Ticks));
            else WindowAt(e.Ticks).Add(e.Stack, LabelsOf(e), 0, 1, Math.Max(0, nanos));
        }
    }

    private readonly record struct Waiting(long Ticks, ulong[] Stack, LabelContext? Labels);
}
