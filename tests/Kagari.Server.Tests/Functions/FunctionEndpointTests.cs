using System.Globalization;
using System.Text.Json;
using Kagari.Profiles;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Ingest;
using Kagari.Testing;

namespace Kagari.Server.Tests.Functions;

/// <summary><c>/api/v1/…</c> over HTTP, as docs/guide/functions.md has it.</summary>
public sealed class FunctionEndpointTests
{
    private const string Type = LiveServer.CpuType;

    [Fact]
    public async Task Functions_SortSearchAndPage_AreExact()
    {
        await using var shop = await OpenAsync();
        (await shop.GetAsync("functions", "limit=2&sort=total")).ShouldBe(
            $$"""{"type":"{{Type}}","unit":"nanoseconds","total":100,"functionCount":5,"matchCount":5,"functions":[{"name":"main","self":0,"total":100},{"name":"Cart.Add<T>","self":10,"total":70}]}""");
        Names(await shop.GetAsync("functions", "sort=name&offset=1&limit=3")).ShouldBe("gc idle main");
        Names(await shop.GetAsync("functions", "search=CART")).ShouldBe("Cart.Add<T>");
        Names(await shop.GetAsync("functions", "regex=^(gc|idle)$")).ShouldBe("gc idle");
        Names(await shop.GetAsync("functions", "function=gc&sort=total")).ShouldBe("gc Cart.Add<T> main");
        Names(await shop.GetAsync("functions", "query=" + Uri.EscapeDataString(Type + "{service_name=\"nope\"}"))).ShouldBe("");
    }

    [Fact]
    public async Task Sandwich_Function_HasCallersAndCallees()
    {
        await using var shop = await OpenAsync();
        (await shop.GetAsync("sandwich", "function=" + Uri.EscapeDataString("Cart.Add<T>"))).ShouldBe(
            $$"""{"type":"{{Type}}","unit":"nanoseconds","function":"Cart.Add<T>","found":true,"self":10,"total":70,"names":["Cart.Add<T>","gc","main"],"""
            + """ "callers":{"depth":[0,1],"name":[0,2],"self":[0,70],"total":[70,70],"folded":[]},"callees":{"depth":[0,1],"name":[0,1],"self":[10,60],"total":[70,60],"folded":[]}}""".TrimStart());
        (await shop.GetAsync("sandwich", "function=nope")).ShouldContain("\"found\":false,\"self\":0,\"total\":0");
        var graph = await shop.ColumnsAsync("sandwich", "function=gc");
        graph.Trees.Count.ShouldBe(2);
        graph.Trees[0].Totals.ToArray().ShouldBe([60, 60, 60]);
    }

    [Fact]
    public async Task FlameGraph_PathAndBudget_RefetchesWhatIsFolded()
    {
        await using var shop = await OpenAsync();
        (await shop.ColumnsAsync("flamegraph", "nodes=2147483647")).Trees[0].FoldedNodes.ToArray().Sum().ShouldBe(0); // above any limit, and cut to it
        (await shop.ColumnsAsync("flamegraph", "nodes=1")).Trees[0].FoldedNodes.ToArray().ShouldBe([0, 4]);
        var graph = await shop.ColumnsAsync("flamegraph", "maxNodes=1");
        var tree = graph.Trees.ShouldHaveSingleItem();
        tree.Totals.ToArray().ShouldBe([100, 100]);
        tree.FoldedNodes.ToArray().ShouldBe([0, 4]);
        tree.FoldedValues.ToArray().ShouldBe([0, 100]);

        (await shop.GetAsync("flamegraph", "path=main&path=" + Uri.EscapeDataString("Cart.Add<T>"))).ShouldBe(
            $$"""{"type":"{{Type}}","unit":"nanoseconds","names":["Cart.Add<T>","gc","main"],"tree":{"ancestors":[{"name":-1,"self":0,"total":100},{"name":2,"self":0,"total":100}],"""
            + """ "depth":[0,1],"name":[0,1],"self":[10,60],"total":[70,60],"folded":[]}}""".TrimStart());
        (await shop.SendAsync("flamegraph", "path=gc")).ShouldBe(
            (404, "{\"code\":\"not_found\",\"message\":\"\\\"path\\\": no stack of the selection begins with gc\"}\n"));
    }

