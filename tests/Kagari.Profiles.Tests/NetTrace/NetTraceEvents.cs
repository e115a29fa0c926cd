using System.Globalization;

namespace Kagari.Profiles.Tests.NetTrace;

/// <summary>All events of a trace, as texts.</summary>
internal sealed class NetTraceEvents : INetTraceHandler
{
    public NetTraceInfo Trace { get; private set; }

    /// <summary><c>provider/id</c>, thread, ticks, stack, payload.</summary>
    public List<(string Type, long Thread, long Ticks, string Stack, string Payload)> All { get; } = [];

    public long Lost { get; private set; }

    public bool IsComplete { get; private set; }

    public IReadOnlyDictionary<string, int> Counts => All.CountBy(e => e.Type).ToDictionary(StringComparer.Ordinal);

    /// <summary>Reads a trace in pieces of a size that <paramref name="piece"/> chooses.</summary>
    public static NetTraceEvents Of(ReadOnlySpan<byte> bytes, Func<int>? piece = null)
    {
        var events = new NetTraceEvents();
        var reader = new NetTraceReader(events);
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(piece?.Invoke() ?? bytes.Length, bytes.Length - at);
            reader.TryRead(bytes.Slice(at, length), out var error).ShouldBeTrue(error.Message);
            at += length;
        }
        (events.Lost, events.IsComplete) = (reader.LostEvents, reader.IsComplete);
        return events;
    }

    public static string Draw(IEnumerable<ulong> stack) => string.Join(' ', stack.Select(a => a.ToString("x", CultureInfo.InvariantCulture)));

    void INetTraceHandler.OnTrace(in NetTraceInfo trace) => Trace = trace;

    void INetTraceHandler.OnEventType(NetTraceEventType type) => type.Tag.ShouldBe(0);

    void INetTraceHandler.OnEvent(in NetTraceEvent e) =>
        All.Add(($"{e.Type.Provider}/{e.Type.Id}", e.ThreadId, e.Ticks, Draw(e.Stack.ToArray()), Convert.ToHexString(e.Payload)));
}
