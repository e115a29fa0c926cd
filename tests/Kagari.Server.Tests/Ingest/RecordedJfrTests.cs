using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.Ingest;

/// <summary>
/// JFR recordings that a real Pyroscope 2.2.1 took (shared data, contract-formats/ and jfr/), sent again: statuses, flame
/// graphs and series are its own.
/// </summary>
public sealed class RecordedJfrTests(RecordedJfrTests.SharedServer shared) : IClassFixture<RecordedJfrTests.SharedServer>
{
    public static bool NoData => Repository.SharedData is null;

    /// <summary>Questions about the recordings; one row without a name where there are none, so that the runner has something to skip.</summary>
    public static TheoryData<string> Questions(string prefix) => NoData ? [""]
        : [.. Directory.GetFiles(Path.Combine(Repository.Shared("contract-formats"), "cases"), $"{prefix}-jfr*.json.gz").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Fact(Skip = "needs the shared data (KAGARI_TEST_DATA)", SkipWhen = nameof(NoData))]
    public void Ingest_EveryRecording_AnswersTheRecordedStatus()
    {
        shared.Statuses.Where(s => s.Status != s.Expected).ShouldBeEmpty();
        shared.Statuses.Count.ShouldBe(14);
    }

    [Theory(Skip = "needs the shared data (KAGARI_TEST_DATA)", SkipWhen = nameof(NoData))]
    [MemberData(nameof(Questions), "stacks")]
    public async Task Stacks_OfARecording_AreThePeers(string file)
    {
        var (expected, actual) = await AskAsync(file);
        Stacks(actual.GetProperty("flamegraph")).ShouldBe(Stacks(expected.GetProperty("flamegraph")));
        actual.GetProperty("flamegraph").GetProperty("total").GetString().ShouldBe(expected.GetProperty("flamegraph").GetProperty("total").GetString());
    }

    [Theory(Skip = "needs the shared data (KAGARI_TEST_DATA)", SkipWhen = nameof(NoData))]
    [MemberData(nameof(Questions), "full")]
    public async Task Series_OfARecording_AreThePeers(string file)
    {
        var (expected, actual) = await AskAsync(file);
        Series(actual).ShouldBe(Series(expected));
    }

    private async Task<(JsonElement Expected, JsonElement Actual)> AskAsync(string file)
    {
        await using var gzip = new GZipStream(File.OpenRead(Path.Combine(Repository.Shared("contract-formats"), "cases", file)), CompressionMode.Decompress);
        using var recorded = await JsonDocument.ParseAsync(gzip);
        var question = recorded.RootElement;
        var (status, body) = await shared.Server.SendAsync(RpcRequests.Json(question.GetProperty("path").GetString()!, question.GetProperty("body").GetString()!));
        status.ShouldBe(200, body);
        return (Parse(question.GetProperty("response").GetString()!), Parse(body));
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>Every node of a flame graph as <c>path total self</c>, whatever the order of siblings.</summary>
    private static string[] Stacks(JsonElement graph)
    {
        var names = graph.GetProperty("names").EnumerateArray().Select(n => n.GetString()!).ToArray();
        var nodes = new Dictionary<string, (long Total, long Self)>(StringComparer.Ordinal);
        List<(long End, string Path)> above = [(long.MaxValue, "")];
        foreach (var level in graph.GetProperty("levels").EnumerateArray())
        {
            var values = level.GetProperty("values").EnumerateArray().Select(v => long.Parse(v.GetString()!)).ToArray();
            var row = new List<(long End, string Path)>();
            var (x, parent) = (0L, 0);
            for (var i = 0; i < values.Length; i += 4)
            {
                x += values[i] + values[i + 1];
                while (above[parent].End < x) parent++;
                row.Add((x, $"{above[parent].Path};{names[values[i + 3]]}"));
                var (total, self) = nodes.GetValueOrDefault(row[^1].Path);
                nodes[row[^1].Path] = (total + values[i + 1], self + values[i + 2]);
            }
            above = row;
        }
        return [.. nodes.Select(n => $"{n.Key} {n.Value.Total} {n.Value.Self}").Order(StringComparer.Ordinal)];
    }

    private static string[] Series(JsonElement answer) =>
        [.. answer.GetProperty("labelsSet").EnumerateArray()
            .Select(set => string.Join(' ', set.GetProperty("labels").EnumerateArray().Select(l => $"{l.GetProperty("name").GetString()}={l.GetProperty("value").GetString()}").Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal)];

    /// <summary>One server that has all recordings.</summary>
    public sealed class SharedServer : IAsyncLifetime
    {
        internal LiveServer Server { get; private set; } = null!;

        internal List<(string Name, int Status, int Expected, string Answer)> Statuses { get; } = [];

        public async ValueTask InitializeAsync()
        {
            Server = await LiveServer.StartAsync(new TenantLimits { RejectOlderThan = TimeSpan.Zero, RejectNewerThan = TimeSpan.Zero });
            if (NoData) return;
            using var recorded = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Repository.Shared("contract-formats"), "ingest.json")));
            foreach (var item in recorded.RootElement.GetProperty("items").EnumerateArray())
            {
                var name = item.GetProperty("name").GetString()!;
                if (!name.StartsWith("jfr", StringComparison.Ordinal)) continue;
                var (status, answer) = await Server.SendAsync(RequestOf(item));
                Statuses.Add((name, status, item.GetProperty("status").GetInt32(), answer));
            }
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();

        private static HttpRequestMessage RequestOf(JsonElement item)
        {
            var recording = File.ReadAllBytes(Path.Combine(Repository.Shared("jfr"), item.GetProperty("source").GetString()!));
            var path = item.GetProperty("path").GetString()!;
            if (item.GetProperty("form").GetString() == "gunzip") return RpcRequests.Post(path, Gunzip(recording), "application/octet-stream");
            var part = new ByteArrayContent(recording);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            return new HttpRequestMessage(HttpMethod.Post, path) { Content = new MultipartFormDataContent { { part, "jfr", "jfr" } } };
        }

        private static byte[] Gunzip(byte[] bytes)
        {
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            gzip.CopyTo(plain);
            return plain.ToArray();
        }
    }
}
