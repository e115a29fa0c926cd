using Kagari.Client.Collecting;
using Kagari.Client.Diagnostics;
using Kagari.Profiles;

namespace Kagari.Client.Sampling;

/// <summary>Allocations: the runtime draws bytes by lot, each with the same chance, and tells of the objects they are in.</summary>
/// <remarks>
/// A drawn object stands for as many as its chance to be drawn says, so sums are right on average whatever the sizes.
/// Slowed, the runtime's own count of allocated bytes scales what was drawn.
/// </remarks>
internal sealed class AllocationSource(ClientContext client) : EventPipeSource(client, "allocations", withStacks: true, EventPipeProvider.Runtime(0x80000000000))
{
    private long _allocatedBytes = GC.GetTotalAllocatedBytes();
    private long _closedBytes;

    public override void CloseWindow()
    {
        var total = GC.GetTotalAllocatedBytes();
        (_closedBytes, _allocatedBytes) = (total - _allocatedBytes, total);
        base.CloseWindow();
    }

    protected override void BuildClosed(ProfileAssembly assembly)
    {
        var scale = 1.0;
        if (ClosedScale > 1)
        {
            var bytes = 0L;
            foreach (ref readonly var sample in Closed.Samples) bytes += sample.Second;
            if (bytes > 0) scale = (double)_closedBytes / bytes;
        }
        assembly.Begin(NetTraceProfileType.Of(NetTraceProfileKind.Alloc), 102_400);
        foreach (ref readonly var sample in Closed.Samples)
            assembly.Add(Closed.StackOf(sample), Closed.ContextOf(sample).Labels, Math.Max(1, (long)(sample.First * scale)), (long)(sample.Second * scale));
        assembly.End();
    }

    protected override void Take(RuntimeEventKind kind, in NetTraceEvent e)
    {
        if (kind == RuntimeEventKind.AllocationSampled && RuntimeEvents.TryReadAllocationSampled(e.Payload, Trace.PointerBytes, out var objects, out var bytes, out _))
            WindowAt(e.Ticks).Add(e.Stack, LabelsOf(e), 0, (long)Math.Round(objects), (long)Math.Round(bytes));
    }
}
