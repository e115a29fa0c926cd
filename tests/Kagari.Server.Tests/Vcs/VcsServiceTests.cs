using System.Text;
using System.Text.Json;
using Kagari.Server.Tests.Clients;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;
using Kagari.Server.Vcs;

namespace Kagari.Server.Tests.Vcs;

/// <summary>Source code from hosts over loopback that answer as GitHub's and GitLab's documents say.</summary>
public sealed class VcsServiceTests
{
    private const string Service = "/vcs.v1.VCSService/", Secret = "session-secret";

    [Fact]
    public async Task Github_FromLoginToFileAndCommit()
    {
        await using var github = new LoopbackHttp(Github);
        await using var server = await StartAsync(github);
        var app = await OkAsync(server, "GithubApp", "{}");
        (app.GetProperty("clientID").GetString(), app.GetProperty("callbackURL").GetString()).ShouldBe(("client", "https://grafana.example/back"));

        var login = await OkAsync(server, "GithubLogin", """{"authorizationCode":"good"}""");
        long.Parse(login.GetProperty("tokenExpiresAt").GetString()!).ShouldBeGreaterThan(server.NowMillis);
        long.Parse(login.GetProperty("refreshTokenExpiresAt").GetString()!).ShouldBeGreaterThan(server.NowMillis + 1_000_000_000);
        login.GetProperty("cookie").GetString()!.ShouldStartWith("pyroscope_git_session=");
        var token = login.GetProperty("token").GetString()!;
        token.ShouldNotContain("gho_");
        Encoding.UTF8.GetString(Convert.FromBase64String(token)).ShouldNotContain("gho_");

        var file = await OkAsync(server, "GetFile", Question(github, "main/cart.go"), token);
        Encoding.UTF8.GetString(Convert.FromBase64String(file.GetProperty("content").GetString()!)).ShouldBe("package main // cart");
        file.GetProperty("URL").GetString().ShouldBe($"{github.Url}/shop/cart/blob/main/main/cart.go");

        var commit = await OkAsync(server, "GetCommit", $$"""{"repositoryURL":"{{github.Url}}/shop/cart","ref":"refs/heads/main"}""", token);
        commit.GetProperty("sha").GetString().ShouldBe("0123abc");
        commit.GetProperty("author").GetProperty("login").GetString().ShouldBe("ann");
        commit.GetProperty("message").GetString().ShouldBe("cart: faster");
        var commits = await OkAsync(server, "GetCommits", $$"""{"repository_url":"{{github.Url}}/shop/cart","refs":["heads/main","heads/main"]}""", token);
        commits.GetProperty("commits").GetArrayLength().ShouldBe(2);

        var refreshed = await OkAsync(server, "GithubRefresh", "{}", token);
        await OkAsync(server, "GetFile", Question(github, "main/cart.go"), refreshed.GetProperty("token").GetString()!);
    }

    [Theory]
    [InlineData("/build/agent/work/shop/main/cart.go", "", "package main // cart")]
    [InlineData("github.com/shop/cart/main/cart.go", "", "package main // cart")]
    [InlineData("/usr/local/go/src/runtime/proc.go", "", "package runtime")]
    [InlineData("/root/go/pkg/mod/github.com/prometheus/common@v0.45.0/model/time.go", "", "package model")]
    [InlineData("/somewhere/generated/x.go", "", "mapped locally")]
    [InlineData("whatever.js", "special.run", "mapped elsewhere")]
    [InlineData("/usr/lib/python3.11/json/decoder.py", "", "# json")]
    public async Task GetFile_FindsByMappingsLanguageAndPath(string localPath, string function, string expected)
    {
        await using var github = new LoopbackHttp(Github);
        await using var server = await StartAsync(github);
        var file = await OkAsync(server, "GetFile", Question(github, localPath, function), TokenOf());
        Encoding.UTF8.GetString(Convert.FromBase64String(file.GetProperty("content").GetString()!)).ShouldBe(expected);
        github.Paths.Count.ShouldBeLessThan(12, "hosts count requests");
    }

