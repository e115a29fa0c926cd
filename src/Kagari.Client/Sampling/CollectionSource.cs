using Kagari.Client.Collecting;
using Kagari.Client.Diagnostics;
using Kagari.Profiles;

namespace Kagari.Client.Sampling;

/// <summary>Pauses by garbage collections: from when the runtime begins to stop threads until they run again.</summary>
internal sealed class CollectionSource(ClientContext client) : EventPipeSource(client, "collections", withStacks: false, EventPipeProvider.Runtime(0x1))
{
    private static readonly NetTraceProfileType s_type = new("gc", "gc", ("pauses", "count"), ("pause_time", "nanoseconds"), ("gc", "count"));

    private static readonly string[] s_reasons =
    [
        "small objects allocated", "asked for by the program", "memory is low", "nothing to do", "large objects allocated", "no room for small objects",
        "no room for large objects", "asked for, not forced", "asked for, forced and blocking", "", "low memory told by the system", "compacting asked for",
        "low memory of the container", "small objects before a collection in the background", "large objects before a collection in the background",
    ];

    private Dictionary<(int Generation, int Kind, int Reason), (long Count, long Nanos)> _pauses = [];
    private Dictionary<(int Generation, int Kind, int Reason), (long Count, long Nanos)> _closedPauses = [];
    private long _suspendedAt = -1;
    private (int Generation, int Kind, int Reason) _collection = (-1, 0, 0);

    protected override long EventNanos => 1_000;

    public override void CloseWindow()
    {
        lock (Gate)
        {
            (_pauses, _closedPauses) = (_closedPauses, _pauses);
            _pauses.Clear();
        }
        base.CloseWindow();
    }

    protected override void BuildClosed(ProfileAssembly assembly)
    {
        assembly.Begin(s_type, 1);
        foreach (var ((generation, kind, reason), (count, nanos)) in _closedPauses)
        {
            var name = generation < 0 ? "[preparation of a collection in the background]" : $"[generation {generation}{(kind == 1 ? ", in the background" : "")}]";
            var why = reason >= 0 && reason < s_reasons.Length && s_reasons[reason].Length > 0 ? s_reasons[reason] : $"reason {reason}";
            if (generation < 0) assembly.AddNamed(Scale(count), Scale(nanos), "[garbage collection]", name);
            else assembly.AddNamed(Scale(count), Scale(nanos), "[garbage collection]", name, $"[{why}]");
        }
        assembly.End();
    }

    protected override void Take(RuntimeEventKind kind, in NetTraceEvent e)
    {
        switch (kind)
        {
            case RuntimeEventKind.SuspendBegin when RuntimeEvents.TryReadSuspendBegin(e.Payload, out var reason):
                _suspendedAt = reason is SuspendReason.Collection or SuspendReason.CollectionPreparation ? e.Ticks : -1;
                _collection = (-1, 0, 0);
                break;
            case RuntimeEventKind.CollectionStart when RuntimeEvents.TryReadCollectionStart(e.Payload, out var generation, out var reason, out var gcKind):
                _collection = (generation, gcKind, reason);
                break;
            case RuntimeEventKind.RestartEnd when _suspendedAt >= 0:
                var pauses = IsClosedAt(e.Ticks) ? _closedPauses : _pauses;
                var (count, nanos) = pauses.GetValueOrDefault(_collection);
                pauses[_collection] = (count + 1, nanos + Trace.NanosBetween(_suspendedAt, e.Ticks));
                _suspendedAt = -1;
                break;
        }
    }
}
