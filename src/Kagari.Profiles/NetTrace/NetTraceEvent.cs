namespace Kagari.Profiles;

/// <summary>An event. Its spans are valid until the handler returns.</summary>
public readonly ref struct NetTraceEvent
{
    internal NetTraceEvent(NetTraceEventType type, in NetTraceEventHeader header, ReadOnlySpan<ulong> stack, ReadOnlySpan<byte> payload)
    {
        Type = type;
        ThreadId = header.ThreadId;
        Ticks = header.Ticks;
        Stack = stack;
        Payload = payload;
    }

    /// <summary>What it is.</summary>
    public NetTraceEventType Type { get; }

    /// <summary>The operating system's number of the thread that the event is about.</summary>
    public long ThreadId { get; }

    /// <summary>When, in ticks of <see cref="NetTraceInfo"/>. Within a thread they grow; threads are not sorted among each other.</summary>
    public long Ticks { get; }

    /// <summary>Addresses of the managed frames, leaf first; all but the leaf are return addresses.</summary>
    public ReadOnlySpan<ulong> Stack { get; }

    /// <summary>The values, as the provider packs them.</summary>
    public ReadOnlySpan<byte> Payload { get; }
}
