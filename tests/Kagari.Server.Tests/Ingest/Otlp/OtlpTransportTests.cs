using System.Text;
using Google.Protobuf;
using Kagari.Server.Ingest.Otlp;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.Ingest.Otlp;

/// <summary>One real request by all ways there are, each as a tenant of its own: the same is stored.</summary>
public sealed class OtlpTransportTests
{
    /// <summary>Each container of the request, and the CPU time of its samples: 20 a second.</summary>
    private static readonly Dictionary<string, long> Services = new()
    {
        ["1e82d7e19251ec59126d036da362a7bcf318420c2e5c9be3818ebc5f92873469"] = 8_400_000_000,
        ["unknown_service"] = 550_000_000,
        ["6ad3c930c936050866dfe2262244430b843010791d6e3b9dda1b2bf52fbc93df"] = 250_000_000,
        ["48f1baa088c90b3a5d29773f92fde3da984f0ff581f55391950ece807f7d88a7"] = 250_000_000,
    };

    [Fact]
    public async Task Dump_ByHttpInAllForms_IsStoredAlike()
    {
        await using var server = await LiveServer.StartAsync(OtlpServer.AnyTime, multitenancy: true);
        var json = Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(OtlpDump.Message));
        var requests = new Dictionary<string, HttpRequestMessage>
        {
            ["old"] = RpcRequests.Post(OtlpEndpoint.HttpPath, OtlpDump.Old, "application/x-protobuf"),
            ["new"] = RpcRequests.Post(OtlpEndpoint.HttpPath, OtlpDump.New, "application/protobuf"),
            ["gzip"] = RpcRequests.Post(OtlpEndpoint.HttpPath, RpcRequests.Gzip(OtlpDump.Old), "application/x-protobuf").With("Content-Encoding", "gzip"),
            ["json"] = RpcRequests.Post(OtlpEndpoint.HttpPath, json, "application/json"),
            ["json-gzip"] = RpcRequests.Post(OtlpEndpoint.HttpPath, RpcRequests.Gzip(json), "application/json; charset=utf-8").With("Content-Encoding", "gzip"),
        };
        foreach (var (tenant, request) in requests) (await server.SendAsync(request.With("X-Scope-OrgID", tenant))).Status.ShouldBe(200, tenant);
        await CheckAsync(server, [.. requests.Keys]);
    }

    [Fact]
    public async Task Dump_ByGrpcJs_IsStoredAlike()
    {
        await using var server = await LiveServer.StartAsync(OtlpServer.AnyTime, multitenancy: true);
        using var folder = new TemporaryDirectory();
        var file = Path.Combine(folder.Path, "request.bin");
        await File.WriteAllBytesAsync(file, OtlpDump.New);
        var protos = Path.Combine(Repository.Root, "src", "Kagari.Wire", "Protos");

        (await NodeClients.RunAsync("grpc-otlp.mjs", server.Url.Authority, protos, file)).ShouldBe("grpc-js: 2 variants agree");

        await server.SendAsync(RpcRequests.Post(OtlpEndpoint.HttpPath, OtlpDump.Old, "application/x-protobuf").With("X-Scope-OrgID", "http"));
        await CheckAsync(server, ["http", "grpc-plain", "grpc-gzip"]);
    }

    [Fact]
    public async Task Json_IdsInHexadecimal_AreRead()
    {
        await using var server = await LiveServer.StartAsync();
        const string Trace = "00112233445566778899AABBCCDDEEFF", Span = "0123456789abcdef";
        var json = """
            {
              "resourceProfiles": [{ "scopeProfiles": [{ "profiles": [
                { "sampleType": { "typeStrindex": 1, "unitStrindex": 2 }, "samples": [{ "stackIndex": 1, "linkIndex": 1, "values": ["7"] }] }
              ] }] }],
              "dictionary": {
                "stringTable": ["", "x", "count", "f"], "functionTable": [{}, { "nameStrindex": 3 }], "locationTable": [{}, { "lines": [{ "functionIndex": 1 }] }],
                "stackTable": [{}, { "locationIndices": [1] }], "linkTable": [{}, { "traceId": "TRACE", "spanId": "SPAN" }], "unknownTable": [1]
              }
            }
            """.Replace("TRACE", Trace).Replace("SPAN", Span);
        (await server.SendAsync(RpcRequests.Json(OtlpEndpoint.HttpPath, json))).ShouldBe((200, "{}"));
        foreach (var (field, id) in new[] { ("spanSelector", Span), ("traceIdSelector", Trace.ToLowerInvariant()) })
        {
            var (_, body) = await server.QueryAsync("SelectMergeStacktraces",
                $$"""
                {"profileTypeID":"x:x:count::","labelSelector":"{}",{{server.Range}},"{{field}}":["{{id}}"]}
                """);
            body.ShouldContain("\"total\":\"7\"", customMessage: field);
        }
    }

    private static async Task CheckAsync(LiveServer server, string[] tenants)
    {
        var all = new List<string>();
        foreach (var tenant in tenants)
        {
            var (status, series) = await AskAsync(server, tenant, "Series", "\"matchers\":[\"{}\"]");
            status.ShouldBe(200, series);
            all.Add(series);
            foreach (var (service, total) in Services)
            {
                var (_, body) = await AskAsync(server, tenant, "SelectMergeStacktraces",
                    $$"""
                    "profileTypeID":"{{OtlpServer.CpuType}}","labelSelector":"{service_name=\"{{service}}\"}","format":"PROFILE_FORMAT_TREE"
                    """);
                using var json = System.Text.Json.JsonDocument.Parse(body);
                var stacks = TreeDrawing.Of(json.RootElement.GetProperty("tree").GetBytesFromBase64());
                stacks.Split(" | ").ShouldBe(OtlpDump.Draw(service).Split(" | "), $"{tenant}, {service}");
                stacks.Split(" | ").Sum(s => long.Parse(s[(s.LastIndexOf(' ') + 1)..])).ShouldBe(total, $"{tenant}, {service}");
            }
        }
        all.ShouldAllBe(s => s == all[0]);
        all[0].ShouldContain("process.executable.name");
        all[0].ShouldNotContain("thread.id");
    }

    private static Task<(int Status, string Body)> AskAsync(LiveServer server, string tenant, string method, string fields) =>
        server.SendAsync(RpcRequests.Json($"/querier.v1.QuerierService/{method}", "{\"start\":1,\"end\":4102444800000," + fields + "}")
            .With("X-Scope-OrgID", tenant).With("Accept", "*/*; allow-utf8-labelnames=true"));
}
