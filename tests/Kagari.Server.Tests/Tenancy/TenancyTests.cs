using Kagari.Server.Ingest;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;
using Kagari.Wire.Push;

namespace Kagari.Server.Tests.Tenancy;

/// <summary>Who may ask and write what: <c>X-Scope-OrgID</c> (wire reference §1.3).</summary>
public sealed class TenancyTests
{
    private const string Header = "X-Scope-OrgID";

    private static readonly string[] Methods =
    [
        "ProfileTypes", "LabelNames", "LabelValues", "Series", "SelectMergeStacktraces", "SelectMergeSpanProfile", "SelectMergeProfile",
        "SelectSeries", "SelectHeatmap", "Diff", "GetProfileStats", "AnalyzeQuery",
    ];

    [Fact]
    public async Task Header_MissingOrBad_IsRefusedEverywhere()
    {
        await using var server = await LiveServer.StartAsync(multitenancy: true);
        var side = $$"""{"profileTypeID":"{{LiveServer.CpuType}}","labelSelector":"{}",{{server.Range}}}""";
        var all = $"{side[..^1]},\"name\":\"a\",\"step\":15,\"queryType\":1,\"left\":{side},\"right\":{side}}}";
        var requests = Methods.Select<string, Func<HttpRequestMessage>>(m => () => RpcRequests.Json($"/querier.v1.QuerierService/{m}", all))
            .Append(() => RpcRequests.Proto(LiveServer.Push, Push("a 1")))
            .Append(() => RpcRequests.Post("/ingest?name=a", "a 1\n"u8.ToArray(), "text/plain"))
            .Append(() => new HttpRequestMessage(HttpMethod.Get, $"/pyroscope/render?query={LiveServer.CpuType}{{}}&from=now-1h"));
        foreach (var create in requests)
        {
            foreach (var (tenant, expected, message) in new[]
            {
                (null, 401, "no org id"), ("", 401, "no org id"), (".", 400, "tenant ID is '.' or '..'"), ("..", 400, "tenant ID is '.' or '..'"),
                ("a b", 400, "unsupported character ' '"), ("a/b", 400, "unsupported character '/'"), ("a|", 400, "tenant ID is empty"),
                (new string('a', 151), 400, "tenant ID is too long: 151 bytes, max 150"),
            })
            {
                using var request = create();
                var path = request.RequestUri!.ToString();
                if (tenant is not null) request.Headers.TryAddWithoutValidation(Header, tenant);
                var (status, body) = await server.SendAsync(request);
                status.ShouldBe(expected, $"{path} '{tenant}': {body}");
                body.ShouldContain(message, customMessage: path);
            }
            using var good = create().With(Header, "a-Z_0.!*'()");
            (await server.SendAsync(good)).Status.ShouldBe(200, good.RequestUri!.ToString());
        }
    }

    [Fact]
    public async Task Tenants_Several_AreReadTogetherAndWrittenApart()
    {
        await using var server = await LiveServer.StartAsync(multitenancy: true);
        foreach (var (tenant, drawing) in new[] { ("a", "x 1"), ("b", "x 2 | y 3"), ("c", "z 4") })
            (await server.SendAsync(RpcRequests.Proto(LiveServer.Push, Push(drawing)).With(Header, tenant))).Status.ShouldBe(200);
        foreach (var (tenants, total) in new[] { ("a", "1"), ("b", "5"), ("a|b", "6"), ("b|a|b", "6"), ("a|b|c", "10"), ("none", "") })
        {
            var (status, body) = await server.SendAsync(Stacks(server).With(Header, tenants));
            status.ShouldBe(200);
            if (total.Length > 0) body.ShouldContain($"\"total\":\"{total}\"", customMessage: tenants);
            else body.ShouldNotContain("total\":\"");
        }
        foreach (var request in new[]
        {
            RpcRequests.Proto(LiveServer.Push, Push("a 1")), RpcRequests.Post("/ingest?name=a", "a 1\n"u8.ToArray(), "text/plain"),
            RpcRequests.Json("/querier.v1.QuerierService/GetProfileStats", "{}"),
        })
            (await server.SendAsync(request.With(Header, "a|b"))).Status.ShouldBe(400, request.RequestUri!.ToString());
        (await server.SendAsync(RpcRequests.Proto(LiveServer.Push, Push("a 1")).With(Header, "a|a"))).Status.ShouldBe(200, "one tenant, named twice");
    }

    [Fact]
    public async Task Tenancy_Off_IgnoresTheHeader()
    {
        await using var server = await LiveServer.StartAsync();
        foreach (var tenant in new[] { "a|b", "", "../x" })
            (await server.SendAsync(RpcRequests.Proto(LiveServer.Push, Push("a 1")).With(Header, tenant))).Status.ShouldBe(200);
        (await server.StacksAsync()).ShouldBe("a 3");
    }

    [Fact]
    public async Task Discards_OfTwoTenants_AreCountedApart()
    {
        await using var server = await LiveServer.StartAsync(multitenancy: true);
        var bad = new PushRequest { Series = { LiveServer.Series([1, 2, 3]) } };
        await server.SendAsync(RpcRequests.Proto(LiveServer.Push, bad).With(Header, "a"));
        server.Discarded(DiscardReason.MalformedProfile, "a").ShouldBe(1);
        server.Discarded(DiscardReason.MalformedProfile, "b").ShouldBe(0);
    }

    private static PushRequest Push(string drawing) => new() { Series = { LiveServer.Series(Drawings.Pprof(drawing, "cpu:nanoseconds")) } };

    private static HttpRequestMessage Stacks(LiveServer server) => RpcRequests.Json(
        "/querier.v1.QuerierService/SelectMergeStacktraces", $$"""{"profileTypeID":"{{LiveServer.CpuType}}","labelSelector":"{}",{{server.Range}}}""");
}
