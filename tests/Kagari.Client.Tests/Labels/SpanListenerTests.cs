using System.Diagnostics;

namespace Kagari.Client.Tests;

[Collection(nameof(RecordingTests))]
public sealed class SpanListenerTests : IDisposable
{
    private readonly ActivitySource _source = new("spans of " + nameof(SpanListenerTests));
    private readonly ActivityListener _tracer;
    private readonly IDisposable _spans;
    private ActivitySamplingResult _sampling = ActivitySamplingResult.AllDataAndRecorded;

    public SpanListenerTests()
    {
        ThreadLabels.IsRecording = true;
        _tracer = new ActivityListener { ShouldListenTo = source => source == _source, Sample = (ref _) => _sampling };
        ActivitySource.AddActivityListener(_tracer);
        _spans = SpanListener.Start();
    }

    public void Dispose()
    {
        _spans.Dispose();
        _tracer.Dispose();
        _source.Dispose();
        ThreadLabels.IsRecording = false;
    }

    [Fact]
    public void Span_LocalRoot_MarksSamplesAndIsMarked()
    {
        using (var activity = _source.StartActivity("order")!)
        {
            var span = CurrentLabels.Value!.Span!;
            Seen.Here().ShouldBe("span:order");
            span.SpanIdHex.ShouldBe(activity.SpanId.ToHexString());
            span.TraceIdHex.ShouldBe(activity.TraceId.ToHexString());
            span.SpanId.ToString("x16").ShouldBe(span.SpanIdHex);
            (span.TraceIdHigh.ToString("x16") + span.TraceIdLow.ToString("x16")).ShouldBe(span.TraceIdHex);
            activity.GetTagItem("pyroscope.profile.id").ShouldBe(span.SpanIdHex);
        }
        CurrentLabels.Value.ShouldBeNull();
    }

    [Fact]
    public void Span_Children_BelongToTheRoot()
    {
        using var root = _source.StartActivity("root");
        using (var child = _source.StartActivity("child")!)
        {
            Seen.Here().ShouldBe("span:root");
            child.GetTagItem("pyroscope.profile.id").ShouldBeNull();
        }
        Seen.Here().ShouldBe("span:root");
    }

    [Fact]
    public void Span_RemoteParentWithinAnother_IsARootOfItsOwnUntilItEnds()
    {
        using (_source.StartActivity("consumer"))
        {
            var sender = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
            using (_source.StartActivity("message", ActivityKind.Consumer, sender)) Seen.Here().ShouldBe("span:message");
            Seen.Here().ShouldBe("span:consumer");
        }
        Seen.Here().ShouldBe("");
    }

    [Fact]
    public void Span_NameGivenLate_IsTheNameOfItsSamples()
    {
        var activity = _source.StartActivity("HttpRequestIn")!;
        var span = CurrentLabels.Value!.Span!;
        activity.DisplayName = "GET /car/{id}";
        span.SpanName.ShouldBe("GET /car/{id}");
        activity.Stop();
        span.SpanName.ShouldBe("GET /car/{id}");
    }

    [Fact]
    public void Span_WithScopes_EachEndsOnItsOwn()
    {
        var scope = Labels.Scope(("a", "1"));
        var activity = _source.StartActivity("span")!;
        Seen.Here().ShouldBe("a=1,span:span");
        scope.Dispose();
        Seen.Here().ShouldBe("span:span");
        scope = Labels.Scope(("a", "2"));
        activity.Stop();
        Seen.Here().ShouldBe("a=2");
        scope.Dispose();
        Seen.Here().ShouldBe("");
    }

    [Fact]
    public void Span_StoppedOutOfOrder_LeavesNothing()
    {
        var outer = _source.StartActivity("outer")!;
        var remote = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
        var inner = _source.StartActivity("inner", ActivityKind.Consumer, remote)!;
        outer.Stop();
        Seen.Here().ShouldBe("span:inner");
        inner.Stop();
        Seen.Here().ShouldBe("");
        CurrentLabels.Value.ShouldBeNull();
    }

