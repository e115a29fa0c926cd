using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;

namespace Kagari.Client;

/// <summary>A local root span that samples belong to, as long as it runs.</summary>
/// <remarks>
/// A span flows to all that is begun within it, also to what outlives it: a timer, a background loop, a thread of a pool.
/// So it is not enough to take it out of the flow that stops it. Each context refers to this object, which knows when the
/// span ended, and who asks for the labels of a later moment gets none of it. The activity itself is let go then.
/// </remarks>
internal sealed class SpanLabels
{
    private readonly long _startedTicks;
    private long _endedTicks;
    private Activity? _activity;
    private string? _name;
    private string? _method, _route;

    /// <summary>The span of an activity with a W3C id, which started now.</summary>
    public SpanLabels(Activity activity, SpanLabels? outer)
    {
        _activity = activity;
        _startedTicks = Stopwatch.GetTimestamp();
        Outer = outer;
        SpanIdHex = activity.SpanId.ToHexString();
        TraceIdHex = activity.TraceId.ToHexString();
    }

    /// <summary>A span that something else keeps, without a name. It ends when the flow is given another.</summary>
    public SpanLabels(string spanIdHex, string? traceIdHex)
    {
        SpanIdHex = spanIdHex;
        TraceIdHex = traceIdHex;
    }

    /// <summary>16 hex digits.</summary>
    public string SpanIdHex { get; }

    /// <summary>32 hex digits; null where it is unknown.</summary>
    public string? TraceIdHex { get; }

    /// <summary>The span as a number, most significant digit first.</summary>
    public ulong SpanId => Parse(SpanIdHex);

    /// <summary>The first half of the trace; 0 where it is unknown.</summary>
    public ulong TraceIdHigh => TraceIdHex is null ? 0 : Parse(TraceIdHex.AsSpan(0, 16));

    /// <summary>The second half of the trace; 0 where it is unknown.</summary>
    public ulong TraceIdLow => TraceIdHex is null ? 0 : Parse(TraceIdHex.AsSpan(16));

    /// <summary>The name. Frameworks give the final one late (a route is known after routing), so ask late: when a profile is built.</summary>
    public string? SpanName => Volatile.Read(ref _activity) is { } activity ? NameOf(activity) : _name;

    /// <summary>The span that ran when this one started.</summary>
    public SpanLabels? Outer { get; }

    /// <summary>Whether this is the span of the activity, as long as it runs.</summary>
    public bool IsOf(Activity activity) => ReferenceEquals(Volatile.Read(ref _activity), activity);

    /// <summary>Whether the span had ended at that time.</summary>
    /// <param name="ticks">On the clock of <see cref="Stopwatch"/>.</param>
    public bool IsOver(long ticks)
    {
        var ended = Volatile.Read(ref _endedTicks);
        if (ended == 0 && Volatile.Read(ref _activity) is { IsStopped: true } activity)
        {
            // Stopped in a flow that did not have it. Duration is set a moment after IsStopped; until then it runs.
            var duration = activity.Duration;
            if (duration <= TimeSpan.Zero) return false;
            ended = _startedTicks + (long)(duration.TotalSeconds * Stopwatch.Frequency);
            End(activity, ended);
        }
        return ended != 0 && ticks >= ended;
    }

    /// <summary>The span answers a request for this route: its name, if the framework gives it none.</summary>
    public void SetRequest(string method, string route) => (_method, _route) = (method, route);

    /// <summary>The span ended; the last name counts.</summary>
    public void End(Activity activity, long ticks)
    {
        _name = NameOf(activity);
        Volatile.Write(ref _endedTicks, ticks);
        Volatile.Write(ref _activity, null);
    }

    /// <summary>The innermost of a span and those around it that ran at that time; null for none.</summary>
    public static SpanLabels? Running(SpanLabels? span, long ticks)
    {
        while (span is not null && span.IsOver(ticks)) span = span.Outer;
        return span;
    }

    /// <summary>A span from numbers that hold the bytes of the ids in memory order, as tracing libraries hand them on; null for 0.</summary>
    public static SpanLabels? FromMemoryOrder(ulong spanId, ulong traceIdHigh, ulong traceIdLow)
    {
        if (spanId == 0) return null;
        var trace = (traceIdHigh | traceIdLow) == 0 ? null : Hex(traceIdHigh) + Hex(traceIdLow);
        return new SpanLabels(Hex(spanId), trace);
    }

    // ASP.NET Core calls all requests alike; tracing libraries name them as is done here.
    private string NameOf(Activity activity) =>
        _route is not null && _method is not null && activity.DisplayName == activity.OperationName ? _method + " " + _route : activity.DisplayName;

    private static string Hex(ulong memory) =>
        (BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(memory) : memory).ToString("x16", CultureInfo.InvariantCulture);

    private static ulong Parse(ReadOnlySpan<char> hex) => ulong.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
