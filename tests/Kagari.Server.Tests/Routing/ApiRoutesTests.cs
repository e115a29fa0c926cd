using System.Text;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Routing;
using Kagari.Server.Tests.Clients;
using Kagari.Server.Tests.Ingest;
using Kagari.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Tests.Routing;

/// <summary>The table of routes against the server: every route is in it, and answers with every status that it names.</summary>
public sealed partial class ApiRoutesTests
{
    [Fact]
    public async Task Table_IsWhatIsMapped()
    {
        await using var server = await LiveServer.StartAsync();
        var mapped = server.Endpoints.Cast<RouteEndpoint>().Select(e => (
            Method: string.Join(", ", (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [ApiRoute.Rpc]).Order(StringComparer.Ordinal)),
            Path: "/" + e.RoutePattern.RawText!.TrimStart('/'),
            e.Metadata.GetMetadata<RequiredAccess>()!.Access));
        ApiRoutes.All.Select(r => (r.Method, r.Path, r.Access)).Order().ShouldBe(mapped.Order());
    }

    /// <summary>Each status that the table documents for a route is seen on it, and the probes see no other.</summary>
    [Fact]
    public async Task EveryRoute_AnswersWithItsDocumentedStatuses()
    {
        await using var github = new LoopbackHttp(r => (200, r.Body.Contains("bad", StringComparison.Ordinal) ? "{}" : """{"access_token":"gho"}"""));
        await using var gitlab = new LoopbackHttp(r => r.PathAndQuery switch
        {
            "/api/v4/projects/a%2Fb/repository/files/x.go/raw?ref=v1" => (200, "package x"),
            "/api/v4/projects/a%2Fb/repository/commits/v1" => (200, """{"id":"1"}"""),
            _ => (404, ""),
        });
        await using var server = await LiveServer.StartAsync(options: o => o with { DebugInfoUploadBytesMax = 1000, Vcs = Sources(github.Url, gitlab.Url), Limits = o.Limits with { RecordingRules = [Fixed], MaxSnapshotBytes = 1000, MaxSnapshots = 2 } });
        (await server.IngestAsync($"name=cart.alloc_objects&from={server.NowSeconds}&until={server.NowSeconds}", "main;work 3\n")).Status.ShouldBe(200);
        await using var empty = await LiveServer.StartAsync();
        var wrong = new List<string>();
        // Ids that a route gave are asked for on those that follow.
        var given = new Dictionary<string, string>(StringComparer.Ordinal) { ["https://github.com"] = github.Url, ["https://gitlab.com"] = gitlab.Url };
        foreach (var route in ApiRoutes.All)
        {
            var seen = new List<int>();
            foreach (var probe in RouteProbes.Of(route, server.NowSeconds))
            {
                using var request = probe.ToRequest(given);
                using var answer = await (probe.OnEmptyServer ? empty : server).Http.SendAsync(request, TestContext.Current.CancellationToken);
                var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                seen.Add((int)answer.StatusCode);
                if ((int)answer.StatusCode != probe.Status) wrong.Add($"{probe}: {(int)answer.StatusCode} {body}");
                else if (probe.Gives is { } name && IdIn().Match(body) is { Success: true } id) given[name] = id.Groups["id"].Value;
            }
            foreach (var status in route.Statuses.Except(seen)) wrong.Add($"{route.Method} {route.Path}: no probe got {status}");
            foreach (var status in seen.Except(route.Statuses)) wrong.Add($"{route.Method} {route.Path}: {status} is not documented");
        }
        wrong.ShouldBeEmpty();
    }

    private static Kagari.Server.Vcs.VcsOptions Sources(string github, string gitlab) => new()
    {
        GithubClientId = "id",
        GithubClientSecret = "hidden",
        GithubSessionSecret = "secret",
        GithubUrl = github,
        GithubApiUrl = github,
        GitlabUrl = gitlab,
    };

    private static Kagari.Wire.Settings.RecordingRule Fixed { get; } = new()
    {
        Id = "fixed",
        MetricName = "profiles_recorded_fixed",
        Matchers = { "{__profile_type__=\"process_cpu:cpu:nanoseconds:cpu:nanoseconds\"}" },
        Provisioned = true,
    };

    [Fact]
    public async Task EveryRoute_OfATenant_Asks401ForIt()
    {
        await using var server = await LiveServer.StartAsync(multitenancy: true);
        var wrong = new List<string>();
        foreach (var route in ApiRoutes.All.Where(r => r.Access is Access.Read or Access.Write or Access.Admin && r.Path != "/api/0/version"))
        {
            var probe = RouteProbes.Of(route, server.NowSeconds)[0];
            using var request = probe.ToRequest([]);
            using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            if ((int)answer.StatusCode != 401) wrong.Add($"{probe}: {(int)answer.StatusCode}");
        }
        wrong.ShouldBeEmpty();
    }

    [System.Text.RegularExpressions.GeneratedRegex("\"id\":\"(?<id>[^\"]+)\"")]
    private static partial System.Text.RegularExpressions.Regex IdIn();
}