    [Fact]
    public async Task Wrong_IsNamed()
    {
        await using var github = new LoopbackHttp(Github);
        await using var server = await StartAsync(github);
        (await AskAsync(server, "GetFile", Question(github, "main/cart.go"), null)).ShouldStartWith("401 {\"code\":\"unauthenticated\",\"message\":\"invalid token");
        (await AskAsync(server, "GetFile", Question(github, "main/cart.go"), "bm8=")).ShouldStartWith("401");
        (await AskAsync(server, "GetFile", Question(github, "main/cart.go"), TokenOf(tenant: "other"))).ShouldStartWith("401");
        (await AskAsync(server, "GetFile", Question(github, "main/cart.go"), TokenOf(secondsLeft: -1))).ShouldContain("token is expired");
        (await AskAsync(server, "GetFile", Question(github, "no/such.go"), TokenOf())).ShouldStartWith("404");
        (await AskAsync(server, "GetFile", """{"repositoryURL":"https://elsewhere.example/a/b","ref":"main","localPath":"x"}""", TokenOf())).ShouldContain("only GitHub and GitLab repositories are supported");
        (await AskAsync(server, "GetFile", """{"repositoryURL":"file:///etc/passwd","localPath":"x"}""", TokenOf())).ShouldStartWith("400");
        (await AskAsync(server, "GithubLogin", """{"authorizationCode":"bad"}""", null)).ShouldContain("The code passed is incorrect");
        (await AskAsync(server, "GetCommit", $$"""{"repositoryURL":"{{github.Url}}/shop/cart","ref":"nowhere"}""", TokenOf())).ShouldStartWith("404");
        await using var unconfigured = await LiveServer.StartAsync();
        (await AskAsync(unconfigured, "GithubApp", "{}", null)).ShouldBe("501 {\"code\":\"unimplemented\",\"message\":\"GitHub integration is not configured\"}");
    }

    [Fact]
    public async Task Gitlab_IsReadWithTheServersToken()
    {
        string? token = null;
        await using var gitlab = new LoopbackHttp(r =>
        {
            token = r.Headers["PRIVATE-TOKEN"];
            return r.PathAndQuery switch
            {
                "/api/v4/projects/group%2Fsub%2Fcart/repository/files/src%2Fcart.rs/raw?ref=v1" => (200, "fn main() {}"),
                "/api/v4/projects/group%2Fsub%2Fcart/repository/commits/v1" => (200, """{"id":"abc","message":"m","author_name":"Ann","authored_date":"2026-01-01T00:00:00Z","web_url":"https://x"}"""),
                _ => (404, ""),
            };
        });
        await using var server = await LiveServer.StartAsync(options: o => o with { Vcs = new VcsOptions { GitlabUrl = gitlab.Url, GitlabToken = "glpat" } });
        var file = await OkAsync(server, "GetFile", $$"""{"repositoryURL":"{{gitlab.Url}}/group/sub/cart.git","ref":"v1","localPath":"/app/src/cart.rs"}""");
        Convert.FromBase64String(file.GetProperty("content").GetString()!).ShouldBe("fn main() {}"u8.ToArray());
        token.ShouldBe("glpat");
        (await OkAsync(server, "GetCommit", $$"""{"repositoryURL":"{{gitlab.Url}}/group/sub/cart","ref":"v1"}""")).GetProperty("author").GetProperty("login").GetString().ShouldBe("Ann");
    }

