using System.Text;
using System.Text.Json;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.AdHoc;

/// <summary><c>adhocprofiles.v1.AdHocProfileService</c> over HTTP, as Drilldown asks it.</summary>
public sealed class AdHocProfileServiceTests
{
    private static readonly byte[] Pprof = Drawings.Pprof("a;b 1,10 | a;c 2,20", "samples:count", "cpu:nanoseconds");

    [Fact]
    public async Task Upload_EachForm_IsShownAndListed()
    {
        await using var server = await LiveServer.StartAsync();
        var uploaded = await OkAsync(server, "Upload", Upload("my profile/1.pb.gz", RpcRequests.Gzip(Pprof)));
        var id = uploaded.GetProperty("id").GetString()!;
        id.ShouldMatch("^[0-9A-Z]{26}-my_profile_1.pb.gz$");
        uploaded.GetProperty("name").GetString().ShouldBe("my profile/1.pb.gz");
        uploaded.GetProperty("profileType").GetString().ShouldBe("samples");
        uploaded.GetProperty("profileTypes").EnumerateArray().Select(t => t.GetString()).ShouldBe(["samples", "cpu"]);
        Draw(uploaded).ShouldBe("total 3, a, b, c");

        Draw(await OkAsync(server, "Get", $$"""{"id":"{{id}}","profileType":"cpu"}""")).ShouldBe("total 30, a, b, c");
        Draw(await OkAsync(server, "Get", $$"""{"id":"{{id}}","maxNodes":"2"}""")).ShouldStartWith("total 3, a");
        Draw(await OkAsync(server, "Upload", Upload("x.collapsed", "main;work 5\n"u8.ToArray()))).ShouldBe("total 5, main, work");
        Draw(await OkAsync(server, "Upload", Upload("perf.txt", "app 7 1.5: 250 cpu-clock: \n\t20 main+0x0 (/bin/app)\n"u8.ToArray()))).ShouldBe("total 1, app, main");

        var list = (await OkAsync(server, "List", "{}")).GetProperty("profiles").EnumerateArray().ToList();
        list.Select(p => p.GetProperty("name").GetString()).Order().ShouldBe(["my_profile_1.pb.gz", "perf.txt", "x.collapsed"]);
        list.Single(p => p.GetProperty("id").GetString() == id).GetProperty("uploadedAt").GetString().ShouldBe(uploaded.GetProperty("uploadedAt").GetString());
        (await OkAsync(server, "List", "{}")).GetProperty("profiles").EnumerateArray().Select(p => p.GetProperty("id").GetString()!).ShouldBe(list.Select(p => p.GetProperty("id").GetString()!).OrderDescending());
    }

