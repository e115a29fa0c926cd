using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;
using Kagari.Wire.Push;

namespace Kagari.Server.Tests.Authentication.Enforcement;

public sealed class TenantTests
{
    [Theory]
    [InlineData(AuthServer.Reader, "a", 200)]
    [InlineData(AuthServer.Reader, "b", 403)]
    [InlineData(AuthServer.Reader, "a|b", 403)]
    [InlineData(AuthServer.Reader, "b|a", 403)]
    [InlineData(AuthServer.Reader, "a|", 403)]
    [InlineData(AuthServer.Reader, "*", 403)]
    [InlineData(AuthServer.Reader, null, 200)]
    [InlineData(AuthServer.OfBoth, "a|b", 200)]
    [InlineData(AuthServer.OfBoth, "a|c", 403)]
    [InlineData(AuthServer.OfBoth, null, 401)]
    [InlineData(AuthServer.Auditor, "a|b|c", 200)]
    [InlineData(AuthServer.Auditor, null, 401)]
    [InlineData(AuthServer.Auditor, "a/b", 400)]
    public async Task Header_EachCaller_SeesItsTenantsOnly(string token, string? tenants, int expected)
    {
        await using var server = await AuthServer.StartAsync();
        (await server.AskAsync(AuthServer.Bearer(token), tenants)).ShouldBe(expected);
    }

    [Fact]
    public async Task Header_SentTwice_IsNotReadOnceAndCheckedTwice()
    {
        await using var server = await AuthServer.StartAsync();
        var request = AuthServer.Question("a");
        request.Headers.Add("X-Scope-OrgID", "b");
        (await server.SendAsync(request, AuthServer.Bearer(AuthServer.Reader))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Push_WithoutHeader_GoesToTheOnlyTenant()
    {
        await using var server = await AuthServer.StartAsync();
        var push = new PushRequest { Series = { LiveServer.Series(Drawings.Pprof("x 1", "cpu:nanoseconds")) } };
        (await server.SendAsync(RpcRequests.Proto(LiveServer.Push, push), AuthServer.Bearer(AuthServer.Writer))).Status.ShouldBe(200);
        (await server.SendAsync(AuthServer.Question("a"), AuthServer.Bearer(AuthServer.Auditor))).Body.ShouldContain("cart");
        (await server.SendAsync(AuthServer.Question("b"), AuthServer.Bearer(AuthServer.Auditor))).Body.ShouldNotContain("cart");

        // The page for people names only what the caller may see.
        (await server.SendAsync(Page(), AuthServer.Bearer(AuthServer.Reader))).Body.ShouldContain("cart");
        (await server.SendAsync(Page(), AuthServer.Bearer(AuthServer.OfB))).Body.ShouldNotContain("cart");
        static HttpRequestMessage Page() => new(HttpMethod.Get, "/status");
    }

    [Fact]
    public async Task Multitenancy_Off_TakesOnlyThoseOfItsTenant()
    {
        var file = AuthServer.File(AuthServer.Token("any", "t1", "read", "\"*\""), AuthServer.Token("named", "t2", "read", "anonymous"), AuthServer.Token("other", "t3", "read", "a"));
        await using var server = await AuthServer.StartAsync(file, multitenancy: false);
        (await server.AskAsync(AuthServer.Bearer("t1"), "whatever")).ShouldBe(200);
        (await server.AskAsync(AuthServer.Bearer("t2"), null)).ShouldBe(200);
        var (status, body) = await server.SendAsync(AuthServer.Question(), AuthServer.Bearer("t3"));
        (status, body.Contains("setting multitenancy_enabled is false")).ShouldBe((403, true));
    }

    [Fact]
    public async Task Refusals_AreCountedByReason()
    {
        await using var server = await AuthServer.StartAsync();
        await server.AskAsync(null);
        await server.AskAsync(AuthServer.Bearer("x"));
        await server.AskAsync(AuthServer.Bearer(AuthServer.Writer));
        await server.AskAsync(AuthServer.Bearer(AuthServer.OfB));
        var metrics = await server.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        foreach (var reason in new[] { "missing_credentials", "unknown_token", "missing_scope", "other_tenant" })
            metrics.ShouldContain($"kagari_auth_failures_total{{reason=\"{reason}\"}} 1\n");
    }
}
