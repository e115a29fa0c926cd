using System.Text.Json;
using Kagari.Profiles;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Clients;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.Profefe;

/// <summary>What profefe's own recordings do not show: profiles that came by other ways, and what must not go wrong.</summary>
public sealed class ProfefeEndpointTests
{
    private static readonly byte[] Cpu = File.ReadAllBytes(Path.Combine(Repository.Root, "testdata", "go", "cpu-checkout-v2-us-1.pb.gz"));
    private static readonly byte[] Heap = File.ReadAllBytes(Path.Combine(Repository.Root, "testdata", "go", "heap-checkout-v1-us-1.pb.gz"));

    [Fact]
    public async Task Merge_OfProfilesThatWerePushed_HasAllTheirTypes()
    {
        await using var server = await ClientServer.StartAsync();
        await server.PushAsync(Heap, ("__name__", "memory"), ("service_name", "shop"), ("pod", "a"));
        await server.PushAsync(Heap, ("__name__", "memory"), ("service_name", "shop"), ("pod", "b"));
        await server.PushAsync(Cpu, ("__name__", "process_cpu"), ("service_name", "shop"), ("pod", "a"));

        var one = PprofSums.Of(Heap);
        var both = PprofSums.Of(await GetAsync(server, $"/api/0/profiles/merge?service=shop&type=heap&{Ever}"));
        both.Values.ShouldBe([.. one.Values.Select(v => (v.Type, v.Sum * 2))]);
        both.PeriodType.ShouldBe(one.PeriodType);
        PprofSums.Of(await GetAsync(server, $"/api/0/profiles/merge?service=shop&type=heap&labels=pod%3Db&{Ever}")).Values.ShouldBe(one.Values);
        PprofSums.Of(await GetAsync(server, $"/api/0/profiles/merge?service=shop&type=cpu&{Ever}")).Values.ShouldBe(PprofSums.Of(Cpu).Values);

        var list = await JsonAsync(server, $"/api/0/profiles?service=shop&{Ever}");
        list.GetProperty("body").EnumerateArray().Select(p => p.GetProperty("type").GetString()).Order(StringComparer.Ordinal).ShouldBe(["cpu", "heap", "heap"]);
        var id = list.GetProperty("body").EnumerateArray().First(p => p.GetProperty("type").GetString() == "cpu").GetProperty("id").GetString();
        PprofSums.Of(await GetAsync(server, $"/api/0/profiles/{id}")).Values.ShouldBe(PprofSums.Of(Cpu).Values);
    }

    [Fact]
    public async Task Post_IsVisibleToEveryOtherQuestion()
    {
        await using var server = await ClientServer.StartAsync();
        (await PostAsync(server, "service=shop&type=cpu&labels=version=1.0.0", Cpu)).Status.ShouldBe(200);
        var sent = PprofSums.Of(Cpu).Values.Single(v => v.Type == "cpu:nanoseconds").Sum;
        var answer = await server.PprofAsync("process_cpu:cpu:nanoseconds:cpu:nanoseconds", """{service_name="shop",version="1.0.0"}""");
        PprofSums.Of(answer).Values.ShouldBe([("cpu:nanoseconds", sent)]);
    }

    [Fact]
    public async Task Merge_ByGoToolPprof_IsTheSumOfItsProfiles()
    {
        await using var server = await ClientServer.StartAsync();
        (await PostAsync(server, "service=shop&type=cpu&labels=version=1.0.0", Cpu)).Status.ShouldBe(200);
        await server.PushAsync(Cpu, ("__name__", "process_cpu"), ("service_name", "shop"), ("version", "1.0.0"), ("pod", "other"));
        using var home = new TemporaryDirectory();
        async Task<string> PprofAsync(params string[] arguments)
        {
            var (status, output) = await ExternalTool.RunAsync("go", ["tool", "pprof", "-symbolize=none", .. arguments]);
            status.ShouldBe(0, output);
            return output;
        }
        var raw = await PprofAsync("-raw", $"{server.Url}/api/0/profiles/merge?service=shop&type=cpu&{Ever}&labels=version=1.0.0");
        raw.ShouldContain("samples/count cpu/nanoseconds");
        raw.ShouldContain($"Duration: {2 * DurationOf(Cpu):0.####}"[..12]);
        (await PprofAsync("-top", "-cum", "-nodecount=1000", "-nodefraction=0", $"{server.Url}/api/0/profiles/merge?service=shop&type=cpu&{Ever}&labels=version=1.0.0")).ShouldContain("main.compileCoupon");

        var (failed, text) = await ExternalTool.RunAsync("go", ["tool", "pprof", "-symbolize=none", "-top", $"{server.Url}/api/0/profiles/merge?service=nobody&type=cpu&{Ever}"]);
        failed.ShouldNotBe(0);
        text.ShouldContain("nothing found");
    }