    [Fact]
    public async Task Upload_TraceOfDotNet_HasEachOfItsTypes()
    {
        await using var server = await LiveServer.StartAsync();
        var trace = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "testdata", "dotnet", "workload.nettrace.gz"), TestContext.Current.CancellationToken);
        var uploaded = await OkAsync(server, "Upload", Upload("app.nettrace", trace));
        uploaded.GetProperty("profileTypes").EnumerateArray().Select(t => t.GetString())
            .ShouldBe(["cpu:cpu", "wall:wall", "alloc:alloc_samples", "alloc:alloc_size", "lock:lock_count", "lock:lock_time", "exception:exception"]);
        Draw(uploaded).ShouldContain("Kagari.Workload.Calculation.Seventy");
        var id = uploaded.GetProperty("id").GetString();
        Draw(await OkAsync(server, "Get", $$"""{"id":"{{id}}","profileType":"exception:exception"}""")).ShouldContain("Kagari.Workload.WorkloadException");
    }

    [Fact]
    public async Task Diff_OfTwoFiles_IsACommonType()
    {
        await using var server = await LiveServer.StartAsync();
        var left = (await OkAsync(server, "Upload", Upload("l", Pprof))).GetProperty("id").GetString();
        var right = (await OkAsync(server, "Upload", Upload("r", Drawings.Pprof("a;b 4,5 | d 1,1", "samples:count", "cpu:nanoseconds")))).GetProperty("id").GetString();
        var heap = (await OkAsync(server, "Upload", Upload("h", Drawings.Pprof("a 1", "inuse_space:bytes")))).GetProperty("id").GetString();
        var diff = await OkAsync(server, "Diff", $$"""{"leftId":"{{left}}","rightId":"{{right}}","profileType":"cpu"}""");
        diff.GetProperty("profileTypes").EnumerateArray().Select(t => t.GetString()).ShouldBe(["samples", "cpu"]);
        using var json = JsonDocument.Parse(diff.GetProperty("flamebearerProfile").GetString()!);
        (json.RootElement.GetProperty("leftTicks").GetInt64(), json.RootElement.GetProperty("rightTicks").GetInt64()).ShouldBe((30, 6));
        (await RefusedAsync(server, "Diff", $$"""{"leftId":"{{left}}","rightId":"{{heap}}"}""", 400)).ShouldContain("no type in common: samples, cpu and inuse_space");
    }

    [Fact]
    public async Task Names_OfAnyForm_ComeBack()
    {
        await using var server = await LiveServer.StartAsync();
        foreach (var name in new[] { "x.tmp", ".tmp", new string('n', 140), new string('n', 400), "", "..", "a/b" })
        {
            var id = (await OkAsync(server, "Upload", Upload(name, "a 1\n"u8.ToArray()))).GetProperty("id").GetString();
            var got = await OkAsync(server, "Get", $$"""{"id":"{{id}}"}""");
            (got.TryGetProperty("name", out var back) ? back.GetString() : "").ShouldBe(name);
        }
        (await OkAsync(server, "List", "{}")).GetProperty("profiles").GetArrayLength().ShouldBe(7);
    }

    [Fact]
    public async Task Profiles_OfOneName_AreToldApart()
    {
        await using var server = await LiveServer.StartAsync();
        const string file = """{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[{"name":"x"},{"name":"y"}]},"profiles":[{"type":"sampled","name":"w","unit":"none","startValue":0,"samples":[[0]],"weights":[1]},{"type":"sampled","name":"w","unit":"none","startValue":5,"samples":[[1]],"weights":[70]}]}""";
        var answer = await OkAsync(server, "Upload", Upload("w", Encoding.UTF8.GetBytes(file)));
        answer.GetProperty("profileTypes").EnumerateArray().Select(t => t.GetString()).ShouldBe(["w:samples", "w (2):samples"]);
        Draw(await OkAsync(server, "Get", $$"""{"id":"{{answer.GetProperty("id").GetString()}}","profileType":"w (2):samples"}""")).ShouldBe("total 70, y");
    }

    [Fact]
    public async Task ReadsBesideWrites_NeverFail()
    {
        await using var server = await LiveServer.StartAsync();
        using var stop = new CancellationTokenSource();
        var reading = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) (await SendAsync(server, "List", "{}", null)).Status.ShouldBe(200);
        })).ToArray();
        for (var i = 0; i < 60; i++) await OkAsync(server, "Upload", Upload($"f{i}", "a 1\n"u8.ToArray()));
        await stop.CancelAsync();
        await Task.WhenAll(reading);
    }

    [Theory]
    [InlineData("Upload", """{"name":"a","profile":"%%%"}""", 400, "profile is no base64")]
    [InlineData("Upload", """{"name":"a"}""", 400, "profile is empty")]
    [InlineData("Upload", """{"name":"a","profile":"AQID"}""", 400, "'a' cannot be read as a profile")]
    [InlineData("Get", """{"id":"../../secret"}""", 400, "'../../secret' is no id of an uploaded profile")]
    [InlineData("Get", """{"id":""}""", 400, "'' is no id")]
    [InlineData("Get", """{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV-a"}""", 404, "is not there")]
    [InlineData("Diff", """{"leftId":"01ARZ3NDEKTSV4RRFFQ69G5FAV-a"}""", 404, "is not there")]
    public async Task Wrong_IsNamed(string method, string json, int status, string message)
    {
        await using var server = await LiveServer.StartAsync();
        (await RefusedAsync(server, method, json, status)).ShouldContain(message);
    }

    [Fact]
    public async Task Limits_AndTenants_Hold()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { MaxProfileSizeBytes = 40 }, multitenancy: true);
        (await RefusedAsync(server, "List", "{}", 401)).ShouldContain("no org id");
        (await RefusedAsync(server, "Upload", Upload("a", new byte[41]), 400, "t1")).ShouldContain("max_profile_size_bytes, limit: 40");
        var id = (await OkAsync(server, "Upload", Upload("a", "a 1\n"u8.ToArray()), "t1")).GetProperty("id").GetString();
        (await RefusedAsync(server, "Get", $$"""{"id":"{{id}}"}""", 404, "t2")).ShouldContain("is not there");
        (await OkAsync(server, "List", "{}", "t2")).TryGetProperty("profiles", out _).ShouldBeFalse();
    }

    private static string Upload(string name, byte[] file) => $$"""{"name":"{{name}}","profile":"{{Convert.ToBase64String(file)}}"}""";

    private static async Task<JsonElement> OkAsync(LiveServer server, string method, string json, string? tenant = null)
    {
        var (status, body) = await SendAsync(server, method, json, tenant);
        status.ShouldBe(200, body);
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    private static async Task<string> RefusedAsync(LiveServer server, string method, string json, int expected, string? tenant = null)
    {
        var (status, body) = await SendAsync(server, method, json, tenant);
        status.ShouldBe(expected, body);
        return body;
    }

    private static Task<(int Status, string Body)> SendAsync(LiveServer server, string method, string json, string? tenant)
    {
        var request = RpcRequests.Json($"/adhocprofiles.v1.AdHocProfileService/{method}", json);
        if (tenant is not null) request.Headers.Add("X-Scope-OrgID", tenant);
        return server.SendAsync(request);
    }

    /// <summary>Total and names of a flame graph.</summary>
    private static string Draw(JsonElement answer)
    {
        using var json = JsonDocument.Parse(answer.GetProperty("flamebearerProfile").GetString()!);
        var flame = json.RootElement.GetProperty("flamebearer");
        return $"total {flame.GetProperty("numTicks").GetInt64()}, {string.Join(", ", flame.GetProperty("names").EnumerateArray().Select(n => n.GetString()).Where(n => n != "total").Order(StringComparer.Ordinal))}";
    }
}
