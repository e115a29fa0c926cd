using System.Text;
using Google.Protobuf;
using Kagari.Profiles;
using Kagari.Server.Ingest;
using Kagari.Server.Limits;
using Kagari.Server.Relabeling;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;
using Kagari.Wire.Types;

namespace Kagari.Server.Tests.Ingest;

/// <summary>Statuses of Push (wire reference §3.1, §4.3, §4.4), and what is stored after them.</summary>
public sealed class PushTests
{
    private static readonly byte[] Pprof = Drawings.Pprof("a;b 1 | a;c 2", "cpu:nanoseconds");

    [Fact]
    public async Task Push_BadOnes_Are400AndCounted()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { MaxProfileStacktraceSamples = 3, MaxProfileStacktraceSampleLabels = 2 });
        (string Name, string Value)[] good = [("__name__", "process_cpu"), ("service_name", "cart")];
        var cases = new (byte[] Pprof, (string, string)[] Labels, string Reason, string Message)[]
        {
            (Encoding.UTF8.GetBytes("hello"), good, DiscardReason.MalformedProfile, ""),
            ([], good, DiscardReason.MalformedProfile, ""),
            (Drawings.Pprof("a 1"), good, DiscardReason.MalformedProfile, ""),
            (Drawings.Pprof("a 1", "a-b:count"), good, DiscardReason.MalformedProfile, "sample type contains -"),
            (Drawings.Pprof("a 1 | b 1 | c 1 | d 1", "cpu:nanoseconds"), good, DiscardReason.SamplesLimit, "max_profile_stacktrace_samples"),
            (Drawings.Pprof("a 1 {a=b, c=d, e=f}", "cpu:nanoseconds"), good, DiscardReason.SampleLabelsLimit, "max_profile_stacktrace_sample_labels"),
            (Pprof, [("service_name", "cart")], DiscardReason.InvalidLabels, "invalid metric name"),
            (Pprof, [.. good, ("a", "1"), ("a", "2")], DiscardReason.DuplicateLabelNames, "duplicate label name: 'a'"),
            (Pprof, [.. good, ("", "1")], DiscardReason.InvalidLabels, "invalid label name ''"),
            (Timed(1_000_000_000_000_000_000), good, DiscardReason.NotInIngestionWindow, "is outside of ingestion window (profile timestamp: 2001-09-09T01:46:40"),
            (Timed(long.MaxValue), good, DiscardReason.NotInIngestionWindow, "reject_older_than, reject_newer_than"),
            (Drawings.Pprof($"a {ulong.MaxValue / 4}", "cpu:nanoseconds"), good, DiscardReason.MalformedProfile, "sum to more than 72057594037927936"),
            (Drawings.Pprof($"a {long.MaxValue} | b {long.MaxValue}", "cpu:nanoseconds"), good, DiscardReason.MalformedProfile, "sum to more than"),
        };
        foreach (var (pprof, labels, reason, message) in cases)
        {
            var before = server.Discarded(reason);
            var (status, body) = await server.PushAsync(pprof, labels);
            status.ShouldBe(400, $"{reason}: {body}");
            body.ShouldContain(message);
            body.ShouldContain("push series with index 0 failed: ");
            server.Discarded(reason).ShouldBe(before + 1, $"{reason}: {body}");
        }
        (await server.StacksAsync()).ShouldBe("");
    }

    [Fact]
    public async Task Push_InvalidUtf8_IsRefused()
    {
        await using var server = await LiveServer.StartAsync();
        var name = Pprof.AsSpan().IndexOf("\u0001b"u8);
        name.ShouldBeGreaterThan(0);
        var broken = Pprof.ToArray();
        broken[name + 1] = 0xff;
        (await server.PushAsync(broken)).Status.ShouldBe(400);
        // A label value: the message as bytes, with one that is no UTF-8.
        var request = new Wire.Push.PushRequest { Series = { LiveServer.Series(Pprof, ("__name__", "n"), ("service_name", "xyz")) } }.ToByteArray();
        request[request.AsSpan().IndexOf("xyz"u8)] = 0xff;
        (await server.SendAsync(RpcRequests.Post(LiveServer.Push, request, "application/proto"))).Status.ShouldBe(400);
        (await server.ValuesAsync("service_name")).ShouldBe("");
    }

    [Fact]
    public async Task Push_PartlyBad_KeepsTheGoodSeriesAndNamesTheFirstFailure()
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await server.PushAsync(
            LiveServer.Series(Pprof), LiveServer.Series([1, 2, 3]), LiveServer.Series(Pprof, ("a", "b")),
            LiveServer.Series(Drawings.Pprof("a;b 10", "cpu:nanoseconds")));
        status.ShouldBe(400);
        body.ShouldContain("push series with index 1 failed");
        body.ShouldContain("push series with index 2 failed");
        (await server.StacksAsync()).ShouldBe("a;b 11 | a;c 2");
    }

    [Fact]
    public async Task Push_ManyFailures_AreCountedNotListed()
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await server.PushAsync([.. Enumerable.Range(0, 500).Select(_ => LiveServer.Series([1, 2, 3], ("__name__", new string('n', 5000))))]);
        status.ShouldBe(400);
        body.ShouldContain("500 profiles failed, the first with: ");
        body.Length.ShouldBeLessThan(4096);
    }

    [Fact]
    public async Task Push_BatchOverTheLimit_IsRefusedBeyondIt()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { IngestionBodyLimitMb = 0.5 });
        var large = RpcRequests.Gzip(Drawings.Pprof($"{new string('x', 300_000)} 1", "cpu:nanoseconds"));
        var (status, body) = await server.PushAsync([.. Enumerable.Range(0, 5).Select(i => LiveServer.Series(large, ("__name__", "n"), ("service_name", $"s{i}")))]);
        status.ShouldBe(400);
        body.ShouldContain("uncompressed batched profile payload size exceeds limit of");
        (await server.ValuesAsync("service_name")).ShouldBe("s0 s1");
        server.Discarded(DiscardReason.BodySizeLimitExceeded).ShouldBe(3);
    }

    [Fact]
    public async Task Push_DefaultRules_RenameFamilies()
    {
        await using var server = await LiveServer.StartAsync();
        await server.PushAsync(Drawings.Pprof("a 1", "alloc_space:bytes"), ("__name__", "godeltaprof_memory"), ("service_name", "s"));
        await server.PushAsync(Drawings.Pprof("a 1,2", "wall:nanoseconds", "cpu:nanoseconds"), ("__name__", "wall"), ("service_name", "s"), ("__delta__", "true"));
        (await server.ValuesAsync("__name__")).ShouldBe("memory process_cpu wall");
        (await server.ValuesAsync("__name_replaced__")).ShouldBe("godeltaprof_memory wall");
        (await server.ValuesAsync("__delta__")).ShouldBe("");
        (await server.ValuesAsync("__profile_type__")).ShouldBe("memory:alloc_space:bytes:: process_cpu:cpu:nanoseconds:: wall:wall:nanoseconds::");
    }

    [Fact]
    public async Task Push_TenantRules_DropAndCount()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits
        {
            IngestionRelabelingRules =
            [
                new RelabelRule(RelabelAction.Drop, ["__type__"], regex: "samples"),
                new RelabelRule(RelabelAction.LabelDrop, regex: "pod"),
            ],
        });
        var pprof = Drawings.Pprof("a 1,10 {pod=x} | a 2,20 {pod=y}", "samples:count", "cpu:nanoseconds");
        (await server.PushAsync(pprof)).Status.ShouldBe(200);
        (await server.ValuesAsync("__type__")).ShouldBe("cpu");
        (await server.ValuesAsync("pod")).ShouldBe("");
        (await server.StacksAsync()).ShouldBe("a 30");
        server.Discarded(DiscardReason.DroppedByRelabelRules).ShouldBe(2);
        (await server.PushAsync(Drawings.Pprof("a 1", "samples:count"))).Status.ShouldBe(200, "all dropped is no error");
    }

    [Fact]
    public async Task Push_SessionsSamplesAndSpecialLabels_BecomeTheirSeries()
    {
        await using var server = await LiveServer.StartAsync();
        var pprof = Drawings.Pprof("a 1 {thread=t1} | a 2 {service_name=evil} | b 3 {span_id=abcdefabcdefabcd} | b -4", "cpu:nanoseconds");
        (await server.PushAsync(pprof, ("__name__", "process_cpu"), ("service_name", "s"), ("__session_id__", "0123456789abcdef"), ("__order__", "x"), ("a.b", "dotted"))).Status.ShouldBe(200);
        (await server.ValuesAsync("thread")).ShouldBe("t1");
        (await server.ValuesAsync("service_name")).ShouldBe("s", "the series' own label wins");
        (await server.ValuesAsync("__session_id__")).ShouldBe("");
        (await server.ValuesAsync("__order__")).ShouldBe("");
        (await server.ValuesAsync("span_id")).ShouldBe("");
        (await server.ValuesAsync("a.b")).ShouldBe("dotted");
        (await server.StacksAsync()).ShouldBe("a 3 | b 3");
        server.Discarded(DiscardReason.NegativeValues).ShouldBe(1);
        var (_, spans) = await server.QueryAsync("SelectMergeSpanProfile",
            $$"""{"profileTypeID":"{{LiveServer.CpuType}}","labelSelector":"{}",{{server.Range}},"spanSelector":["ABCDEFABCDEFABCD"]}""");
        spans.ShouldContain("\"total\":\"3\"");
    }

    [Fact]
    public async Task Push_NoServiceAndShapes_AreNamed()
    {
        await using var server = await LiveServer.StartAsync();
        await server.PushAsync(Drawings.Pprof("f[go.shape.int] 1 | g[go.shape.map[go.shape.int]string].x 2", "cpu:nanoseconds"), ("__name__", "process_cpu"));
        (await server.ValuesAsync("service_name")).ShouldBe("unknown_service");
        (await server.StacksAsync()).ShouldBe("f 1 | g.x 2");
    }

    [Fact]
    public async Task Push_SanitizedNames_MergeOrCollide()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { DisableLabelSanitization = false });
        (await server.PushAsync(Pprof, ("__name__", "n"), ("service_name", "s"), ("a.b", "1"), ("a_b", "1"))).Status.ShouldBe(200);
        var (status, body) = await server.PushAsync(Pprof, ("__name__", "n"), ("service_name", "s"), ("a.b", "1"), ("a_b", "2"));
        status.ShouldBe(400);
        body.ShouldContain("duplicate label name 'a_b' after label name sanitization from 'a.b'");
        (await server.PushAsync(Pprof, ("__name__", "n"), ("service_name", "s"), ("é", "1"))).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("{}", "no profiles received")]
    [InlineData("{\"series\":[]}", "no profiles received")]
    [InlineData("{\"series\":[{}]}", "")]
    [InlineData("{\"series\":[{\"labels\":[{\"name\":\"a\"}],\"samples\":[{\"rawProfile\":\"*\"}]}]}", "")]
    [InlineData("{\"series\":{}}", "")]
    [InlineData("", "")]
    [InlineData("[]", "")]
    public async Task PushJson_BadOnes_Are400(string json, string message)
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await server.SendAsync(RpcRequests.Json(LiveServer.Push, json));
        status.ShouldBe(400, body);
        body.ShouldContain(message);
    }

    private static byte[] Timed(long nanos)
    {
        var profile = Drawings.Profile("a 1", "cpu:nanoseconds");
        profile.TimeNanos = nanos;
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        PprofWriter.Write(profile, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
