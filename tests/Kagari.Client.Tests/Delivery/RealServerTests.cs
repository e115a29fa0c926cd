using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Kagari.Client.Configuration;
using Kagari.Client.Delivery;
using Kagari.Client.Tests.Configuration;
using Kagari.Server.Hosting;
using Kagari.Testing;

namespace Kagari.Client.Tests.Delivery;

/// <summary>A whole Kagari server on loopback takes what the client sends, and gives it back.</summary>
public sealed class RealServerTests
{
    [Fact]
    public async Task Upload_ToAServer_CanBeQueried()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await KagariServer.StartAsync(Options(directory));
        var options = OptionsLoaderTests.Load(configure: o =>
        {
            o.ServerAddress = server.Url;
            o.ServiceName = "cart";
            o.Labels["region"] = "eu";
            o.Labels["app.version"] = "1.2";
        });
        var messages = new MessageList();
        Upload(options, messages,
            new CollectedProfile(SeriesLabels.Of(options, "process_cpu"), Gzip("main;work 70 | main;rest 30", "cpu:nanoseconds")),
            new CollectedProfile(SeriesLabels.Of(options, "exception"), Gzip("main;Throw 3", "exception:count")));
        messages.Texts.ShouldBeEmpty();

        using var http = new HttpClient { BaseAddress = server.Url };
        var graph = await AskAsync(http, "SelectMergeStacktraces", "process_cpu:cpu:nanoseconds::", """{service_name=\"cart\",region=\"eu\",spy_name=\"dotnetspy\"}""");
        graph.GetProperty("flamegraph").GetProperty("total").GetString().ShouldBe("100");
        graph.GetProperty("flamegraph").GetProperty("names").EnumerateArray().Select(n => n.GetString()).ShouldBe(["total", "main", "work", "rest"], ignoreOrder: true);
        graph = await AskAsync(http, "SelectMergeStacktraces", "exception:exception:count::", "{}");
        graph.GetProperty("flamegraph").GetProperty("total").GetString().ShouldBe("3");

        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "*/*; allow-utf8-labelnames=true");
        var names = (await AskAsync(http, "LabelNames", "", "{}")).GetProperty("names").EnumerateArray().Select(n => n.GetString()!).ToArray();
        new[] { "app.version", "region", "service_name", "spy_name", "otel.scope.name", "otel.scope.version", "process.runtime.name", "process.runtime.version" }.ShouldBeSubsetOf(names);
    }

    [Fact]
    public async Task Upload_OneOfTwoIsBad_TheOtherIsStoredAndTheMessageSaysWhy()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await KagariServer.StartAsync(Options(directory));
        var options = OptionsLoaderTests.Load(configure: o => (o.ServerAddress, o.ServiceName) = (server.Url, "cart"));
        var messages = new MessageList();
        Upload(options, messages,
            new CollectedProfile(SeriesLabels.Of(options, "exception"), Encoding.UTF8.GetBytes("no profile")),
            new CollectedProfile(SeriesLabels.Of(options, "process_cpu"), Gzip("main;work 70", "cpu:nanoseconds")));
        messages.Texts.ShouldHaveSingleItem().ShouldStartWith($"Error: The server refused an upload: {server.Url.ToString().TrimEnd('/')} answered 400 (push series with index 0 failed: ");
        using var http = new HttpClient { BaseAddress = server.Url };
        (await AskAsync(http, "SelectMergeStacktraces", "process_cpu:cpu:nanoseconds::", "{}")).GetProperty("flamegraph").GetProperty("total").GetString().ShouldBe("70");
    }

    [Fact]
    public async Task Upload_ServerWithTenants_WantsTheTenant()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await KagariServer.StartAsync(Options(directory) with { MultitenancyEnabled = true });
        var profile = Gzip("main;work 70", "cpu:nanoseconds");
        foreach (var tenant in new[] { null, "team-a" })
        {
            var options = OptionsLoaderTests.Load(configure: o => (o.ServerAddress, o.ServiceName, o.TenantId) = (server.Url, "cart", tenant));
            var messages = new MessageList();
            Upload(options, messages, new CollectedProfile(SeriesLabels.Of(options, "process_cpu"), profile));
            if (tenant is null) messages.Texts.ShouldHaveSingleItem().ShouldContain("answered 401");
            else messages.Texts.ShouldBeEmpty();
        }
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Add("X-Scope-OrgID", "team-a");
        (await AskAsync(http, "SelectMergeStacktraces", "process_cpu:cpu:nanoseconds::", "{}")).GetProperty("flamegraph").GetProperty("total").GetString().ShouldBe("70");
    }

    private static ServerOptions Options(TemporaryDirectory directory) =>
        new() { HttpListenAddress = "127.0.0.1", HttpListenPort = 0, LogLevel = "error", StorageDirectory = directory.Path };

    private static void Upload(KagariOptions options, MessageList messages, params CollectedProfile[] window)
    {
        using var metrics = new ClientMetrics();
        using var queue = UploadQueue.Of(options, metrics, messages.Add, TimeProvider.System, new Random(1));
        queue.Add(window);
        queue.Flush(TimeSpan.FromMinutes(1)).ShouldBeTrue();
    }

    private static byte[] Gzip(string drawing, string type)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal)) gzip.Write(Drawings.Pprof(drawing, type));
        return bytes.ToArray();
    }

    private static async Task<JsonElement> AskAsync(HttpClient http, string method, string type, string selector)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var json = $$"""{"profileTypeID":"{{type}}","labelSelector":"{{selector}}","start":{{now - 3_600_000}},"end":{{now + 3_600_000}}}""";
        if (type.Length == 0) json = $$"""{"start":{{now - 3_600_000}},"end":{{now + 3_600_000}}}""";
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync($"/querier.v1.QuerierService/{method}", content);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }
}
