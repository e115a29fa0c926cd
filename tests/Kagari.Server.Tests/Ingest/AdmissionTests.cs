using System.Globalization;
using System.Text.Json;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.Limits;
using Kagari.Server.Relabeling;

namespace Kagari.Server.Tests.Ingest;

/// <summary>Usage groups, limits of a period, sampling and rules over sample types, through the server's own doors.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task LimitReached_RefusesAndSaysUntilWhen()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { IngestionLimit = Reached with { IsReached = true } });
        var (status, body) = await PushAsync(server, "cart", 1);
        status.ShouldBe(429, body);
        Message(body).ShouldBe("limit of 5 MiB/day reached, next reset at 2026-01-01T00:00:00Z (setting ingestion_limit)");
        server.Discarded("ingest_limit_reached").ShouldBe(1);
    }

    [Fact]
    public async Task LimitReached_OfOneUsageGroup_RefusesOnlyIt()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits
        {
            DistributorUsageGroups = [Group("team-a", """{service_name=~"a-.*"}"""), Group("by-${labels.env}", """{env!=""}""")],
            IngestionLimit = Reached with { UsageGroups = new Dictionary<string, GroupLimit> { ["team-a"] = new(1, true), ["by-dev"] = new(2, true) } },
        });
        (await PushAsync(server, "cart", 1)).Status.ShouldBe(200);
        Message((await PushAsync(server, "a-1", 2)).Body).ShouldBe("limit of 1 MiB/day reached for usage group team-a, next reset at 2026-01-01T00:00:00Z (setting ingestion_limit)");
        (await PushAsync(server, "cart", 3, "env=dev")).Status.ShouldBe(429);
        (await PushAsync(server, "cart", 4, "env=prod")).Status.ShouldBe(200);
        var metrics = await server.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        metrics.ShouldContain("pyroscope_usage_group_received_decompressed_total{tenant=\"anonymous\",usage_group=\"other\"}");
        metrics.ShouldContain("pyroscope_usage_group_received_decompressed_total{tenant=\"anonymous\",usage_group=\"by-prod\"}");
        metrics.ShouldContain("pyroscope_usage_group_discarded_bytes_total{reason=\"ingest_limit_reached\",tenant=\"anonymous\",usage_group=\"team-a\"}");
    }

    [Fact]
    public async Task LimitReached_WithSampling_LetsSomePassAndMarksThem()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits
        {
            IngestionLimit = Reached with { IsReached = true, SamplingRequests = 2, SamplingPeriod = TimeSpan.FromHours(1) },
        });
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++) statuses.Add((await PushAsync(server, "cart", i)).Status);
        statuses.ShouldBe([200, 200, 429, 429, 429]);
        var annotations = await AnnotationsAsync(server);
        annotations.ShouldHaveSingleItem().ShouldBe(("pyroscope.ingest.throttled",
            """{"body":{"periodType":"day","periodLimitMb":5,"limitResetTime":1767225600,"samplingPeriodSec":3600,"samplingRequests":2,"usageGroup":""}}"""));
        (await server.QueryAsync("Series", $$"""{{{server.Range}}}""")).Body.ShouldNotContain("annotation");
        (await server.QueryAsync("LabelNames", $$"""{{{server.Range}}}""")).Body.ShouldNotContain("annotation");
    }

    [Fact]
    public async Task Sampling_KeepsItsPartAndMarksIt()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits
        {
            DistributorUsageGroups = [Group("a", """{service_name="cart"}"""), Group("all", "{}")],
            DistributorSampling = new Dictionary<string, double> { ["a"] = 0.25, ["all"] = 0.5 },
        });
        const int Pushes = 400;
        for (var i = 0; i < Pushes; i++) (await PushAsync(server, "cart", i, value: 1)).Status.ShouldBe(200);
        var kept = long.Parse((await server.StacksAsync("process_cpu:cpu:nanoseconds:cpu:nanoseconds")).Split(' ')[^1], CultureInfo.InvariantCulture);
        // Seeds are the contents: the same every time. 400 x 0.25 with a deviation of 9.
        kept.ShouldBeInRange(70, 130);
        server.Discarded("skipped_by_sampling_rules").ShouldBe(Pushes - kept);
        (await AnnotationsAsync(server)).ShouldHaveSingleItem().ShouldBe(("pyroscope.ingest.sampled", """{"body":{"source":{"usageGroup":"a","probability":0.25}}}"""));
        // Sent again, each is decided as before.
        for (var i = 0; i < Pushes; i++) await PushAsync(server, "cart", i, value: 1);
        (await server.StacksAsync("process_cpu:cpu:nanoseconds:cpu:nanoseconds")).ShouldBe($"main;work {kept}");
    }

    [Fact]
    public async Task SampleTypeRules_DropTypesOfSeries()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits
        {
            SampleTypeRelabelingRules = [new RelabelRule(RelabelAction.Drop, ["__type__", "service_name"], regex: "samples;cart")],
        });
        foreach (var service in new[] { "cart", "web" })
        {
            var pprof = Kagari.Testing.Drawings.Pprof("main 1,2", "samples:count", "cpu:nanoseconds");
            (await server.PushAsync(pprof, ("__name__", "process_cpu"), ("service_name", service))).Status.ShouldBe(200);
        }
        (await server.StacksAsync("process_cpu:samples:count::")).ShouldBe("main 1");
        (await server.StacksAsync("process_cpu:cpu:nanoseconds::")).ShouldBe("main 4");
        server.Discarded("dropped_by_relabel_rules").ShouldBe(1);
    }

    [Fact]
    public async Task Annotation_OfAClient_IsNotBelieved()
    {
        await using var server = await LiveServer.StartAsync();
        var pprof = Kagari.Testing.Drawings.Pprof("main 1", "cpu:nanoseconds");
        (await server.PushAsync(pprof, ("__name__", "process_cpu"), ("service_name", "cart"), (AnnotationLabels.NameOf("pyroscope.ingest.sampled"), "{}"))).Status.ShouldBe(200);
        (await AnnotationsAsync(server, "process_cpu:cpu:nanoseconds::")).ShouldBeEmpty();
    }

    private static IngestionLimit Reached => new() { PeriodType = "day", PeriodLimitMb = 5, ResetTimeSeconds = 1_767_225_600 };

    private static UsageGroup Group(string name, string selector) =>
        SelectorParser.TryParse(selector, out var parsed, out var error) ? new UsageGroup(name, parsed) : throw new ArgumentException(error, nameof(selector));

    private static string Message(string body) => JsonDocument.Parse(body).RootElement.GetProperty("message").GetString()!;

    private static Task<(int Status, string Body)> PushAsync(LiveServer server, string service, int secondsAgo, string labels = "", int value = 1) =>
        server.IngestAsync($"name={service}.cpu{Uri.EscapeDataString("{" + labels + "}")}&sampleRate=1000000000&from={server.NowSeconds - secondsAgo}&until={server.NowSeconds - secondsAgo}", $"main;work {value}\n");

    private static async Task<List<(string Key, string Value)>> AnnotationsAsync(LiveServer server, string type = "process_cpu:cpu:nanoseconds:cpu:nanoseconds")
    {
        var (status, body) = await server.QueryAsync("SelectSeries", $$"""{"profileTypeID":"{{type}}","labelSelector":"{}","step":3600,{{server.Range}}}""");
        status.ShouldBe(200, body);
        var found = new List<(string Key, string Value)>();
        foreach (var series in JsonDocument.Parse(body).RootElement.GetProperty("series").EnumerateArray())
            foreach (var point in series.GetProperty("points").EnumerateArray())
                if (point.TryGetProperty("annotations", out var annotations))
                    foreach (var one in annotations.EnumerateArray()) found.Add((one.GetProperty("key").GetString()!, one.GetProperty("value").GetString()!));
        return [.. found.Distinct()];
    }
}
