using System.Text.Json;
using Kagari.Profiles;
using Kagari.Server.Ingest;
using Kagari.Server.Tests.Ingest;
using Kagari.Storage;
using Kagari.Testing;

namespace Kagari.Server.Tests.Retention;

/// <summary><c>POST /api/v1/delete</c>, as docs/guide/retention.md has it, and pushes on a full disk.</summary>
public sealed class DeletionEndpointTests
{
    private static readonly byte[] Pprof = Drawings.Pprof("main;work 3,30 | main 1,10", "samples:count", "cpu:nanoseconds");

    [Fact]
    public async Task Delete_OneService_LeavesTheOthers()
    {
        await using var server = await OpenAsync();
        var dry = await DeleteAsync(server, ("query", "{service_name=\"cart\"}"), ("from", "now-1h"), ("dryRun", "true"));
        dry.GetProperty("rows").GetInt64().ShouldBe(2);
        dry.GetProperty("dryRun").GetBoolean().ShouldBeTrue();
        dry.TryGetProperty("bytesAfter", out _).ShouldBeFalse();
        (await server.StacksAsync()).ShouldBe("main 20 | main;work 60", "a dry run deletes nothing");

        var deleted = await DeleteAsync(server, ("query", "{service_name=\"cart\"}"), ("from", "now-1h"));
        deleted.GetProperty("series").GetInt64().ShouldBe(2);
        deleted.GetProperty("bytesAfter").GetInt64().ShouldBeLessThan(deleted.GetProperty("bytesBefore").GetInt64());
        var matched = deleted.GetProperty("matched")[0];
        matched.GetProperty("service").GetString().ShouldBe("cart");
        matched.GetProperty("type").GetString().ShouldBe(LiveServer.CpuType);
        matched.GetProperty("from").GetInt64().ShouldBeInRange(server.NowMillis, server.NowMillis + 600_000);
        (await server.StacksAsync()).ShouldBe("main 10 | main;work 30");
        (await server.ValuesAsync("service_name")).ShouldBe("web");
        var metrics = await server.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        metrics.ShouldContain("kagari_retention_removed_rows_total{reason=\"request\",tenant=\"anonymous\"} 1\n");
        metrics.ShouldContain("kagari_storage_min_free_bytes ");
    }

    [Fact]
    public async Task Delete_OneProfileType_DropsItsColumnAlone()
    {
        await using var server = await OpenAsync();
        const string Samples = "process_cpu:samples:count::";
        (await DeleteAsync(server, ("query", Samples + "{service_name=\"cart\"}"), ("from", "0"))).GetProperty("rows").GetInt64().ShouldBe(1);
        (await server.StacksAsync(Samples)).ShouldBe("main 1 | main;work 3");
        (await server.StacksAsync()).ShouldBe("main 20 | main;work 60");
    }

    [Fact]
    public async Task Delete_AllOfOneTenant_NeedsTheWordAndLeavesOtherTenants()
    {
        await using var server = await LiveServer.StartAsync(multitenancy: true);
        foreach (var tenant in new[] { "b", "a" })
        {
            server.Http.DefaultRequestHeaders.Remove("X-Scope-OrgID");
            server.Http.DefaultRequestHeaders.Add("X-Scope-OrgID", tenant);
            (await server.PushAsync(Pprof)).Status.ShouldBe(200);
        }
        (await DeleteAsync(server, ("all", "true"), ("from", "0"))).GetProperty("rows").GetInt64().ShouldBe(2);
        (await server.ValuesAsync("service_name")).ShouldBe("");
        server.Http.DefaultRequestHeaders.Remove("X-Scope-OrgID");
        server.Http.DefaultRequestHeaders.Add("X-Scope-OrgID", "b");
        (await server.ValuesAsync("service_name")).ShouldBe("cart");
        server.Http.DefaultRequestHeaders.Remove("X-Scope-OrgID");
        server.Http.DefaultRequestHeaders.Add("X-Scope-OrgID", "a|b");
        (await SendAsync(server, ("all", "true"), ("from", "0"))).Body.ShouldContain("names 2 tenants; writes take one");
    }