    [Fact]
    public async Task FlameGraphDiff_TwoServices_HasEverySideWhole()
    {
        await using var shop = await OpenAsync();
        var sides = $"leftQuery={Query("cart")}&rightQuery={Query("web")}";
        var graph = await shop.ColumnsAsync("flamegraph/diff", sides);
        graph.Trees[0].NameIds.ToArray().ShouldBe(graph.Trees[1].NameIds.ToArray());
        foreach (var (tree, service) in new[] { (graph.Trees[0], "cart"), (graph.Trees[1], "web") })
        {
            var alone = await shop.ColumnsAsync("flamegraph", $"query={Query(service)}");
            tree.Totals.ToArray().Where(t => t > 0).ShouldBe(alone.Trees[0].Totals.ToArray());
        }

        using var json = JsonDocument.Parse(await shop.GetAsync("flamegraph/diff", sides + "&maxNodes=1&path=main"));
        var (left, right) = (json.RootElement.GetProperty("left"), json.RootElement.GetProperty("right"));
        (left.GetProperty("type").GetString(), left.GetProperty("unit").GetString()).ShouldBe((Type, "nanoseconds"));
        left.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);
        var names = json.RootElement.GetProperty("names").EnumerateArray().Select(n => n.GetString()).ToArray();
        left.GetProperty("tree").GetProperty("name").EnumerateArray().Select(n => names[n.GetInt32()]).ShouldBe(["main", "render"]);
        Numbers(left, "total").ShouldBe([80, 0]);
        Numbers(right, "total").ShouldBe([20, 20]);
        left.GetProperty("tree").GetProperty("folded").GetRawText().ShouldBe("""[{"node":0,"nodes":3,"value":80}]""");
        Numbers(right, "name").ShouldBe(Numbers(left, "name"));
        (await shop.SendAsync("flamegraph/diff", sides + "&path=gc")).ShouldBe(
            (404, "{\"code\":\"not_found\",\"message\":\"\\\"path\\\": no stack of either selection begins with gc\"}\n"));

