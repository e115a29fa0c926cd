using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using Google.Protobuf;
using Kagari.Testing;

namespace Kagari.Server.Tests.Clients.Grafana;

/// <summary>A server with the captured profiles of a small shop, asked in the way of Grafana's plugins.</summary>
internal sealed class GrafanaServer : IAsyncDisposable
{
    public const string Cpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds", AllocSpace = "memory:alloc_space:bytes:space:bytes";

    private const string Querier = "/querier.v1.QuerierService/";

    private GrafanaServer(ClientServer server) => Server = server;

    public ClientServer Server { get; }

    /// <summary>Times of the captured profiles lie in here.</summary>
    public long StartMillis { get; private init; }

    public long EndMillis { get; private init; }

    /// <summary>Sum of the values of a sample type by pod, as the files have it.</summary>
    public Dictionary<(string Type, string Service, string Pod), long> Sums { get; } = [];

    public static async Task<GrafanaServer> StartAsync()
    {
        var server = await ClientServer.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        var grafana = new GrafanaServer(server) { StartMillis = now.AddHours(-1).ToUnixTimeMilliseconds(), EndMillis = now.ToUnixTimeMilliseconds() };
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "testdata", "go"), "*.pb.gz").Where(f => Path.GetFileName(f).StartsWith("cpu-", StringComparison.Ordinal) || Path.GetFileName(f).StartsWith("heap-", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        foreach (var (index, file) in files.Index())
        {
            var parts = Path.GetFileNameWithoutExtension(Path.GetFileNameWithoutExtension(file)).Split('-');
            var (family, service, pod) = (parts[0] == "cpu" ? "process_cpu" : "memory", parts[1], $"{parts[3]}-{parts[4]}");
            var plain = Gunzip(await File.ReadAllBytesAsync(file));
            var pprof = PprofSums.At(plain, now.AddMinutes(-5 - index));
            var (status, body) = await server.PushAsync(pprof, ("__name__", family), ("service_name", service), ("pod", pod), ("version", parts[2]), ("k8s.node.name", "node-1"));
            ((int)status).ShouldBe(200, body);
            var sums = PprofSums.Of(pprof);
            foreach (var (type, sum) in sums.Values)
            {
                var key = ($"{family}:{type}:{sums.PeriodType}", service, pod);
                grafana.Sums[key] = grafana.Sums.GetValueOrDefault(key) + sum;
            }
        }
        return grafana;
    }

    /// <summary>A call of the data source's backend: connect-go with the binary codec.</summary>
    public async Task<T> CallAsync<T>(string method, IMessage request, string accept = "*/*; allow-utf8-labelnames=true", int expected = 200)
        where T : class, IMessage<T>, new()
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Querier + method) { Content = new ByteArrayContent(request.ToByteArray()) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/proto");
        message.Headers.TryAddWithoutValidation("Connect-Protocol-Version", "1");
        message.Headers.TryAddWithoutValidation("Connect-Timeout-Ms", "30000");
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        message.Headers.TryAddWithoutValidation("User-Agent", "connect-go/1.19.1 (go1.25.0)");
        if (accept.Length > 0) message.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await Server.Http.SendAsync(message);
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (answer.Content.Headers.ContentEncoding.Contains("gzip")) body = Gunzip(body);
        ((int)answer.StatusCode).ShouldBe(expected, System.Text.Encoding.UTF8.GetString(body));
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/proto");
        var read = new T();
        read.MergeFrom(body);
        return read;
    }

    /// <summary>A call of the app in a browser, through Grafana's proxy.</summary>
    public async Task<(int Status, JsonElement Body)> PostJsonAsync(string path, string json)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.TryAddWithoutValidation("accept", "application/json; allow-utf8-labelnames=true");
        message.Headers.TryAddWithoutValidation("X-Grafana-Org-Id", "1");
        message.Headers.TryAddWithoutValidation("Cookie", "grafana_session=0123");
        using var answer = await Server.Http.SendAsync(message);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>The same of the querier, which must succeed.</summary>
    public async Task<JsonElement> AskAsync(string method, string json)
    {
        var (status, body) = await PostJsonAsync(Querier + method, json);
        status.ShouldBe(200, body.ToString());
        return body;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static byte[] Gunzip(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
