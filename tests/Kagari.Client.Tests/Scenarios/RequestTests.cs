using System.Net.Http.Json;
using System.Text.Json;
using Kagari.Server.Hosting;
using Kagari.Testing;

namespace Kagari.Client.Tests.Scenarios;

/// <summary>Labels and spans of requests that hop from thread to thread, in the samples of a program and in a server's answers.</summary>
public sealed class RequestTests
{
    private const string Program = "Kagari.Client.Scenarios.Requests.";

    [Theory]
    [InlineData("PerfEvents")]
    [InlineData("Sampler")]
    public async Task Labels_OfRequests_AreOnEachSampleOfTheirWorkAndOnNoOther(string source)
    {
        var run = await ScenarioRun.OfAsync("requests", source);
        foreach (var type in new[] { "cpu", "alloc_size", "exception" })
        {
            var rows = run.Of(type).Rows;
            foreach (var (work, vehicle) in new[] { ("CarWork", "car"), ("BikeWork", "bike"), ("PlainWork", ""), ("MarkedWork", "") })
            {
                var ofWork = rows.Where(r => r.Frames.Contains(Program + work)).ToList();
                ofWork.ShouldNotBeEmpty($"{type} of {work}");
                // On a starved machine events may come so late that their labels are overwritten: then there are none, never another's.
                var lost = ofWork.Where(r => r.Labels.Count == 0).ToList();
                if (work != "PlainWork") ((double)lost.Sum(r => r.Values[^1])).ShouldBeLessThan(0.02 * ofWork.Sum(r => r.Values[^1]), $"{type} of {work} without labels");
                var span = work switch { "PlainWork" => "", "MarkedWork" => "GET /marked", _ => $"GET /{vehicle}" };
                foreach (var row in ofWork.Except(lost))
                {
                    row.Labels.GetValueOrDefault("vehicle", "").ShouldBe(vehicle, $"{type}: {row}");
                    row.Labels.GetValueOrDefault("span_name", "").ShouldBe(span, $"{type}: {row}");
                }
            }
        }
    }

    [Fact]
    public async Task Span_AskedForAtAServer_SelectsExactlyItsSamples()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await KagariServer.StartAsync(new ServerOptions { HttpListenAddress = "127.0.0.1", HttpListenPort = 0, StorageDirectory = directory.Path, LogLevel = "error" });
        var run = await ScenarioRun.OfAsync("requests", "Auto", ("KAGARI_SERVER_ADDRESS", server.Url.ToString()));
        run.Facts["profile-tag"].ShouldBe(run.Facts["span"]);
        run.Warnings.ShouldBeEmpty();

        using var http = new HttpClient { BaseAddress = server.Url };
        var all = await NodesAsync(http, []);
        var span = await NodesAsync(http, [run.Facts["span"]]);
        all.Keys.ShouldContain(Program + "CarWork");
        span.Keys.ShouldContain(Program + "MarkedWork");
        foreach (var other in new[] { "CarWork", "BikeWork", "PlainWork" }) span.Keys.ShouldNotContain(Program + other);
        // Nobody else does this work: what the span has of it is all there is, but for labels that came too late.
        ((double)span[Program + "MarkedWork"]).ShouldBeInRange(0.98 * all[Program + "MarkedWork"], all[Program + "MarkedWork"]);
    }

    /// <summary>Totals by function of the exceptions, which are counted one by one.</summary>
    private static async Task<Dictionary<string, long>> NodesAsync(HttpClient http, string[] spans)
    {
        var request = new { profileTypeID = "exception:exception:count:cpu:nanoseconds", labelSelector = "{}", start = 1, end = 4_000_000_000_000, spanSelector = spans };
        using var answer = await http.PostAsJsonAsync("querier.v1.QuerierService/SelectMergeStacktraces", request, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var graph = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("flamegraph");
        var names = graph.GetProperty("names").EnumerateArray().Select(n => n.GetString()!).ToArray();
        var totals = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var level in graph.GetProperty("levels").EnumerateArray())
        {
            // Four numbers a node: offset, total, self, name.
            var values = level.GetProperty("values").EnumerateArray().Select(v => long.Parse(v.GetString()!)).ToArray();
            for (var i = 0; i < values.Length; i += 4) totals[names[values[i + 3]]] = totals.GetValueOrDefault(names[values[i + 3]]) + values[i + 1];
        }
        return totals;
    }
}
