using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Pyroscope.OpenTelemetry;

namespace Kagari.Client.Tests;

[Collection(nameof(RecordingTests))]
public sealed class PyroscopeSpanProcessorTests : IDisposable
{
    private readonly ActivitySource _source = new("spans of " + nameof(PyroscopeSpanProcessorTests));
    private readonly TracerProvider _tracing;

    public PyroscopeSpanProcessorTests()
    {
        ThreadLabels.IsRecording = true;
        _tracing = Sdk.CreateTracerProviderBuilder().AddSource(_source.Name).AddProcessor(new PyroscopeSpanProcessor()).Build();
    }

    public void Dispose()
    {
        _tracing.Dispose();
        _source.Dispose();
        ThreadLabels.IsRecording = false;
    }

    [Fact]
    public async Task Processor_RealTracer_MarksSamplesAndSpan()
    {
        using (var activity = _source.StartActivity("order")!)
        {
            await Task.Yield();
            Seen.Here().ShouldBe("span:order");
            activity.GetTagItem("pyroscope.profile.id").ShouldBe(activity.SpanId.ToHexString());
            using (_source.StartActivity("child")) Seen.Here().ShouldBe("span:order");
        }
        Seen.Here().ShouldBe("");
    }

    [Fact]
    public void Processor_TogetherWithTheListener_CountsOnce()
    {
        using var listener = SpanListener.Start();
        using (var activity = _source.StartActivity("order")!)
        {
            CurrentLabels.Value!.Span!.Outer.ShouldBeNull();
            activity.TagObjects.Count(t => t.Key == "pyroscope.profile.id").ShouldBe(1);
        }
        CurrentLabels.Value.ShouldBeNull();
    }

    [Fact]
    public void Processor_NothingProfiled_LeavesSpansAlone()
    {
        ThreadLabels.IsRecording = false;
        using var activity = _source.StartActivity("order")!;
        CurrentLabels.Value.ShouldBeNull();
        activity.GetTagItem("pyroscope.profile.id").ShouldBeNull();
    }
}