        static long[] Numbers(JsonElement side, string column) => [.. side.GetProperty("tree").GetProperty(column).EnumerateArray().Select(n => n.GetInt64())];
    }

    [Fact]
    public async Task Changes_TwoServices_RankTheMovedFunction()
    {
        await using var shop = await OpenAsync();
        var body = await shop.GetAsync("changes", $"leftQuery={Query("cart")}&rightQuery={Query("web")}&sort=self&limit=1");
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        (root.GetProperty("mode").GetString(), root.GetProperty("functionCount").GetInt32()).ShouldBe(("share", 5));
        (root.GetProperty("left").GetProperty("total").GetInt64(), root.GetProperty("right").GetProperty("total").GetInt64()).ShouldBe((80, 20));
        root.GetProperty("functions").EnumerateArray().ShouldHaveSingleItem().GetRawText().ShouldBe(
            """{"name":"render","left":{"self":0,"total":0},"right":{"self":20,"total":20},"self":{"change":1,"noise":null,"significance":null},"total":{"change":1,"noise":null,"significance":null}}""");

        body = await shop.GetAsync("changes", $"leftQuery={Query("cart")}&rightQuery={Query("web")}&mode=rate&search=gc");
        body.ShouldContain("\"mode\":\"rate\"");
        body.ShouldContain("\"noise\":0.0");
    }

    [Fact]
    public async Task Breakdown_LabelOrAll_AddsUpToTheTotal()
    {
        await using var shop = await OpenAsync();
        (await shop.GetAsync("breakdown", "label=service_name")).ShouldBe(
            $$"""{"type":"{{Type}}","unit":"nanoseconds","total":100,"labels":[{"label":"service_name","valueCount":2,"values":[{"value":"cart","total":80},{"value":"web","total":20}]}]}""");
        (await shop.GetAsync("breakdown", "function=gc&label=pod&limit=1")).ShouldContain("\"total\":60,\"labels\":[{\"label\":\"pod\",\"valueCount\":1,\"values\":[{\"value\":\"a\",\"total\":60}]}]");
        var all = await shop.GetAsync("breakdown", "");
        all.ShouldContain("\"label\":\"pod\"");
        all.ShouldNotContain("__profile_type__\":");
        var change = await shop.GetAsync("breakdown/changes", $"leftQuery={Query("cart")}&rightQuery={Query("web")}&label=service_name");
        change.ShouldContain("\"value\":\"cart\",\"left\":80,\"right\":0,");
        change.ShouldContain("\"contribution\":-0.333");
    }

    [Fact]
    public async Task Top_AllServices_SplitsTheWinners()
    {
        await using var shop = await OpenAsync();
        (await shop.GetAsync("top", "limit=1&sort=total")).ShouldBe(
            $$"""{"type":"{{Type}}","unit":"nanoseconds","total":100,"functionCount":5,"serviceCount":2,"functions":[{"name":"main","self":0,"total":100,"services":[{"service":"cart","self":0,"total":80},{"service":"web","self":0,"total":20}]}]}""");
    }

    [Fact]
    public async Task Movers_AllServices_RankThePairs()
    {
        await using var shop = await OpenAsync();
        var (start, middle) = (shop.FirstMillis - 10_000, shop.FirstMillis + 30_000);
        (await shop.GetAsync("movers", $"leftFrom={start}&leftUntil={middle - 1}&rightFrom={middle}&rightUntil={middle + 39_999}&limit=2")).ShouldBe(
            $$"""{"mode":"rate","sort":"self","left":{"type":"{{Type}}","unit":"nanoseconds","total":70,"seconds":40},"right":{"type":"{{Type}}","unit":"nanoseconds","total":10,"seconds":40},"""
            + """ "serviceCount":1,"pairCount":4,"movers":[{"service":"cart","function":"gc","left":{"self":60,"total":60,"serviceTotal":70},"right":{"self":0,"total":0,"serviceTotal":10},"selfChange":-1.5,"totalChange":-1.5},""".TrimStart()
            + """{"service":"cart","function":"Cart.Add<T>","left":{"self":10,"total":70,"serviceTotal":70},"right":{"self":0,"total":0,"serviceTotal":10},"selfChange":-0.25,"totalChange":-1.75}]}""");
        (await shop.GetAsync("movers", $"leftFrom={start}&leftUntil={middle - 1}&rightFrom={middle}&rightUntil={middle + 39_999}&mode=share&search=idle")).ShouldContain("\"selfChange\":1,");
    }

    [Fact]
    public async Task Services_AllOrPaged_HaveTypesInstancesAndTheHottestFunction()
    {
        await using var shop = await OpenAsync();
        var cart = $$"""{"service":"cart","series":2,"instances":2,"lastMillis":{{shop.FirstMillis + 60_000}},"types":[{"type":"{{Type}}","unit":"nanoseconds","total":80}],"hottest":{"function":"gc","self":60,"total":60}""" + "}";
        var web = $$"""{"service":"web","series":1,"instances":1,"lastMillis":{{shop.LastMillis}},"types":[{"type":"{{Type}}","unit":"nanoseconds","total":20}],"hottest":{"function":"render","self":20,"total":20}""" + "}";
        (await shop.GetAsync("services", $"type={Type}")).ShouldBe($$"""{"serviceCount":2,"matchCount":2,"services":[{{cart}},{{web}}]}""");
        (await shop.GetAsync("services", $"type={Type}&sort=last&limit=1")).ShouldBe($$"""{"serviceCount":2,"matchCount":2,"services":[{{web}}]}""");
        (await shop.GetAsync("services", $"type={Type}&sort=total&offset=1")).ShouldBe($$"""{"serviceCount":2,"matchCount":2,"services":[{{web}}]}""");
        (await shop.GetAsync("services", "search=CAR")).ShouldBe($$"""{"serviceCount":2,"matchCount":1,"services":[{{cart.Replace("{\"function\":\"gc\",\"self\":60,\"total\":60}", "null")}}]}""");
        (await shop.GetAsync("services", "type=memory:alloc_space:bytes::&search=web")).ShouldContain("\"hottest\":null");
    }

    [Fact]
    public async Task Profiles_OfASelection_ComeOneByOne()
    {
        await using var shop = await OpenAsync();
        var all = await shop.GetAsync("profiles", "");
        using var json = JsonDocument.Parse(all);
        json.RootElement.GetProperty("profileCount").GetInt32().ShouldBe(3);
        var profiles = json.RootElement.GetProperty("profiles").EnumerateArray().ToList();
        profiles.Select(p => (p.GetProperty("service").GetString(), p.GetProperty("timeMillis").GetInt64(), p.GetProperty("total").GetInt64()))
            .ShouldBe([("web", shop.LastMillis, 20), ("cart", shop.FirstMillis + 60_000, 10), ("cart", shop.FirstMillis, 70)]);
        profiles[0].GetProperty("labels").GetRawText().ShouldBe("""{"pod":"a","service_name":"web"}""");
        foreach (var profile in profiles)
            (await shop.GetAsync("functions", $"profileId={profile.GetProperty("profileId").GetString()}")).ShouldContain($"\"total\":{profile.GetProperty("total").GetInt64()},");
        (await shop.GetAsync("profiles", "sort=total&limit=1")).ShouldContain("\"profileCount\":3,\"profiles\":[{\"profileId\":\"" + profiles[2].GetProperty("profileId").GetString());
        var ofGc = await shop.GetAsync("profiles", "function=gc");
        ofGc.ShouldContain("\"profileCount\":1,");
        ofGc.ShouldContain("\"total\":60,");
    }

    [Fact]
    public async Task Seen_Function_GivesItsFirstAndLastProfile()
    {
        await using var shop = await OpenAsync();
        var body = await shop.GetAsync("seen", "function=main");
        using var json = JsonDocument.Parse(body);
        var first = json.RootElement.GetProperty("first");
        first.GetProperty("timeMillis").GetInt64().ShouldBe(shop.FirstMillis);
        first.GetProperty("profileId").GetGuid().ShouldNotBe(Guid.Empty);
        json.RootElement.GetProperty("last").GetProperty("timeMillis").GetInt64().ShouldBe(shop.LastMillis);
        (await shop.GetAsync("seen", "function=nope")).ShouldBe("""{"function":"nope","found":false}""");
    }

    [Theory]
    [InlineData("functions", "limit=0", "\\\"limit\\\" is 0; expected 1 to 10000")]
    [InlineData("functions", "limit=ten", "\\\"limit\\\" is 'ten'; expected a whole number")]
    [InlineData("functions", "offset=-1", "\\\"offset\\\" is -1; expected 0 to 2147483647")]
    [InlineData("functions", "sort=size", "\\\"sort\\\" is 'size'; expected one of self, total, name")]
    [InlineData("functions", "regex=(", "\\\"regex\\\": error parsing regexp")]
    [InlineData("functions", "regex=a&search=b", "cannot be combined")]
    [InlineData("functions", "query=", "\\\"query\\\" is required")]
    [InlineData("functions", "query={}", "names no profile type")]
    [InlineData("functions", "from=now-1h&until=now-2h", "query start time is after end time")]
    [InlineData("sandwich", "", "\\\"function\\\" is required")]
    [InlineData("sandwich", "function=a&maxNodes=1048577", "(setting max_flamegraph_nodes_max)")]
    [InlineData("flamegraph", "maxNodes=5&nodes=5", "cannot be combined")]
    [InlineData("flamegraph", "nodes=0", "\\\"nodes\\\" is 0")]
    [InlineData("flamegraph", "maxNodes=-5", "\\\"maxNodes\\\" is -5")]
    [InlineData("flamegraph/diff", "maxNodes=-5", "\\\"maxNodes\\\" is -5")]
    [InlineData("flamegraph/diff", "rightQuery={}", "\\\"rightQuery\\\" names no profile type")]
    [InlineData("changes", "mode=ratio", "expected one of share, rate")]
    [InlineData("changes", "windows=65", "\\\"windows\\\" is 65; expected 1 to 64")]
    [InlineData("changes", "sort=name", "expected one of self, total")]
    [InlineData("changes", "mode=rate&rightQuery=memory:alloc_space:bytes::{}", "left is in 'nanoseconds', right in 'bytes'")]
    [InlineData("breakdown/changes", "leftQuery=a:b:c:d{}", "\\\"leftQuery\\\": profile-type selection must be")]
    [InlineData("top", "sort=name", "expected one of self, total")]
    [InlineData("seen", "", "\\\"function\\\" is required")]
    [InlineData("movers", "mode=ratio", "expected one of share, rate")]
    [InlineData("movers", "sort=name", "expected one of self, total")]
    [InlineData("movers", "rightQuery=memory:alloc_space:bytes::{}", "left is in 'nanoseconds', right in 'bytes'")]
    [InlineData("services", "type=cpu", "\\\"type\\\": profile-type selection must be")]
    [InlineData("services", "sort=total", "\\\"sort\\\" is 'total', which needs a \\\"type\\\"")]
    [InlineData("services", "sort=size", "expected one of name, total, last")]
    [InlineData("profiles", "sort=name", "expected one of time, total")]
    [InlineData("lines", "", "\\\"function\\\" is required")]
    public async Task AnyEndpoint_WrongParameter_IsNamed(string endpoint, string parameters, string message)
    {
        await using var shop = await OpenAsync(empty: true);
        var (status, body) = await shop.SendAsync(endpoint, parameters);
        status.ShouldBe(400, body);
        body.ShouldContain(message);
        body.ShouldContain("invalid_argument");
    }

    [Theory]
    [InlineData("functions", "")]
    [InlineData("sandwich", "function=a")]
    [InlineData("flamegraph", "")]
    [InlineData("flamegraph/diff", "")]
    [InlineData("changes", "")]
    [InlineData("breakdown", "")]
    [InlineData("breakdown/changes", "")]
    [InlineData("top", "")]
    [InlineData("seen", "function=a")]
    [InlineData("lines", "function=a")]
    [InlineData("movers", "")]
    [InlineData("profiles", "")]
    [InlineData("services", "type=process_cpu:cpu:nanoseconds::")]
    public async Task AnyEndpoint_NoDataLimitsAndTenants_Answer(string endpoint, string parameters)
    {
        await using var shop = await OpenAsync(empty: true, new TenantLimits { MaxQueryLookback = TimeSpan.FromDays(1) }, multitenancy: true);
        (await shop.SendAsync(endpoint, parameters)).Status.ShouldBe(401);
        shop.Server.Http.DefaultRequestHeaders.Add("X-Scope-OrgID", "a");
        (await shop.SendAsync(endpoint, parameters)).Status.ShouldBe(200);
        var (status, body) = await shop.SendAsync(endpoint, parameters + "&from=now-3d&until=now-2d");
        status.ShouldBe(200, body);
        using var put = await shop.Server.Http.PutAsync(new Uri($"/api/v1/{endpoint}", UriKind.Relative), null);
        ((int)put.StatusCode).ShouldBe(405);
        using var post = await shop.Server.Http.PostAsync(new Uri($"/api/v1/{endpoint}", UriKind.Relative), new StringContent("{}"));
        ((int)post.StatusCode).ShouldBe(400);
        (await post.Content.ReadAsStringAsync()).ShouldContain("expected application/x-www-form-urlencoded");
    }

    [Fact]
    public async Task FlameGraph_CallSiteLongerThanAnAddress_IsTakenAsAForm()
    {
        await using var shop = await OpenAsync(empty: true);
        var site = Enumerable.Range(0, 400).Select(i => $"com.example.shop.checkout.Handler{i}.handle<T>").ToArray();
        await shop.PushAsync($"{string.Join(';', site)};leaf 3 | main 4", shop.FirstMillis, ("service_name", "cart"));
        using var form = new FormUrlEncodedContent(site.Select(n => KeyValuePair.Create("path", n)).Append(KeyValuePair.Create("query", Type + "{}")));
        using var response = await shop.Server.Http.PostAsync(new Uri("/api/v1/flamegraph?maxNodes=5", UriKind.Relative), form);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var tree = json.RootElement.GetProperty("tree");
        tree.GetProperty("ancestors").GetArrayLength().ShouldBe(400);
        tree.GetProperty("total").EnumerateArray().Select(t => t.GetInt64()).ShouldBe([3, 3]);

        using var large = new FormUrlEncodedContent([KeyValuePair.Create("query", new string('a', 2 << 20))]);
        using var refused = await shop.Server.Http.PostAsync(new Uri("/api/v1/functions", UriKind.Relative), large);
        ((int)refused.StatusCode).ShouldBe(400);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("the limit is 1048576 bytes");
    }

    private static string Query(string service) => Uri.EscapeDataString($"{Type}{{service_name=\"{service}\"}}");

    private static string Names(string body)
    {
        using var json = JsonDocument.Parse(body);
        return string.Join(' ', json.RootElement.GetProperty("functions").EnumerateArray().Select(f => f.GetProperty("name").GetString()));
    }

    private static async Task<Shop> OpenAsync(bool empty = false, TenantLimits? limits = null, bool multitenancy = false)
    {
        var shop = new Shop(await LiveServer.StartAsync(limits, multitenancy));
        if (empty) return shop;
        await shop.PushAsync("main;Cart.Add<T>;gc 60 | main;Cart.Add<T> 10", shop.FirstMillis, ("service_name", "cart"), ("pod", "a"));
        await shop.PushAsync("main;idle 10", shop.FirstMillis + 60_000, ("service_name", "cart"), ("pod", "b"));
        await shop.PushAsync("main;render 20", shop.LastMillis, ("service_name", "web"), ("pod", "a"));
        return shop;
    }

    /// <summary>A server with three profiles, half an hour old and younger.</summary>
    private sealed class Shop(LiveServer server) : IAsyncDisposable
    {
        public LiveServer Server { get; } = server;

        public long FirstMillis => Server.NowMillis - 1_800_000;

        public long LastMillis => Server.NowMillis - 600_000;

        public async Task PushAsync(string drawing, long millis, params (string, string)[] labels)
        {
            var profile = Drawings.Profile(drawing, "cpu:nanoseconds");
            profile.TimeNanos = millis * 1_000_000;
            var bytes = new System.Buffers.ArrayBufferWriter<byte>();
            PprofWriter.Write(profile, bytes);
            (await Server.PushAsync(bytes.WrittenSpan.ToArray(), [("__name__", "process_cpu"), .. labels])).Status.ShouldBe(200);
        }

        public async Task<string> GetAsync(string endpoint, string parameters)
        {
            var (status, body) = await SendAsync(endpoint, parameters);
            status.ShouldBe(200, body);
            return body;
        }

        public Task<(int Status, string Body)> SendAsync(string endpoint, string parameters, string accept = "application/json")
        {
            var request = new HttpRequestMessage(HttpMethod.Get, Url(endpoint, parameters));
            request.Headers.TryAddWithoutValidation("Accept", accept);
            return Server.SendAsync(request);
        }

        public async Task<ColumnarGraph> ColumnsAsync(string endpoint, string parameters)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Url(endpoint, parameters));
            request.Headers.TryAddWithoutValidation("Accept", $"{ColumnarWriter.MediaType}, application/json;q=0.5");
            using var response = await Server.Http.SendAsync(request);
            response.Content.Headers.ContentType!.MediaType.ShouldBe(ColumnarWriter.MediaType);
            ColumnarReader.TryRead(await response.Content.ReadAsByteArrayAsync(), DecodeLimits.Default, out var graph, out var error).ShouldBeTrue(error.Message);
            return graph!;
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();

        private static string Url(string endpoint, string parameters) => parameters.StartsWith("query=", StringComparison.Ordinal)
            ? $"/api/v1/{endpoint}?{parameters}"
            : string.Create(CultureInfo.InvariantCulture, $"/api/v1/{endpoint}?query={Uri.EscapeDataString(Type + "{}")}&{parameters}");
    }
}
