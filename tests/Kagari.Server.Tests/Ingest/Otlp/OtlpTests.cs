using Kagari.Server.Ingest;
using Kagari.Server.Limits;
using Kagari.Testing;

namespace Kagari.Server.Tests.Ingest.Otlp;

/// <summary>OpenTelemetry profiles through a whole server: what is stored, and under which series.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Cpu_CountsTimesPeriod_AreStoredAsTime()
    {
        await using var server = await LiveServer.StartAsync();
        (await server.SendOtlpAsync(new OtlpRequest().Profile("a;b 2 | a;c t3 | a;b 1+1+2"))).ShouldBe((200, ""));
        (await server.ValuesAsync("__profile_type__")).ShouldBe(OtlpServer.CpuType);
        (await server.StacksAsync(OtlpServer.CpuType, "{service_name=\"shop\"}")).ShouldBe("a;b 60 | a;c 30");
    }

    [Fact]
    public async Task Types_WithAndWithoutPeriod_AreTaken()
    {
        await using var server = await LiveServer.StartAsync();
        await server.SendOtlpAsync(new OtlpRequest().Profile("a 1", "off_cpu:nanoseconds", "").Profile("a 2", "alloc_space:bytes", "").Profile("a 3", "lock_time:nanoseconds", "").Profile("a 4", "page.faults:count", "").Profile("a 5", "wall:nanoseconds", "wall:nanoseconds:10"));
        (await server.ValuesAsync("__profile_type__")).ShouldBe(
            "memory:alloc_space:bytes:: mutex:lock_time:nanoseconds:: off_cpu:off_cpu:nanoseconds:: page_faults:page.faults:count:: wall:wall:nanoseconds:wall:nanoseconds");
        (await server.StacksAsync("page_faults:page.faults:count::")).ShouldBe("a 4");
    }

    [Fact]
    public async Task Services_OfSamplesAndResources_AreStoredApart()
    {
        await using var server = await LiveServer.StartAsync();
        await server.SendOtlpAsync(new OtlpRequest().Profile("a 1 {service.name=x} | b 2")
            .Resource(("service.name", "other")).Profile("c 3")
            .Resource(("process.executable.name", "java")).Profile("d 4"));
        (await server.ValuesAsync("service_name")).ShouldBe("other shop unknown_service:java x");
        foreach (var (service, stacks) in new[] { ("x", "a 10"), ("shop", "b 20"), ("other", "c 30"), ("unknown_service:java", "d 40") })
            (await server.StacksAsync(OtlpServer.CpuType, $"{{service_name=\"{service}\"}}")).ShouldBe(stacks);
    }

    [Fact]
    public async Task Attributes_OfResourceScopeAndSamples_BecomeLabels()
    {
        await using var server = await LiveServer.StartAsync();
        await server.SendOtlpAsync(new OtlpRequest().Scope([("service.name", "shop"), ("#host.name", "#h"), ("pid", 42)], ("lib", "l")).Profile("a 1 {thread.name=t, host.name=evil, thread.id=7}"));
        foreach (var (label, values) in new[] { ("host.name", "h"), ("pid", "42"), ("lib", "l"), ("thread.name", "t"), ("service.name", "shop"), ("__otel__", "true"), ("thread.id", ""), ("__delta__", "") })
            (await server.ValuesAsync(label)).ShouldBe(values, label);
    }

    [Fact]
    public async Task Links_OfSamples_SelectSpansAndTraces()
    {
        await using var server = await LiveServer.StartAsync();
        const string Trace = "00112233445566778899aabbccddeeff", Span = "0123456789abcdef";
        await server.SendOtlpAsync(new OtlpRequest().Profile($"a 1 {{trace_id={Trace}, span_id={Span}}} | b 2"));
        (await server.ValuesAsync("span_id")).ShouldBe("", "an id per request makes no series");
        (await server.ValuesAsync("trace_id")).ShouldBe("");
        foreach (var (field, id) in new[] { ("spanSelector", Span), ("traceIdSelector", Trace) })
        {
            var (status, body) = await server.QueryAsync("SelectMergeStacktraces",
                $$"""{"profileTypeID":"{{OtlpServer.CpuType}}","labelSelector":"{}",{{server.Range}},"{{field}}":["{{id}}"]}""");
            status.ShouldBe(200, body);
            body.ShouldContain("\"total\":\"10\"", customMessage: field);
        }
    }

    [Fact]
    public async Task NativeFrames_WithoutSymbols_ShowBinaryAndAddress()
    {
        await using var server = await LiveServer.StartAsync();
        await server.SendOtlpAsync(new OtlpRequest().Profile("a;@4f2 1"));
        (await server.StacksAsync(OtlpServer.CpuType)).ShouldBe("a;libc.so.6!0x4f2 10");
    }

    [Fact]
    public async Task Repeated_WithAnotherDictionary_IsCountedOnce()
    {
        await using var server = await LiveServer.StartAsync(OtlpServer.AnyTime);
        var time = (ulong)server.NowMillis * 1_000_000;
        await server.SendOtlpAsync(new OtlpRequest().Profile("a;b 1 {k=v} | a;@4f2 2", timeNanos: time));
        await server.SendOtlpAsync(new OtlpRequest().Profile("z;a 5 {q=r}", timeNanos: time + 1).Profile("a;b 1 {k=v} | a;@4f2 2", timeNanos: time));
        (await server.StacksAsync(OtlpServer.CpuType)).ShouldBe("a;b 10 | a;libc.so.6!0x4f2 20 | z;a 50");
        await server.SendOtlpAsync(new OtlpRequest().Profile("a;b 1 {k=v} | a;@4f3 2", timeNanos: time));
        (await server.StacksAsync(OtlpServer.CpuType)).ShouldBe("a;b 20 | a;libc.so.6!0x4f2 20 | a;libc.so.6!0x4f3 20 | z;a 50", "another address is another profile");
    }

    [Fact]
    public async Task BadProfileAmongGood_IsRejectedAlone()
    {
        await using var server = await LiveServer.StartAsync();
        var request = new OtlpRequest().Profile("a 1").Profile("b 1", type: "").Profile("c 1", type: "c-c:count").Profile("d 1");
        var partial = (await server.PartialAsync(request))!;
        partial.RejectedProfiles.ShouldBe(2);
        partial.ErrorMessage.ShouldBe("profile 1: failed to convert otel profile: sample type is missing; profile 2: sample type contains -: 'c-c'");
        (await server.StacksAsync(OtlpServer.CpuType)).ShouldBe("a 10 | d 10");
        server.Discarded(DiscardReason.MalformedProfile).ShouldBe(2);
    }

    [Fact]
    public async Task PartsOfOneProfile_CountOnceAmongTheRejected()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { MaxLabelValueLength = 50 });
        var name = new string('x', 60);
        var partial = await server.PartialAsync(new OtlpRequest().Profile($"a 1 {{service.name={name}1}} | b 1 {{service.name={name}2}} | c 1").Profile("d 1"));
        (partial!.RejectedProfiles, partial.ErrorMessage.Split("label value too long").Length).ShouldBe((1, 3), partial.ErrorMessage);
        (await server.StacksAsync(OtlpServer.CpuType)).ShouldBe("c 10 | d 10");
        server.Discarded(DiscardReason.LabelValueTooLong).ShouldBe(2);
    }

    [Fact]
    public async Task AllProfilesBad_FailTheRequest()
    {
        await using var server = await LiveServer.StartAsync();
        (await server.SendOtlpAsync(new OtlpRequest().Profile("a 1", type: "")))
            .ShouldBe((400, "profile 0: failed to convert otel profile: sample type is missing\n"));
        var (status, body) = await server.SendOtlpAsync(Enumerable.Range(0, 500).Aggregate(new OtlpRequest(), (r, _) => r.Profile("a 1", type: "")));
        (status, body.StartsWith("500 profiles failed, the first with: profile 0: ", StringComparison.Ordinal)).ShouldBe((400, true), body);
    }

    [Fact]
    public async Task RateLimit_AsksToRepeatTheWhole()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { IngestionRateMb = 0.0001, IngestionBurstSizeMb = 0.001 });
        var request = new OtlpRequest().Profile("a 1").Profile($"{new string('b', 5000)} 1");
        var (status, body) = await server.SendOtlpAsync(request);
        (status, body.Contains("profile 1: push rate limit")).ShouldBe((429, true), body);
        server.Discarded(DiscardReason.RateLimited).ShouldBe(1);
    }

    [Fact]
    public async Task Limits_OfTheTenant_AreNamed()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { MaxProfileStacktraceSamples = 1, MaxLabelNamesPerSeries = 6, RejectOlderThan = TimeSpan.FromHours(1) });
        async Task RefusedAsync(OtlpRequest request, string reason, string text)
        {
            var (status, body) = await server.SendOtlpAsync(request);
            (status, body.Contains(text)).ShouldBe((400, true), body);
            server.Discarded(reason).ShouldBe(1);
        }
        await RefusedAsync(new OtlpRequest().Profile("a 1 | b 2"), DiscardReason.SamplesLimit, "max_profile_stacktrace_samples");
        await RefusedAsync(new OtlpRequest().Profile("a 1", timeNanos: 1_000_000_000), DiscardReason.NotInIngestionWindow, "reject_older_than");
        await RefusedAsync(new OtlpRequest().Resource([.. Enumerable.Range(0, 5).Select(i => ($"k{i}", (object)"v"))]).Profile("a 1"), DiscardReason.MaxLabelNamesPerSeries, "max_label_names_per_series");
        (await server.SendOtlpAsync(new OtlpRequest().Profile("a 1"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task ProfilesThatUnfold_AreBoundedTogether()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { IngestionBodyLimitMb = 0.5 });
        var deep = string.Join(';', Enumerable.Repeat("f", 1000));
        var request = Enumerable.Range(0, 5).Aggregate(new OtlpRequest(), (r, i) => r.Profile(string.Join(" | ", Enumerable.Repeat($"{deep} 1", 150)), timeNanos: (ulong)(server.NowMillis + i) * 1_000_000));
        request.ToBytes().Length.ShouldBeLessThan(20_000);
        (await server.PartialAsync(request))!.ErrorMessage.ShouldContain("unfold to more than");
        server.Discarded(DiscardReason.BodySizeLimitExceeded).ShouldBe(3);
        (await server.StacksAsync(OtlpServer.CpuType)).ShouldEndWith(" 3000");
    }
}