    [Theory]
    [InlineData("from=0", "\\\"query\\\" is required: a selector such as {service_name=\\\"cart\\\"}, or all=true for everything")]
    [InlineData("from=0&query=", "\\\"query\\\" is required")]
    [InlineData("from=0&query={}", "\\\"query\\\" is '{}', which matches everything; say so with all=true")]
    [InlineData("from=0&query={a=\"b\"}&all=true", "one of both must go")]
    [InlineData("from=0&query={a=}", "\\\"query\\\": parse error at char 4 of '{a=}'")]
    [InlineData("query={a=\"b\"}", "\\\"from\\\" is required")]
    [InlineData("query={a=\"b\"}&from=yesterday", "\\\"from\\\" is 'yesterday', which is no time; write now, now-30d")]
    [InlineData("query={a=\"b\"}&from=0&until=tomorrow", "\\\"until\\\" is 'tomorrow', which is no time")]
    [InlineData("query={a=\"b\"}&from=now-1x", "\\\"from\\\" is 'now-1x', which is no time")]
    [InlineData("query={a=\"b\"}&from=now&until=now-1h", "\\\"from\\\" (now) lies after \\\"until\\\" (now-1h)")]
    [InlineData("query={a=\"b\"}&from=0&dryRun=maybe", "\\\"dryRun\\\" is 'maybe'; expected true or false")]
    [InlineData("query={a=\"b\"}&from=0&all=yes", "\\\"all\\\" is 'yes'; expected true or false")]
    public async Task Delete_WrongParameter_IsNamedAndDeletesNothing(string parameters, string message)
    {
        await using var server = await OpenAsync();
        var (status, body) = await SendAsync(server, [.. parameters.Split('&').Select(p => p.Split('=', 2)).Select(p => (p[0], p[1]))]);
        status.ShouldBe(400, body);
        body.ShouldContain(message);
        (await server.StacksAsync()).ShouldBe("main 20 | main;work 60");
    }

    [Fact]
    public async Task Delete_ByGet_IsNotAllowed()
    {
        await using var server = await LiveServer.StartAsync();
        using var response = await server.Http.GetAsync(new Uri("/api/v1/delete?all=true&from=0", UriKind.Relative), TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(405);
    }

    [Fact]
    public async Task Push_NearlyFullDisk_IsRefusedWithPlaceSizesAndSetting()
    {
        Assert.SkipWhen(new DriveInfo(Path.GetTempPath()).TotalSize < 10L << 30, "Of small disks only a twentieth is kept free.");
        await using var server = await LiveServer.StartAsync(space: new DiskSpaceOptions { MinFreeBytes = 1L << 60 });
        var (status, body) = await server.PushAsync(Pprof);
        status.ShouldBe(429, body);
        body.ShouldContain("resource_exhausted");
        body.ShouldMatch(@"The disk of '[^']+' has \d+(\.\d)? .?B free; profiles are refused below 1153 PB \(setting storage\.min_free_bytes\)\.");
        (status, body) = await server.IngestAsync($"name=shop&from={server.NowSeconds}", "main 1\n");
        status.ShouldBe(507, body);
        server.Discarded(DiscardReason.StorageFull).ShouldBe(2);
        (await server.StacksAsync()).ShouldBe("", "queries are answered");
    }

    private static async Task<LiveServer> OpenAsync()
    {
        var server = await LiveServer.StartAsync();
        foreach (var service in new[] { "cart", "web" })
            (await server.PushAsync(Pprof, ("__name__", "process_cpu"), ("service_name", service))).Status.ShouldBe(200);
        return server;
    }

    private static async Task<JsonElement> DeleteAsync(LiveServer server, params (string Name, string Value)[] parameters)
    {
        var (status, body) = await SendAsync(server, parameters);
        status.ShouldBe(200, body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.Clone();
    }

    private static Task<(int Status, string Body)> SendAsync(LiveServer server, params (string Name, string Value)[] parameters) =>
        server.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/delete")
        {
            Content = new FormUrlEncodedContent(parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))),
        });
}