    [Fact]
    public async Task Merge_WithLimit_TakesTheLatest()
    {
        await using var server = await ClientServer.StartAsync();
        for (var i = 0; i < 3; i++)
            (await PostAsync(server, $"service=shop&type=other&labels=n={i}", Folded($"main;f{i} {i + 1}", 1_700_000_000 + i))).Status.ShouldBe(200);
        var merged = await GetAsync(server, $"/api/0/profiles/merge?service=shop&type=other&limit=2&{Ever}");
        Draw(merged).ShouldBe("main;f1 2 | main;f2 3");
        (await JsonAsync(server, $"/api/0/profiles?service=shop&limit=1&{Ever}")).GetProperty("body")[0].GetProperty("labels")[0].GetProperty("value").GetString().ShouldBe("2");
    }

    [Fact]
    public async Task Post_Twice_IsOneProfile()
    {
        await using var server = await ClientServer.StartAsync();
        var first = await PostAsync(server, "service=shop&type=cpu", Cpu);
        var second = await PostAsync(server, "service=shop&type=cpu", Cpu);
        second.Body.ShouldBe(first.Body);
        (await JsonAsync(server, $"/api/0/profiles?service=shop&{Ever}")).GetProperty("body").GetArrayLength().ShouldBe(1);
        PprofSums.Of(await GetAsync(server, $"/api/0/profiles/merge?service=shop&type=cpu&{Ever}")).Values.ShouldBe(PprofSums.Of(Cpu).Values);
    }

    [Fact]
    public async Task Trace_ComesBackByteForByte()
    {
        await using var server = await ClientServer.StartAsync();
        var trace = new byte[100_000];
        new Random(7).NextBytes(trace);
        var (status, body) = await PostAsync(server, "service=a/b%2e..&type=trace&labels=x=1&created_at=2026-11-20T08:01:00", trace);
        status.ShouldBe(200, body);
        var id = JsonDocument.Parse(body).RootElement.GetProperty("body").GetProperty("id").GetString();
        (await GetAsync(server, $"/api/0/profiles/{id}")).ShouldBe(trace);
        foreach (var more in new[] { "", "&type=trace", "&labels=x=1" })
            (await JsonAsync(server, $"/api/0/profiles?service=a/b%2e..{more}&{Ever}")).GetProperty("body")[0].GetRawText().ShouldBe(JsonDocument.Parse(body).RootElement.GetProperty("body").GetRawText());
        (await JsonAsync(server, "/api/0/services")).GetProperty("body")[0].GetString().ShouldBe("a/b...");
        (await StatusAsync(server, $"/api/0/profiles?service=a/b%2e..&labels=x=2&{Ever}")).ShouldBe(404);
    }

    /// <summary>Go's block and mutex profiles where the rates are off.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("main;work 0")]
    public async Task Post_OfAProfileThatCountsNothing_ComesBackByItsId(string drawing)
    {
        await using var server = await ClientServer.StartAsync();
        var empty = Folded(drawing, 1_700_000_000);
        var (status, body) = await PostAsync(server, "service=shop&type=block&labels=a=1", empty);
        status.ShouldBe(200, body);
        var profile = JsonDocument.Parse(body).RootElement.GetProperty("body");
        (await GetAsync(server, "/api/0/profiles/" + profile.GetProperty("id").GetString())).ShouldBe(empty);
        (await JsonAsync(server, $"/api/0/profiles?service=shop&type=block&{Ever}")).GetProperty("body")[0].GetRawText().ShouldBe(profile.GetRawText());
        (await StatusAsync(server, $"/api/0/profiles/merge?service=shop&type=block&{Ever}")).ShouldBe(404);
    }

