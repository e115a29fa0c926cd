using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Pyroscope;
using Rideshare;

namespace Kagari.Client.Tests;

[Collection(nameof(RecordingTests))]
public sealed class PyroscopeTests
{
    public PyroscopeTests() => ExistingProgram.Seen.Clear();

    [Fact]
    public void LabelsWrapper_ExistingProgram_LabelsItsWork()
    {
        ExistingProgram.FindNearestVehicle(3, "car");
        ExistingProgram.Seen.ShouldBe(["vehicle=car", "radius=3,vehicle=car", ""]);
    }

    [Fact]
    public async Task LabelsWrapper_ExistingAsyncProgram_KeepsLabelsOverAwait()
    {
        await ExistingProgram.OrderAsync();
        ExistingProgram.Seen.ShouldBe(["step=order", "step=pay", "step=ship", ""]);
    }

    [Fact]
    public async Task DynamicTags_OfAFlow_StayInIt()
    {
        await Task.Run(ExistingProgram.Tags);
        ExistingProgram.Seen.ShouldBe(["region=eu,zone=b", "region=us", "set=1", ""]);
        Seen.Here().ShouldBe("");
        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(async () =>
        {
            Profiler.Instance.SetDynamicTag("request", n.ToString());
            await Task.Yield();
            Seen.Here().ShouldBe($"request={n}");
        })));
    }

    [Fact]
    public void Do_ActivateWithin_IsUndoneAtTheEnd()
    {
        LabelsWrapper.Do(LabelSet.Empty.BuildUpon().Add("a", "1").Build(), () => LabelSet.Empty.BuildUpon().Add("b", "2").Build().Activate());
        Seen.Here().ShouldBe("");
    }

    [Fact]
    public void Do_WithinAnEndpoint_KeepsIt()
    {
        using var endpoint = Labels.Scope(("endpoint", "/car"));
        var seen = "";
        LabelsWrapper.Do(LabelSet.Empty.BuildUpon().Add("a", "1").Build(), () => seen = Seen.Here());
        seen.ShouldBe("a=1,endpoint=/car");
    }

    [Fact]
    public void LabelSet_NamesThatServersRefuse_AreRepairedOrLeftOut()
    {
        var set = LabelSet.Empty.BuildUpon().Add("user-agent", "x").Add("1st", "y").Add("http.method", "GET").Add("service_name", "no").Add("", "no").Add("empty", null!).Build();
        using (LabelsWrapper.Push(set)) Seen.Here().ShouldBe("_1st=y,http_method=GET,user_agent=x");
    }

    [Fact]
    public void Builder_UsedAgain_LeavesWhatWasBuiltAlone()
    {
        var builder = LabelSet.Empty.BuildUpon().Add("a", "1");
        var first = builder.Build();
        var second = builder.Add("a", "2").Build();
        using (LabelsWrapper.Push(first)) Seen.Here().ShouldBe("a=1");
        using (LabelsWrapper.Push(second)) Seen.Here().ShouldBe("a=2");
    }

    [Fact]
    public void SetSpanContext_BytesInMemoryOrder_AreTheIdsOfTheActivity()
    {
        var (span, trace) = (ActivitySpanId.CreateRandom(), ActivityTraceId.CreateRandom());
        // As programs make the numbers.
        var (spanBytes, traceBytes) = (new ulong[1], new ulong[2]);
        span.CopyTo(MemoryMarshal.AsBytes(spanBytes.AsSpan()));
        trace.CopyTo(MemoryMarshal.AsBytes(traceBytes.AsSpan()));
        Profiler.Instance.SetSpanContext(spanBytes[0], traceBytes[0], traceBytes[1]);
        var labels = CurrentLabels.Value!.Span!;
        (labels.SpanIdHex, labels.TraceIdHex).ShouldBe((span.ToHexString(), trace.ToHexString()));
        labels.IsOver(long.MaxValue).ShouldBeFalse();
        ExistingProgram.Spans(BinaryPrimitives.ReverseEndianness(0x1234UL));
        CurrentLabels.Value.ShouldBeNull();
    }

    [Fact]
    public void Tracking_Switched_ChangesWhatTheSessionProfiles()
    {
        var options = new KagariOptions { Profiles = ProfileKinds.LiveHeap, Sink = new Nowhere() };
        using var session = KagariProfiler.Run(options);
        ExistingProgram.Switch(true);
        session.Profiles.ShouldBe(ProfileKinds.LiveHeap | ProfileKinds.Cpu | ProfileKinds.Allocations | ProfileKinds.Locks | ProfileKinds.Exceptions);
        (options.BasicAuthUser, options.BasicAuthPassword).ShouldBe(("user", "password"));
        ExistingProgram.Switch(false);
        session.Profiles.ShouldBe(ProfileKinds.LiveHeap);
    }

    private sealed class Nowhere : IProfileSink
    {
        public Task SendAsync(IReadOnlyList<CollectedProfile> profiles, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
