using System.Diagnostics;
using Kagari.Client;
using OpenTelemetry;

namespace Pyroscope.OpenTelemetry;

/// <summary>Marks samples with the local root span that they belong to, and the span with the tag <c>pyroscope.profile.id</c>.</summary>
/// <remarks>The profiler does this by itself unless <see cref="KagariOptions.Spans"/> is off; both together do it once.</remarks>
public class PyroscopeSpanProcessor : BaseProcessor<Activity>
{
    /// <summary>A processor for <c>AddProcessor</c>.</summary>
    public PyroscopeSpanProcessor()
    {
    }

    /// <summary>A processor for <c>AddProcessor</c>.</summary>
    /// <param name="stitchAsyncStacks">Taken and not used: spans follow the flow of work always, and stacks stay as they are.</param>
    public PyroscopeSpanProcessor(bool stitchAsyncStacks) => _ = stitchAsyncStacks;

    /// <inheritdoc/>
    public override void OnStart(Activity data) => SpanListener.Started(data);

    /// <inheritdoc/>
    public override void OnEnd(Activity data) => SpanListener.Stopped(data);
}