    [Fact]
    public void Span_StoppedInAnotherFlow_IsOverEverywhere()
    {
        var early = Stopwatch.GetTimestamp();
        var activity = _source.StartActivity("handed on")!;
        var within = Stopwatch.GetTimestamp();
        var thread = new Thread(activity.Stop);
        thread.UnsafeStart();
        thread.Join();
        // This flow was not told, and still nothing of it gets the span from now on; what was before stays as it was.
        At(Stopwatch.GetTimestamp()).ShouldBe("");
        At(within).ShouldBe("span:handed on");
        At(early).ShouldBe("");
        using (Labels.Scope(("a", "1"))) At(Stopwatch.GetTimestamp()).ShouldBe("a=1");
        using (_source.StartActivity("next", ActivityKind.Internal, parentContext: default, links: null)) At(Stopwatch.GetTimestamp()).ShouldNotContain("handed on");
    }

    [Fact]
    public async Task Span_WorkThatOutlivesIt_IsNotItsOwnAnyMore()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string> loop;
        using (_source.StartActivity("request"))
        {
            loop = Task.Run(async () =>
            {
                var first = At(Stopwatch.GetTimestamp());
                await gate.Task;
                return first + "|" + At(Stopwatch.GetTimestamp());
            });
        }
        gate.SetResult();
        var seen = await loop;
        seen.Split('|')[1].ShouldBe("");
    }

    [Fact]
    public async Task Span_Awaiting_HoldsOnEachThread()
    {
        async Task<string> Handle(string name)
        {
            using var activity = _source.StartActivity(name);
            await Task.Yield();
            await Task.Run(() => Seen.Here().ShouldBe("span:" + name));
            return Seen.Here();
        }
        var seen = await Task.WhenAll(Enumerable.Range(0, 32).Select(n => Task.Run(() => Handle("r" + n))));
        seen.ShouldBe(Enumerable.Range(0, 32).Select(n => "span:r" + n));
        Seen.Here().ShouldBe("");
    }

    [Fact]
    public void Listener_Alone_MakesNoActivities()
    {
        _tracer.Dispose();
        _source.StartActivity("nobody asked").ShouldBeNull();
    }

    [Theory]
    [InlineData(ActivitySamplingResult.None)]
    [InlineData(ActivitySamplingResult.PropagationData)]
    [InlineData(ActivitySamplingResult.AllData)]
    public void Listener_BesideATracer_ChangesNoDecision(ActivitySamplingResult sampling)
    {
        _sampling = sampling;
        using var activity = _source.StartActivity("span");
        (activity is not null).ShouldBe(sampling != ActivitySamplingResult.None);
        if (activity is null) return;
        activity.Recorded.ShouldBeFalse();
        activity.IsAllDataRequested.ShouldBe(sampling == ActivitySamplingResult.AllData);
        activity.GetTagItem("pyroscope.profile.id").ShouldBe(activity.IsAllDataRequested ? activity.SpanId.ToHexString() : null);
    }

    [Fact]
    public void Listener_ActivityWithoutSource_IsSeen()
    {
        // ASP.NET Core makes those where nobody traces and a logger is there.
        using (new Activity("made by hand").SetIdFormat(ActivityIdFormat.W3C).Start()) Seen.Here().ShouldBe("span:made by hand");
        Seen.Here().ShouldBe("");
    }

    [Fact]
    public void Started_SaidTwice_CountsOnce()
    {
        using var activity = _source.StartActivity("span")!;
        var context = CurrentLabels.Value;
        SpanListener.Started(activity);
        CurrentLabels.Value.ShouldBeSameAs(context);
    }

    private static string At(long ticks)
    {
        ThreadLabels.Find(OperatingSystemThread.CurrentId, ticks, out var context).ShouldBe(LabelLookup.Found);
        return Seen.Text(context);
    }
}
