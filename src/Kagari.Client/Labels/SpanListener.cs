using System.Diagnostics;

namespace Kagari.Client;

/// <summary>Puts local root spans into the labels of their flows, and their ids onto the spans.</summary>
/// <remarks>
/// It samples nothing: activities are those that something else asks for, such as a tracing library, or ASP.NET Core, which
/// makes one for each request as soon as any logger is there. In a process without them there are no spans.
/// </remarks>
internal sealed class SpanListener : IDisposable
{
    /// <summary>The tag that leads from a span to its profile; the field's user interfaces know it.</summary>
    public const string ProfileIdTag = "pyroscope.profile.id";

    private readonly ActivityListener _listener = new()
    {
        // Also the source without a name: that of activities that frameworks make on their own.
        ShouldListenTo = static _ => true,
        // No Sample callback: whether an activity is made and what it records stays with the others.
        ActivityStarted = Started,
        ActivityStopped = Stopped,
    };

    private SpanListener() => ActivitySource.AddActivityListener(_listener);

    /// <summary>Listens until what is returned is disposed.</summary>
    public static IDisposable Start() => new SpanListener();

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    /// <summary>An activity started in this flow. Said twice, it counts once.</summary>
    public static void Started(Activity activity)
    {
        if (!IsLocalRoot(activity) || !ThreadLabels.IsRecording) return;
        var outer = CurrentLabels.Value?.Span;
        if (outer is not null && outer.IsOf(activity)) return;
        var span = new SpanLabels(activity, outer is null ? null : SpanLabels.Running(outer, Stopwatch.GetTimestamp()));
        CurrentLabels.SetSpan(span);
        if (activity.IsAllDataRequested) activity.SetTag(ProfileIdTag, span.SpanIdHex);
    }

    /// <summary>An activity stopped in this flow, which need not be the one that started it: <see cref="SpanLabels"/> says what happens elsewhere.</summary>
    public static void Stopped(Activity activity)
    {
        if (!IsLocalRoot(activity)) return;
        if (CurrentLabels.Value?.Span is not { } current) return;
        var now = Stopwatch.GetTimestamp();
        for (var span = current; span is not null; span = span.Outer)
            if (span.IsOf(activity)) span.End(activity, now);
        // Where a span within it still runs, that one stays, and finds this one over when it ends.
        CurrentLabels.SetSpan(SpanLabels.Running(current, now));
    }

    private static bool IsLocalRoot(Activity activity) =>
        (activity.Parent is null || activity.HasRemoteParent) && activity.IdFormat == ActivityIdFormat.W3C;
}
