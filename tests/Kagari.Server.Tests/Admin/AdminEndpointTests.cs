using System.Text.Json;
using Kagari.Query;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Ingest;
using Kagari.Testing;

namespace Kagari.Server.Tests.Admin;

/// <summary><c>/api/v1/admin/…</c> over HTTP, as docs/guide/admin.md has it.</summary>
public sealed class AdminEndpointTests
{
    [Fact]
    public async Task Blocks_OfLogs_HaveServicesRowsAndTimes()
    {
        await using var server = await OpenAsync();
        var root = await GetAsync(server, "blocks");
        (root.GetProperty("count").GetInt32(), root.GetProperty("matchCount").GetInt32(), root.GetProperty("rows").GetInt64()).ShouldBe((1, 1, 2));
        var log = root.GetProperty("blocks").EnumerateArray().ShouldHaveSingleItem();
        (log.GetProperty("kind").GetString(), log.GetProperty("tenant").GetString(), log.GetProperty("level").GetInt32()).ShouldBe(("log", "anonymous", 0));
        log.GetProperty("services").EnumerateArray().Select(s => s.GetString()).ShouldBe(["cart", "web"]);
        log.GetProperty("bytes").GetInt64().ShouldBeGreaterThan(0);
        log.GetProperty("createdMillis").GetInt64().ShouldBeInRange(server.NowMillis - 60_000, server.NowMillis + 600_000);
        log.GetProperty("lastMillis").GetInt64().ShouldBeInRange(server.NowMillis - 60_000, server.NowMillis + 600_000);
        foreach (var (filter, count) in new[] { ("service=web", 1), ("service=nope", 0), ("kind=log", 1), ("kind=rollup", 0), ("level=0", 1), ("level=2", 0), ("tenant=anonymous", 1), ("tenant=x", 0) })
            (await GetAsync(server, $"blocks?{filter}")).GetProperty("matchCount").GetInt32().ShouldBe(count, filter);
        (await GetAsync(server, "blocks?offset=1")).GetProperty("blocks").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Queries_AreKeptWithWhatTheyCost()
    {
        await using var server = await OpenAsync();
        var query = Uri.EscapeDataString(LiveServer.CpuType + "{service_name=\"cart\"}");
        (await server.Http.GetAsync(new Uri($"/api/v1/functions?query={query}", UriKind.Relative))).EnsureSuccessStatusCode();
        (await server.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/v1/functions?query=%7B%7D"))).Status.ShouldBe(400);
        (await server.QueryAsync("LabelNames", $"{{{server.Range}}}")).Status.ShouldBe(200);
        // A question is kept once its answer is sent, which its sender may know before.
        var queries = new List<JsonElement>();
        while (queries.Count < 3) queries = [.. (await GetAsync(server, "queries")).GetProperty("queries").EnumerateArray()];
        var good = queries.Single(q => q.GetProperty("status").GetInt32() == 200 && q.GetProperty("route").GetString() == "/api/v1/functions");
        good.GetProperty("selector").GetString().ShouldBe($"{{service_name=\"cart\",__profile_type__=\"{LiveServer.CpuType}\"}}");
        good.GetProperty("tenants").EnumerateArray().Select(t => t.GetString()).ShouldBe(["anonymous"]);
        (good.GetProperty("rows").GetInt64(), good.GetProperty("chains").GetInt64(), good.GetProperty("kept").GetBoolean()).ShouldBe((1, 1, false));
        (good.GetProperty("untilMillis").GetInt64() - good.GetProperty("fromMillis").GetInt64()).ShouldBe(3_600_000);
        var refused = queries.Single(q => q.GetProperty("status").GetInt32() == 400);
        (refused.GetProperty("selector").ValueKind, refused.GetProperty("fromMillis").ValueKind).ShouldBe((JsonValueKind.Null, JsonValueKind.Null));
        queries.ShouldContain(q => q.GetProperty("route").GetString()!.EndsWith("LabelNames", StringComparison.Ordinal));
        (await GetAsync(server, "queries?limit=1")).GetProperty("queries").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Ingest_CountsDiscardsByReason()
    {
        await using var server = await OpenAsync();
        (await server.PushAsync("no pprof"u8.ToArray(), [("__name__", "process_cpu"), ("service_name", "cart")])).Status.ShouldBe(400);
        var root = await GetAsync(server, "ingest");
        root.GetProperty("stepSeconds").GetInt32().ShouldBe(10);
        var tenant = root.GetProperty("tenants").EnumerateArray().ShouldHaveSingleItem();
        tenant.GetProperty("profiles").GetArrayLength().ShouldBe(90);
        var discarded = tenant.GetProperty("discarded").EnumerateArray().ShouldHaveSingleItem();
        server.Discarded(discarded.GetProperty("reason").GetString()!).ShouldBe(discarded.GetProperty("count").GetDouble());
    }

    [Fact]
    public async Task TenantsAndRetention_SayWhatIsInForce()
    {
        SelectorParser.TryParse("{service_name=\"cart\"}", out var cart, out _).ShouldBeTrue();
        SelectorParser.TryParse("{service_name=~\"w.*\",pod=\"x\"}", out var pod, out _).ShouldBeTrue();
        var limits = new TenantLimits
        {
            CompactorBlocksRetentionPeriod = TimeSpan.FromDays(30),
            RetentionRules = [new RetentionLimit(pod!, TimeSpan.FromHours(1)), new RetentionLimit(cart!, TimeSpan.FromDays(7))],
        };
        await using var server = await OpenAsync(limits);
        var tenant = (await GetAsync(server, "tenants")).GetProperty("tenants").EnumerateArray().ShouldHaveSingleItem();
        (tenant.GetProperty("tenant").GetString(), tenant.GetProperty("services").GetInt32(), tenant.GetProperty("rows").GetInt64()).ShouldBe(("anonymous", 2, 2));
        tenant.GetProperty("limits").EnumerateObject().Select(l => l.Name).ShouldBe(["compactor_blocks_retention_period", "retention_rules"], ignoreOrder: true);
        var retention = (await GetAsync(server, "retention")).GetProperty("tenants").EnumerateArray().ShouldHaveSingleItem();
        retention.GetProperty("seconds").GetDouble().ShouldBe(30 * 86400);
        retention.GetProperty("services").GetRawText().ShouldBe(
            """[{"service":"cart","seconds":604800,"someSeries":[]},{"service":"web","seconds":2592000,"someSeries":[{"selector":"{service_name=~\"w.*\",pod=\"x\"}","seconds":3600}]}]""");
    }

    [Fact]
    public async Task Compaction_OfAFreshServer_HasNothingRunning()
    {
        await using var server = await OpenAsync();
        var root = await GetAsync(server, "compaction");
        root.GetProperty("levels").EnumerateArray().Select(l => l.GetProperty("level").GetInt32()).ShouldBe([1, 2, 3]);
        root.GetProperty("failed").GetArrayLength().ShouldBe(0);
        (await GetAsync(server, "tokens")).GetRawText().ShouldBe("""{"enabled":false,"issuer":null,"credentials":[]}""");
    }

    private static async Task<LiveServer> OpenAsync(TenantLimits? limits = null)
    {
        var server = await LiveServer.StartAsync(limits);
        foreach (var service in new[] { "cart", "web" })
            (await server.PushAsync(Drawings.Pprof("main;work 3", "cpu:nanoseconds"), [("__name__", "process_cpu"), ("service_name", service)])).Status.ShouldBe(200);
        return server;
    }

    private static async Task<JsonElement> GetAsync(LiveServer server, string request)
    {
        var (status, body) = await server.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/v1/admin/{request}"));
        status.ShouldBe(200, body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.Clone();
    }
}
