using Kagari.Server.Tests.Authentication;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;
using Kagari.Wire.Push;

namespace Kagari.Server.Tests.Admin;

/// <summary>Who sees what of <c>/api/v1/admin</c>.</summary>
public sealed class AdminIsolationTests
{
    private const string Root = "kgr_root";

    private static readonly string[] s_routes = ["blocks", "compaction", "queries", "ingest", "tenants", "retention", "tokens"];

    [Fact]
    public async Task EveryRoute_ShowsOnlyTheCallersTenants()
    {
        await using var server = await OpenAsync();
        foreach (var route in s_routes)
        {
            var ofA = await GetAsync(server, route, AuthServer.Admin);
            var ofB = await GetAsync(server, route, AuthServer.OfB);
            ofA.ShouldNotContain("\"b\"", Case.Sensitive, route);
            ofA.ShouldNotContain("web", Case.Sensitive, route);
            ofB.ShouldNotContain("\"a\"", Case.Sensitive, route);
            ofB.ShouldNotContain("cart", Case.Sensitive, route);
            if (route == "compaction") continue;
            ofA.ShouldContain("\"a\"", Case.Sensitive, route);
            ofB.ShouldContain("\"b\"", Case.Sensitive, route);
            // Of all tenants, and of those of them that are named.
            var all = await GetAsync(server, route, Root);
            all.ShouldContain("\"a\"", Case.Sensitive, route);
            all.ShouldContain("\"b\"", Case.Sensitive, route);
            (await GetAsync(server, route, Root, "b")).ShouldNotContain("\"a\"", Case.Sensitive, route);
            (await SendAsync(server, route, AuthServer.Admin, "b")).Status.ShouldBe(403, route);
            (await SendAsync(server, route, AuthServer.Admin, "a|b")).Status.ShouldBe(403, route);
        }
    }

    [Fact]
    public async Task EveryRoute_WithoutTheScope_IsRefused()
    {
        await using var server = await OpenAsync();
        foreach (var route in s_routes)
        {
            foreach (var token in new[] { AuthServer.Reader, AuthServer.Writer, AuthServer.Auditor, AuthServer.OfBoth })
                (await SendAsync(server, route, token)).Status.ShouldBe(403, $"{route} {token}");
            (await SendAsync(server, route, "kgr_nobody")).Status.ShouldBe(401, route);
        }
    }

    [Fact]
    public async Task Tokens_HaveNamesAndNeverASecret()
    {
        await using var server = await OpenAsync();
        var all = await GetAsync(server, "tokens", Root);
        all.ShouldContain("""{"name":"reader","kind":"token","scopes":["read"],"tenants":["a"]}""");
        all.ShouldContain("""{"name":"of-both","kind":"token","scopes":["read","write"],"tenants":["a","b"]}""");
        all.ShouldContain("""{"name":"root","kind":"token","scopes":["admin"],"tenants":["*"]}""");
        all.ShouldContain("""{"name":"ann","kind":"user","scopes":["read"],"tenants":["b"]}""");
        all.ShouldNotContain("kgr_");
        foreach (var token in new[] { AuthServer.Reader, Root }) all.ShouldNotContain(Kagari.Server.Authentication.Credentials.AccessToken.Hash(token));
        all.ShouldNotContain("pbkdf2", Case.Insensitive);
        // Of a credential of several tenants the caller's own are named.
        (await GetAsync(server, "tokens", AuthServer.Admin)).ShouldContain("""{"name":"of-both","kind":"token","scopes":["read","write"],"tenants":["a"]}""");
    }

    private static async Task<AuthServer> OpenAsync()
    {
        var server = await AuthServer.StartAsync(AuthServer.File(
            AuthServer.Token("reader", AuthServer.Reader, "read", "a"), AuthServer.Token("writer", AuthServer.Writer, "write", "a"), AuthServer.Token("admin", AuthServer.Admin, "admin", "a"),
            AuthServer.Token("of-b", AuthServer.OfB, "admin", "b"), AuthServer.Token("of-both", AuthServer.OfBoth, "read, write", "a, b"), AuthServer.Token("auditor", AuthServer.Auditor, "read", "\"*\""),
            AuthServer.Token("root", Root, "admin", "\"*\""), AuthServer.User("ann", "secret", "read", "b")));
        foreach (var (token, service) in new[] { (AuthServer.Admin, "cart"), (AuthServer.OfB, "web") })
        {
            var push = new PushRequest { Series = { LiveServer.Series(Drawings.Pprof("x 1", "cpu:nanoseconds"), ("__name__", "process_cpu"), ("service_name", service)) } };
            (await server.SendAsync(RpcRequests.Proto(LiveServer.Push, push), AuthServer.Bearer(token))).Status.ShouldBe(200);
            (await server.AskAsync(AuthServer.Bearer(token), null)).ShouldBe(200);
        }
        // Questions are kept once their answers are sent.
        while (true)
        {
            var queries = await GetAsync(server, "queries", Root);
            if (queries.Contains("\"a\"", StringComparison.Ordinal) && queries.Contains("\"b\"", StringComparison.Ordinal)) return server;
        }
    }

    private static async Task<string> GetAsync(AuthServer server, string route, string token, string? tenants = null)
    {
        var (status, body) = await SendAsync(server, route, token, tenants);
        status.ShouldBe(200, $"{route} {token}: {body}");
        return body;
    }

    private static Task<(int Status, string Body)> SendAsync(AuthServer server, string route, string token, string? tenants = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/admin/{route}");
        if (tenants is not null) request.Headers.Add("X-Scope-OrgID", tenants);
        return server.SendAsync(request, AuthServer.Bearer(token));
    }
}
