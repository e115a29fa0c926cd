using System.Diagnostics;

namespace Kagari.Client.Tests;

/// <summary>What the profiler would see.</summary>
internal static class Seen
{
    /// <summary>The labels of this flow and, where changes are recorded, of this thread at this moment, which must be the same.</summary>
    public static string Here()
    {
        var flow = Text(CurrentLabels.Value);
        if (ThreadLabels.IsRecording)
        {
            ThreadLabels.Find(OperatingSystemThread.CurrentId, Stopwatch.GetTimestamp(), out var context).ShouldBe(LabelLookup.Found);
            Text(context).ShouldBe(flow, "the thread has other labels than the flow that runs on it");
        }
        return flow;
    }

    public static string Text(LabelContext? context) =>
        context is null ? "" : string.Join(",", [.. context.Labels.ToArray().Select(l => $"{l.Key}={l.Value}"), .. context.Span is { } span ? new[] { "span:" + span.SpanName } : []]);
}
