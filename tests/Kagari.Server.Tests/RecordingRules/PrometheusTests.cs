using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;
using Kagari.Wire.Push;

namespace Kagari.Server.Tests.RecordingRules;

/// <summary>From a push over HTTP to a number in a real Prometheus, which is that of the query API.</summary>
public sealed class PrometheusTests(ITestOutputHelper output)
{
    private const string Type = "process_cpu:cpu:nanoseconds::", Api = "/settings.v1.RecordingRulesService/";

    // Logs end every second and are compacted at once.
    private static readonly string[] Flags =
        ["-compactor.first-window", "1s", "-compactor.interval", "20ms", "-compaction-worker.metrics-exporter.enabled", "-compaction-worker.metrics-exporter.timeout", "5s"];

    private readonly HttpClient _http = new();
    private long _now;

    [Fact]
    public async Task RecordedMetrics_InARealPrometheus_AreTheSumsOfTheQueryApi()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        _now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        using var directory = new TemporaryDirectory();
        using var prometheus = new PrometheusProcess();
        var flags = (string[])[.. Flags, "-compaction-worker.metrics-exporter.remote-write-address", prometheus.WriteAddress];
        var pushed = 0L;
        // It is killed again and again while Prometheus is away, and once more after it is there.
        for (var life = 0; life < 5; life++)
        {
            using var server = KagariProcess.Start(directory.Path, flags);
            (await server.IsReadyAsync(_http, 3000)).ShouldBeTrue();
            if (life == 0) await MakeRulesAsync(server);
            if (life == 3) await prometheus.StartAsync();
            for (var n = random.Next(3, 12); n > 0; n--) pushed += await PushAsync(server, random);
            if (life < 4)
            {
                var jobs = random.Next(2);
                await Until.TrueAsync(async () => await MetricAsync(server, "kagari_compactor_jobs_total{level=\"1\"}") >= jobs, "logs were compacted");
                server.Kill();
                continue;
            }
            await Until.TrueAsync(async () => await MetricAsync(server, "kagari_catalogue_segments") == 0 && await MetricAsync(server, "kagari_metrics_exporter_queue_samples") == 0, "all is compacted and sent");
            await CheckAsync(server, prometheus, pushed);
        }
    }

    private async Task CheckAsync(KagariProcess server, PrometheusProcess prometheus, long pushed)
    {
        var byService = await SelectSeriesAsync(server, "{}", "service_name");
        byService.Values.Sum().ShouldBe(pushed);
        byService.Count.ShouldBe(2);
        (await prometheus.QueryAsync("sum by (service_name) (sum_over_time(profiles_recorded_cpu[1h]))", "service_name")).ShouldBe(byService, ignoreOrder: true);
        (await prometheus.QueryAsync("""sum by (pod) (sum_over_time(profiles_recorded_work{profiles_rule_id="work",env="test"}[1h]))""", "pod"))
            .ShouldBe(await SelectSeriesAsync(server, """{service_name=\"cart\"}""", "pod", ""","stackTraceSelector":{"frameFilter":{"includeFunctionNames":["work"]}}"""), ignoreOrder: true);
        (await prometheus.QueryAsync("count_over_time(profiles_recorded_cpu{service_name=\"cart\"}[1h])", "service_name"))["cart"].ShouldBeGreaterThan(1, "every job has its own time");
    }

    private async Task MakeRulesAsync(KagariProcess server)
    {
        await OkAsync(server, Api + "UpsertRecordingRule", $$"""{"metricName":"profiles_recorded_cpu","matchers":["{__profile_type__=\"{{Type}}\"}"],"groupBy":["service_name"]}""");
        await OkAsync(server, Api + "UpsertRecordingRule", """{"id":"work","metricName":"profiles_recorded_work","matchers":["{service_name=\"cart\", __profile_type__=\"TYPE\"}"],"groupBy":["pod"],"externalLabels":[{"name":"env","value":"test"}],"stacktraceFilter":{"functionName":{"functionName":"work"}}}""".Replace("TYPE", Type));
    }

    /// <summary>Pushes one profile; gives what it adds.</summary>
    private async Task<long> PushAsync(KagariProcess server, Random random)
    {
        var (work, idle) = (random.Next(1, 1_000_000), random.Next(1, 1_000_000));
        var series = LiveServer.Series(Drawings.Pprof($"main;work {work} | main;idle {idle}", "cpu:nanoseconds"),
            ("__name__", "process_cpu"), ("service_name", random.Next(2) == 0 ? "cart" : "web"), ("pod", $"p-{random.Next(3)}"));
        var bytes = new PushRequest { Series = { series } }.ToByteArray();
        await SendAsync(server, bytes);
        return work + idle;
    }

    private async Task SendAsync(KagariProcess server, byte[] push)
    {
        using var content = new ByteArrayContent(push);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/proto");
        using var answer = await _http.PostAsync(new Uri(server.Url, LiveServer.Push), content);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private async Task<Dictionary<string, double>> SelectSeriesAsync(KagariProcess server, string selector, string groupBy, string more = "")
    {
        var json = $$"""{"profileTypeID":"{{Type}}","labelSelector":"{{selector}}","start":{{_now - 3_600_000}},"end":{{_now + 3_600_000}},"step":60,"groupBy":["{{groupBy}}"]{{more}}}""";
        return (await OkAsync(server, "/querier.v1.QuerierService/SelectSeries", json))["series"]!.AsArray().ToDictionary(
            s => s!["labels"]![0]!["value"]!.GetValue<string>(), s => s!["points"]!.AsArray().Sum(p => p!["value"]!.GetValue<double>()));
    }

    private async Task<JsonNode> OkAsync(KagariProcess server, string path, string json)
    {
        using var request = RpcRequests.Json(new Uri(server.Url, path).ToString(), json);
        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonNode.Parse(body)!;
    }

    private async Task<double> MetricAsync(KagariProcess server, string name)
    {
        var text = await _http.GetStringAsync(new Uri(server.Url, "metrics"));
        var line = text.Split('\n').FirstOrDefault(l => l.StartsWith(name + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }
}
