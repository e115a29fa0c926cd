using Kagari.Server.Authentication.Enforcement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Tests.Authentication.Enforcement;

/// <summary>Every route that there is, whoever added it, against every kind of caller.</summary>
public sealed class EveryRouteTests
{
    private static readonly string?[] Callers = [null, "kgr_wrong", AuthServer.Reader, AuthServer.Writer, AuthServer.Admin, AuthServer.OfB, AuthServer.Auditor];

    [Fact]
    public async Task Endpoints_All_SayWhoMayCall()
    {
        await using var server = await AuthServer.StartAsync();
        server.Endpoints.Count.ShouldBeGreaterThan(30);
        server.Endpoints.Where(e => e.Metadata.GetMetadata<RequiredAccess>() is null).Select(e => e.DisplayName)
            .ShouldBeEmpty("add .RequireAccess(Access.…) to the call that maps it");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/profiles")]
    public async Task EveryRoute_EveryCaller_AnswersAsItsMetadataSay(string prefix)
    {
        await using var server = await AuthServer.StartAsync(prefix: prefix, auth: (o, _) => o with { FailedLoginsMax = 0, PublicMetrics = false });
        var wrong = new List<string>();
        foreach (var endpoint in server.Endpoints.Cast<RouteEndpoint>())
            foreach (var caller in Callers)
            {
                using var request = Request(endpoint);
                request.Headers.Add("X-Scope-OrgID", "a");
                if (caller is not null) request.Headers.Authorization = AuthServer.Bearer(caller);
                using var response = await server.Http.SendAsync(request);
                var (status, expected) = ((int)response.StatusCode, Expected(endpoint.Metadata.GetMetadata<RequiredAccess>()!.Access, caller));
                // 0: anything that the route itself says.
                if (expected == 0 ? status is 401 or 403 : status != expected) wrong.Add($"{endpoint.RoutePattern.RawText} as {caller}: {status} instead of {expected}");
            }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task EveryRoute_WithoutAuthentication_AsksNobody()
    {
        await using var server = await AuthServer.StartAsync(auth: (_, _) => new Kagari.Server.Authentication.AuthenticationOptions());
        foreach (var endpoint in server.Endpoints.Cast<RouteEndpoint>())
        {
            using var request = Request(endpoint);
            request.Headers.Add("X-Scope-OrgID", "a");
            using var response = await server.Http.SendAsync(request);
            ((int)response.StatusCode).ShouldNotBeOneOf(401, 403);
        }
    }

    [Fact]
    public async Task NoRoute_AndWrongMethod_TellNothingWithoutCredentials()
    {
        await using var server = await AuthServer.StartAsync();
        ((int)(await server.Http.GetAsync("/no/such/route", TestContext.Current.CancellationToken)).StatusCode).ShouldBe(404);
        ((int)(await server.Http.GetAsync("/ingest", TestContext.Current.CancellationToken)).StatusCode).ShouldBe(405);
    }

    private static int Expected(Access access, string? caller)
    {
        if (access == Access.Public) return 0;
        if (caller is null or "kgr_wrong") return 401;
        var isAllowed = access switch
        {
            Access.Known => true,
            Access.Read => caller is AuthServer.Reader or AuthServer.Admin or AuthServer.Auditor,
            Access.Write => caller is AuthServer.Writer or AuthServer.Admin,
            Access.Admin or Access.Operator => caller == AuthServer.Admin,
            Access.Server => caller == AuthServer.Auditor,
            _ => throw new ArgumentOutOfRangeException(nameof(access), access, "has no column in this table"),
        };
        return isAllowed ? 0 : 403;
    }

    private static HttpRequestMessage Request(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["POST"];
        // Parameters of routes, as {id}, are any text here.
        var path = System.Text.RegularExpressions.Regex.Replace("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), @"\{[^}]*\}", "x");
        var request = new HttpRequestMessage(new HttpMethod(methods[0]), path);
        if (methods[0] != "GET") request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        return request;
    }
}