    [Fact]
    public async Task Post_TheSameManyTimesAtOnce_IsTakenEachTime()
    {
        await using var server = await ClientServer.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync(server, "service=shop&type=cpu", Cpu)));
        answers.ShouldAllBe(a => a.Status == 200);
        var id = JsonDocument.Parse(answers[0].Body).RootElement.GetProperty("body").GetProperty("id").GetString();
        (await GetAsync(server, $"/api/0/profiles/{id}")).ShouldBe(Cpu);
    }

    [Fact]
    public async Task Labels_WhoseNamesCouldCollide_StayApart()
    {
        await using var server = await ClientServer.StartAsync();
        (await PostAsync(server, "service=shop&type=cpu&labels=__x=1,profefe_x=2,profefe___x=3", Cpu)).Status.ShouldBe(200);
        var list = await JsonAsync(server, $"/api/0/profiles?service=shop&labels=profefe_x=2&{Ever}");
        list.GetProperty("body")[0].GetProperty("labels").EnumerateArray().Select(l => $"{l.GetProperty("key").GetString()}={l.GetProperty("value").GetString()}")
            .Order(StringComparer.Ordinal).ShouldBe(["__x=1", "profefe___x=3", "profefe_x=2"]);
    }

    [Fact]
    public async Task Trace_IsUnderTheLimitsOfProfiles()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { IngestionRateMb = 0.001, IngestionBurstSizeMb = 0.001 });
        (await server.SendAsync(RpcRequests.Post("/api/0/profiles?service=s&type=trace", new byte[1 << 20], "application/octet-stream"))).Status.ShouldBe(429);
        server.Discarded("rate_limited").ShouldBe(1);
        (await server.SendAsync(RpcRequests.Post("/api/0/profiles?service=s&type=trace&created_at=2105-01-01T00:00:00", new byte[10], "application/octet-stream"))).Body.ShouldContain("reject_newer_than");
    }

    [Fact]
    public async Task Post_OfWhatSamplingLeavesOut_KeepsNothing()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits
        {
            RejectOlderThan = TimeSpan.Zero,
            DistributorUsageGroups = [new UsageGroup("all", Kagari.Query.Selector.All)],
            DistributorSampling = new Dictionary<string, double> { ["all"] = 0 },
        });
        var (status, body) = await server.SendAsync(RpcRequests.Post("/api/0/profiles?service=shop&type=cpu", Cpu, "application/octet-stream"));
        status.ShouldBe(200, body);
        Directory.Exists(Path.Combine(server.Directory, "tenants")).ShouldBeFalse();
    }

    [Fact]
    public async Task Get_OfADeletedProfile_GivesNotItsOriginalEither()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { RejectOlderThan = TimeSpan.Zero, RejectNewerThan = TimeSpan.Zero });
        var (_, body) = await server.SendAsync(RpcRequests.Post("/api/0/profiles?service=shop&type=cpu", Cpu, "application/octet-stream"));
        var path = "/api/0/profiles/" + JsonDocument.Parse(body).RootElement.GetProperty("body").GetProperty("id").GetString();
        (await server.Http.GetByteArrayAsync(path, TestContext.Current.CancellationToken)).ShouldBe(Cpu);
        var (deleted, answer) = await server.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/delete")
        {
            Content = new FormUrlEncodedContent([new("query", "{service_name=\"shop\"}"), new("from", "0"), new("until", "now")]),
        });
        deleted.ShouldBeInRange(200, 204, answer);
        (await server.SendAsync(new HttpRequestMessage(HttpMethod.Get, path))).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("POST", "/api/0/profiles?service=s&type=cpu", 400, "malformed profile (could not parse pprof profile: the body is empty)")]
    [InlineData("POST", "/api/0/profiles?service=s&type=trace&created_at=9999-12-31T00:00:00", 400, "bad request: bad \"created_at\" \"9999-12-31T00:00:00\": expected a time from 1970 to 2261")]
    [InlineData("GET", "/api/0/profiles?service=s&from=x&to=2026-01-01T00:00:00", 400, "bad request: bad \"from\" \"x\": time in unsupported format \"x\"")]
    [InlineData("GET", "/api/0/profiles?service=s&from=2026-01-01T00:00:00", 400, "bad request: missing \"to\"")]
    [InlineData("GET", "/api/0/profiles?service=s&type=nope&from=2026-01-01T00:00:00&to=2026-01-01T00:00:00", 400, "bad request: bad \"type\" \"nope\": unknown profile type")]
    [InlineData("GET", "/api/0/profiles?service=s&limit=many&from=2026-01-01T00:00:00&to=2026-01-01T00:00:00", 400, "bad request: bad \"limit\" \"many\": expected a number")]
    [InlineData("GET", "/api/0/profiles/+", 400, "bad request: no profile id")]
    [InlineData("GET", "/api/0/services", 404, "nothing found")]
    public async Task Wrong_IsNamed(string method, string path, int expected, string error)
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await server.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        status.ShouldBe(expected, body);
        var json = JsonDocument.Parse(body).RootElement;
        json.GetProperty("code").GetInt32().ShouldBe(expected);
        json.GetProperty("error").GetString().ShouldBe(error);
    }

    [Fact]
    public async Task Tenants_SeeTheirOwn()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { RejectOlderThan = TimeSpan.Zero, RejectNewerThan = TimeSpan.Zero }, multitenancy: true);
        async Task<(int Status, string Body)> AsAsync(string tenant, HttpRequestMessage request)
        {
            request.Headers.Add("X-Scope-OrgID", tenant);
            return await server.SendAsync(request);
        }
        var (status, body) = await AsAsync("a", RpcRequests.Post("/api/0/profiles?service=shop&type=cpu", Cpu, "application/octet-stream"));
        status.ShouldBe(200, body);
        var path = "/api/0/profiles/" + JsonDocument.Parse(body).RootElement.GetProperty("body").GetProperty("id").GetString();
        (await AsAsync("a", new HttpRequestMessage(HttpMethod.Get, path))).Status.ShouldBe(200);
        (await AsAsync("b|a", new HttpRequestMessage(HttpMethod.Get, path))).Status.ShouldBe(200);
        (await AsAsync("b", new HttpRequestMessage(HttpMethod.Get, path))).Status.ShouldBe(404);
        (await server.SendAsync(new HttpRequestMessage(HttpMethod.Get, path))).Status.ShouldBe(401);
    }

    private const string Ever = "from=2000-01-01T00:00:00&to=2100-01-01T00:00:00";

    private static double DurationOf(byte[] pprof)
    {
        using var reader = new PprofReader();
        var profile = new FlatProfile();
        reader.TryRead(pprof, profile, DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        return profile.DurationNanos / 1e9;
    }

    private static byte[] Folded(string stacks, long seconds)
    {
        var profile = Drawings.Profile(stacks, "work:count");
        profile.TimeNanos = seconds * 1_000_000_000;
        profile.PeriodType = profile.SampleTypes[0];
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        PprofWriter.Write(profile, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static string Draw(byte[] pprof)
    {
        ProfileImport.TryRead(pprof, DecodeLimits.Default, out _, out var profiles, out var error).ShouldBeTrue(error.Message);
        return Drawings.Draw(profiles[0].Profile);
    }

    private static async Task<byte[]> GetAsync(ClientServer server, string path)
    {
        using var answer = await server.Http.GetAsync(path);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        ((int)answer.StatusCode).ShouldBe(200, System.Text.Encoding.UTF8.GetString(bytes));
        return bytes;
    }

    private static async Task<JsonElement> JsonAsync(ClientServer server, string path) => JsonDocument.Parse(await GetAsync(server, path)).RootElement;

    private static async Task<int> StatusAsync(ClientServer server, string path)
    {
        using var answer = await server.Http.GetAsync(path);
        return (int)answer.StatusCode;
    }

    private static async Task<(int Status, string Body)> PostAsync(ClientServer server, string query, byte[] body)
    {
        using var answer = await server.Http.PostAsync($"/api/0/profiles?{query}", new ByteArrayContent(body));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
