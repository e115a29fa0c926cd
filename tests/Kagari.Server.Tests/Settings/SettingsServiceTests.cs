using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;

namespace Kagari.Server.Tests.Settings;

/// <summary><c>settings.v1.SettingsService</c> over HTTP.</summary>
public sealed class SettingsServiceTests
{
    [Fact]
    public async Task Settings_AreKeptByTenantAndName()
    {
        await using var server = await LiveServer.StartAsync(multitenancy: true);
        (await SendAsync(server, "a", "Get", "{}")).ShouldBe((200, "{}"));
        (await SendAsync(server, "a", "Set", """{"setting":{"name":"z","value":"1","modifiedAt":"5"}}""")).ShouldBe((200, """{"setting":{"name":"z","value":"1","modifiedAt":"5"}}"""));
        (await SendAsync(server, "a", "Set", """{"setting":{"name":"b","value":"ü \"x\"","modifiedAt":"6"}}""")).Status.ShouldBe(200);
        (await SendAsync(server, "a", "Get", "{}")).Body.ShouldBe("""{"settings":[{"name":"b","value":"ü \"x\"","modifiedAt":"6"},{"name":"z","value":"1","modifiedAt":"5"}]}""");
        (await SendAsync(server, "b", "Get", "{}")).Body.ShouldBe("{}");
        (await SendAsync(server, "a", "Set", """{"setting":{"name":"z","value":"0","modifiedAt":"4"}}""")).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(409), r => r.Body.ShouldContain("newer update already written"));
        (await SendAsync(server, "a", "Delete", """{"name":"b"}""")).ShouldBe((200, "{}"));
        (await SendAsync(server, "a", "Delete", """{"name":"b"}""")).ShouldBe((200, "{}"));
        (await SendAsync(server, "a", "Get", "{}")).Body.ShouldBe("""{"settings":[{"name":"z","value":"1","modifiedAt":"5"}]}""");
    }

    [Fact]
    public async Task Set_WithoutTime_GetsTheTimeNow()
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await SendAsync(server, null, "Set", """{"setting":{"name":"n","value":"v"}}""");
        status.ShouldBe(200);
        long.Parse(body.Split("modifiedAt\":\"")[1].Split('"')[0], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(server.NowMillis - 60_000, server.NowMillis + 600_000);
    }

    [Fact]
    public async Task Set_ManyAtOnce_LosesNone()
    {
        await using var server = await LiveServer.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 30).Select(async i => (await SendAsync(server, null, "Set", $$$"""{"setting":{"name":"n{{{i:d2}}}","value":"{{{i}}}","modifiedAt":"1"}}""")).Status.ShouldBe(200)));
        (await SendAsync(server, null, "Get", "{}")).Body.Split("\"name\"").Length.ShouldBe(31);
    }

    [Theory]
    [InlineData("Set", "{}", "no setting values provided")]
    [InlineData("Set", """{"setting":{"value":"x"}}""", "no setting name provided")]
    [InlineData("Delete", "{}", "no setting name provided")]
    public async Task Wrong_IsNamed(string method, string json, string message)
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await SendAsync(server, null, method, json);
        (status, body.Contains(message, StringComparison.Ordinal)).ShouldBe((400, true), body);
        (await SendAsync(server, null, "Set", $$$"""{"setting":{"name":"n","value":"{{{new string('x', 70_000)}}}"} }""")).Body.ShouldContain("the limit is 65536");
    }

    private static Task<(int Status, string Body)> SendAsync(LiveServer server, string? tenant, string method, string json)
    {
        var request = RpcRequests.Json($"/settings.v1.SettingsService/{method}", json);
        if (tenant is not null) request.Headers.Add("X-Scope-OrgID", tenant);
        return server.SendAsync(request);
    }
}