    [Fact]
    public async Task Template_LeadsToAFile_AndNowhereElse()
    {
        await using var host = new LoopbackHttp(r => r.PathAndQuery == "/shop/cart/raw/v1%3F/src/a%20b.c" ? (200, "int x;") : (404, ""));
        await using var server = await LiveServer.StartAsync(options: o => o with { Vcs = new VcsOptions { RawUrlTemplate = host.Url + "/{repository}/raw/{ref}/{path}" } });
        var file = await OkAsync(server, "GetFile", """{"repositoryURL":"https://git.example/shop/cart","ref":"v1?","localPath":"/home/build/src/a b.c"}""");
        Convert.FromBase64String(file.GetProperty("content").GetString()!).ShouldBe("int x;"u8.ToArray());
        (await AskAsync(server, "GetCommit", """{"repositoryURL":"https://git.example/shop/cart","ref":"v1"}""", null)).ShouldContain("vcs.raw_url_template");
        host.Paths.ShouldAllBe(p => p.StartsWith("/shop/cart/raw/v1%3F/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"repositoryURL":"https://git.example/o/n","ref":"..","rootPath":"../../../admin","localPath":"x.c"}""")]
    [InlineData("""{"repositoryURL":"https://git.example/o/n","ref":"../../..","localPath":"admin"}""")]
    [InlineData("""{"repositoryURL":"https://git.example/o/n","ref":"v1","rootPath":"../..","localPath":"x"}""")]
    public async Task GetFile_ThatLeadsOutOfTheRepository_AsksNobody(string question)
    {
        await using var host = new LoopbackHttp(_ => (200, "secret"));
        await using var server = await LiveServer.StartAsync(options: o => o with { Vcs = new VcsOptions { RawUrlTemplate = host.Url + "/{repository}/raw/{ref}/{path}" } });
        (await AskAsync(server, "GetFile", question, null)).ShouldStartWith("400");
        host.Paths.ShouldBeEmpty();
    }

    /// <summary>A file of the repository that would end the process, were it read as a tree.</summary>
    [Fact]
    public async Task GetFile_WithHostileMappings_GoesOn()
    {
        await using var host = new LoopbackHttp(r => r.PathAndQuery.EndsWith(".yaml", StringComparison.Ordinal) ? (200, new string('[', 200_000)) : (200, "int x;"));
        await using var server = await LiveServer.StartAsync(options: o => o with { Vcs = new VcsOptions { RawUrlTemplate = host.Url + "/{repository}/raw/{ref}/{path}", RawUrlAuthorization = "Bearer hidden" } });
        (await AskAsync(server, "GetFile", """{"repositoryURL":"https://git.example/o/n","ref":"v1","localPath":"x.c"}""", null)).ShouldStartWith("200");
        (await server.Http.GetStringAsync("/api/v1/status/config", TestContext.Current.CancellationToken)).ShouldNotContain("hidden");
    }

    [Theory]
    [InlineData("https://git.example/{path}?private_token=x")]
    [InlineData("https://me:secret@git.example/{path}")]
    [InlineData("https://{host}/{repository}/{ref}/{path}")]
    [InlineData("https://git.example/{repository}")]
    [InlineData("ftp://git.example/{path}")]
    public void Template_ThatCouldLeadAnywhere_IsRefused(string template) => Kagari.Server.Vcs.Hosts.TemplateHost.Check(template).ShouldNotBeNull();

    private static (int Status, string Body) Github(LoopbackRequest request) => request.PathAndQuery switch
    {
        "/login/oauth/access_token" when request.Body.Contains("code=bad", StringComparison.Ordinal) => (200, """{"error":"bad_verification_code","error_description":"The code passed is incorrect or expired."}"""),
        "/login/oauth/access_token" => (200, """{"access_token":"gho_secret","expires_in":28800,"refresh_token":"ghr_secret","refresh_token_expires_in":15897600,"token_type":"bearer"}"""),
        _ when request.Headers["Authorization"] != "Bearer gho_secret" => (401, ""),
        "/repos/shop/cart/contents/main/cart.go?ref=main" => (200, "package main // cart"),
        "/repos/shop/cart/contents/go.mod?ref=main" => (200, "module github.com/shop/cart\n\ngo 1.22\n"),
        "/repos/shop/cart/contents/.pyroscope.yaml?ref=main" => (200, """
            source_code:
              mappings:
                - path: [{prefix: /somewhere/generated}]
                  language: go
                  source: {local: {path: gen}}
                - function_name: [{prefix: special.}]
                  source: {github: {owner: other, repo: lib, ref: v2, path: src}}
            """),
        "/repos/shop/cart/contents/gen/x.go?ref=main" => (200, "mapped locally"),
        "/repos/other/lib/contents/src/whatever.js?ref=v2" => (200, "mapped elsewhere"),
        "/repos/golang/go/contents/src/runtime/proc.go?ref=go1.22.0" => (200, "package runtime"),
        "/repos/prometheus/common/contents/model/time.go?ref=v0.45.0" => (200, "package model"),
        "/repos/python/cpython/contents/Lib/json/decoder.py?ref=3.11" => (200, "# json"),
        "/repos/shop/cart/commits/heads/main" => (200, """{"sha":"0123abc","html_url":"https://github.com/shop/cart/commit/0123abc","commit":{"message":"cart: faster","author":{"date":"2026-01-02T03:04:05Z"}},"author":{"login":"ann","avatar_url":"https://x/a.png"}}"""),
        _ => (404, ""),
    };

    private static Task<LiveServer> StartAsync(LoopbackHttp github) => LiveServer.StartAsync(options: o => o with
    {
        Vcs = new VcsOptions { GithubClientId = "client", GithubClientSecret = "hidden", GithubCallbackUrl = "https://grafana.example/back", GithubSessionSecret = Secret, GithubUrl = github.Url, GithubApiUrl = github.Url },
    });

    private static string TokenOf(string tenant = "anonymous", int secondsLeft = 3600) =>
        new GithubSession("gho_secret", "ghr_secret", TimeProvider.System.GetUtcNow().AddSeconds(secondsLeft)).Encode(Secret, tenant);

    private static string Question(LoopbackHttp github, string localPath, string function = "") =>
        $$"""{"repositoryURL":"{{github.Url}}/shop/cart","ref":"main","localPath":"{{localPath}}","rootPath":"","functionName":"{{function}}"}""";

    private static async Task<JsonElement> OkAsync(LiveServer server, string method, string json, string? token = null)
    {
        var answer = await AskAsync(server, method, json, token);
        answer.ShouldStartWith("200 ");
        return JsonDocument.Parse(answer[4..]).RootElement;
    }

    private static async Task<string> AskAsync(LiveServer server, string method, string json, string? token)
    {
        var request = RpcRequests.Json(Service + method, json);
        if (token is not null) request.Headers.TryAddWithoutValidation("Cookie", $"pyroscope_git_session={Uri.EscapeDataString(token)}");
        var (status, body) = await server.SendAsync(request);
        return $"{status} {body}";
    }
}
