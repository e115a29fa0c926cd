using System.Runtime.InteropServices;
using Kagari.Client.Collecting;
using Kagari.Client.Diagnostics;
using Kagari.Profiles;

namespace Kagari.Client.Sampling;

/// <summary>Exceptions, by type and by where they are thrown. Each is counted, up to a limit in a window.</summary>
internal sealed class ExceptionSource(ClientContext client) : EventPipeSource(client, "exceptions", withStacks: true, EventPipeProvider.Runtime(0x8000, level: 2))
{
    private readonly List<string> _types = [];
    private readonly Dictionary<string, int> _typeIds = new(StringComparer.Ordinal);

    private readonly long _eventsMax = Math.Max(1, (long)(client.Options.ExceptionsPerSecondMax * client.Options.UploadInterval.TotalSeconds));

    /// <summary>Whether the window has as many as it may: then the source should rest until the next.</summary>
    public bool IsFull => OpenEvents > _eventsMax;

    protected override void BuildClosed(ProfileAssembly assembly)
    {
        assembly.Begin(NetTraceProfileType.Of(NetTraceProfileKind.Exception), 1);
        lock (Gate)
        {
            foreach (ref readonly var sample in Closed.Samples)
            {
                var (labels, type) = Closed.ContextOf(sample);
                assembly.Add(Closed.StackOf(sample), labels, Scale(sample.First), 0, type > 0 ? _types[type - 1] : null);
            }
        }
        assembly.End();
    }

    protected override void Take(RuntimeEventKind kind, in NetTraceEvent e)
    {
        if (OpenEvents == _eventsMax + 1) Client.Wake();
        if (kind == RuntimeEventKind.Exception && RuntimeEvents.TryReadException(e.Payload, out var type)) WindowAt(e.Ticks).Add(e.Stack, LabelsOf(e), type.IsEmpty ? 0 : Intern(type) + 1, 1, 0);
    }

    private int Intern(ReadOnlySpan<char> type)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_typeIds.GetAlternateLookup<ReadOnlySpan<char>>(), type, out var exists);
        if (exists) return id;
        _types.Add(type.ToString());
        return id = _types.Count - 1;
    }
}
