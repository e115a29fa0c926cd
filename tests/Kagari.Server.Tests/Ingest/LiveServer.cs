using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Kagari.Server.Hosting;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Rpc;
using Kagari.Server.Tests.Ui;
using Kagari.Testing;
using Kagari.Wire.Push;
using Kagari.Wire.Types;

namespace Kagari.Server.Tests.Ingest;

/// <summary>A whole server in this process over a directory of its own, and short ways to talk to it.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    public const string Push = "/push.v1.PusherService/Push";
    public const string CpuType = "process_cpu:cpu:nanoseconds::";

    private readonly TemporaryDirectory _directory;
    private readonly KagariServer _server;

    private LiveServer(KagariServer server, TemporaryDirectory directory)
    {
        _server = server;
        _directory = directory;
        Http = new HttpClient { BaseAddress = server.Url, Timeout = TimeSpan.FromMinutes(2) };
    }

    public HttpClient Http { get; }

    public Uri Url => _server.Url;

    /// <summary>Where its data is.</summary>
    public string Directory => _directory.Path;

    public long NowMillis { get; } = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public long NowSeconds => NowMillis / 1000;

    /// <summary>A range around now, as fields of a JSON request.</summary>
    public string Range => $"\"start\":{NowMillis - 3_600_000},\"end\":{NowMillis + 3_600_000}";

    public static async Task<LiveServer> StartAsync(TenantLimits? limits = null, bool multitenancy = false, Kagari.Storage.DiskSpaceOptions? space = null,
        Func<ServerOptions, ServerOptions>? options = null)
    {
        var directory = new TemporaryDirectory();
        var defaults = new ServerOptions
        {
            HttpListenAddress = "127.0.0.1",
            HttpListenPort = 0,
            LogLevel = "error",
            StorageDirectory = directory.Path,
            MultitenancyEnabled = multitenancy,
            Limits = limits ?? new TenantLimits(),
            UiBundle = FakeUi.Bundle,
            DiskSpace = space ?? new Kagari.Storage.DiskSpaceOptions(),
        };
        var server = await KagariServer.StartAsync(options?.Invoke(defaults) ?? defaults);
        return new LiveServer(server, directory);
    }

    public IReadOnlyList<Microsoft.AspNetCore.Http.Endpoint> Endpoints => _server.Endpoints;

    public double Discarded(string reason, string tenant = "anonymous") => _server.Metrics.DiscardedCount(reason, tenant);

    /// <summary>The answer as <c>status body</c>.</summary>
    public async Task<(int Status, string Body)> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A method of the querier, with a JSON body.</summary>
    public Task<(int Status, string Body)> QueryAsync(string method, string json) =>
        SendAsync(RpcRequests.Json($"/querier.v1.QuerierService/{method}", json));

    public Task<(int Status, string Body)> PushAsync(params RawProfileSeries[] series) =>
        SendAsync(RpcRequests.Proto(Push, new PushRequest { Series = { series } }));

    public Task<(int Status, string Body)> PushAsync(byte[] pprof, params (string Name, string Value)[] labels) => PushAsync(Series(pprof, labels));

    public Task<(int Status, string Body)> IngestAsync(string query, byte[] body, string contentType = "application/octet-stream") =>
        SendAsync(RpcRequests.Post($"/ingest?{query}", body, contentType));

    public Task<(int Status, string Body)> IngestAsync(string query, string body) => IngestAsync(query, Encoding.UTF8.GetBytes(body), "text/plain");

    public Task<(int Status, string Body)> IngestFormAsync(string query, params (string Name, byte[] Content)[] parts) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/ingest?{query}") { Content = Form(parts) });

    /// <summary>The stacks that are stored of a type and a selector, as a drawing.</summary>
    public async Task<string> StacksAsync(string type = CpuType, string selector = "{}")
    {
        var (status, body) = await QueryAsync("SelectMergeStacktraces", $$"""{"profileTypeID":"{{type}}","labelSelector":"{{selector.Replace("\"", "\\\"")}}",{{Range}},"format":"PROFILE_FORMAT_TREE"}""");
        if (status != 200) return $"{status} {body}";
        using var json = System.Text.Json.JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("tree", out var tree) ? TreeDrawing.Of(tree.GetBytesFromBase64()) : "";
    }

    /// <summary>Values of a label over all data, separated by blanks.</summary>
    public async Task<string> ValuesAsync(string label)
    {
        var (_, body) = await QueryAsync("LabelValues", $$"""{"name":"{{label}}",{{Range}}}""");
        using var json = System.Text.Json.JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("names", out var names) ? string.Join(' ', names.EnumerateArray().Select(n => n.GetString())) : "";
    }

    public static RawProfileSeries Series(byte[] pprof, params (string Name, string Value)[] labels)
    {
        var series = new RawProfileSeries { Samples = { new RawSample { RawProfile = ByteString.CopyFrom(pprof) } } };
        if (labels.Length == 0) labels = [("__name__", "process_cpu"), ("service_name", "cart")];
        series.Labels.AddRange(labels.Select(l => new LabelPair { Name = l.Name, Value = l.Value }));
        return series;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    private static MultipartFormDataContent Form((string Name, byte[] Content)[] parts)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in parts)
        {
            var part = new ByteArrayContent(content);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(part, name, name);
        }
        return form;
    }
}
