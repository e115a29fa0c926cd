using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Authentication;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Ui;

namespace Kagari.Server.Tests.Ui;

/// <summary>The user interface over HTTP, as browsers, proxies and tools ask for it.</summary>
public sealed class UiEndpointTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/explore?query=x")]
    [InlineData("/compare")]
    [InlineData("/functions")]
    [InlineData("/functions/github.com/a/b.(*T).Do%3CX%3E")]
    [InlineData("/labels")]
    [InlineData("/upload")]
    [InlineData("/admin")]
    [InlineData("/admin/limits/x")]
    [InlineData("/s/0123456789abcdef")]
    public async Task View_AnyDepth_IsTheShell(string path)
    {
        await using var server = await LiveServer.StartAsync();
        using var answer = await server.Http.GetAsync(path, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("<head lang=\"en\"><base href=\"/\"><script src=\"./assets/app-1.js\">");
    }

    [Fact]
    public async Task View_UnderAPrefix_SaysWhereTheRootIs()
    {
        await using var server = await LiveServer.StartAsync(options: o => o with { PathPrefix = "/a/b&c" });
        foreach (var path in new[] { "/a/b&c", "/a/b&c/", "/a/b&c/s/x" })
            (await server.Http.GetStringAsync(path, TestContext.Current.CancellationToken)).ShouldContain("<base href=\"/a/b&amp;c/\"><script");
        (await server.Http.GetStringAsync("/a/b&c/assets/app-1.js", TestContext.Current.CancellationToken)).ShouldBe(FakeUi.Script);
        (await StatusAsync(server, "/explore")).ShouldBe(404);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br;q=0.9, zstd", "br")]
    [InlineData("gzip, br;q=0", "gzip")]
    [InlineData("gzip", "gzip")]
    [InlineData("identity", "")]
    [InlineData(null, "")]
    public async Task Asset_EachEncoding_IsTheSameText(string? accepted, string encoding)
    {
        await using var server = await LiveServer.StartAsync();
        foreach (var (path, text) in new[] { ("/assets/app-1.js", FakeUi.Script), ("/", "<!doctype html>") })
        {
            using var answer = await SendAsync(server, HttpMethod.Get, path, ("Accept-Encoding", accepted));
            string.Join(',', answer.Content.Headers.ContentEncoding).ShouldBe(encoding);
            answer.Headers.Vary.ShouldBe(["Accept-Encoding"]);
            var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            if (encoding == "br") body = new BrotliStream(body, CompressionMode.Decompress);
            else if (encoding == "gzip") body = new GZipStream(body, CompressionMode.Decompress);
            using var reader = new StreamReader(body, Encoding.UTF8);
            (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldStartWith(text);
        }
    }

    [Theory]
    [InlineData("/assets/app-1.js", "text/javascript; charset=utf-8", 200)]
    [InlineData("/assets/style-2.css", "text/css; charset=utf-8", 200)]
    [InlineData("/assets/sans-3.woff2", "font/woff2", 200)]
    [InlineData("/assets/app-0.js", "text/plain; charset=utf-8", 404)]
    [InlineData("/assets/", "text/plain; charset=utf-8", 404)]
    [InlineData("/assets/../index.html", "", 404)]
    [InlineData("/assets/%2e%2e/index.html", "", 404)]
    public async Task Asset_IsKeptForeverOrMissing(string path, string type, int status)
    {
        await using var server = await LiveServer.StartAsync();
        using var answer = await SendAsync(server, HttpMethod.Get, path);
        ((int)answer.StatusCode).ShouldBe(status);
        (answer.Content.Headers.ContentType?.ToString() ?? "").ShouldBe(type);
        (answer.Headers.CacheControl?.ToString() ?? "").ShouldBe(status == 200 ? "public, max-age=31536000, immutable" : "");
    }

    [Fact]
    public async Task Head_HasTheHeadersOfGet()
    {
        await using var server = await LiveServer.StartAsync();
        foreach (var path in new[] { "/", "/assets/app-1.js", "/assets/sans-3.woff2" })
        {
            using var get = await SendAsync(server, HttpMethod.Get, path);
            using var head = await SendAsync(server, HttpMethod.Head, path);
            head.StatusCode.ShouldBe(HttpStatusCode.OK);
            head.Content.Headers.ContentLength.ShouldBe(get.Content.Headers.ContentLength);
            (await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Shell_ThatTheBrowserHas_IsNotSentAgain()
    {
        await using var server = await LiveServer.StartAsync();
        using var first = await SendAsync(server, HttpMethod.Get, "/");
        var tag = first.Headers.ETag!.ToString();
        using var again = await SendAsync(server, HttpMethod.Get, "/explore", ("If-None-Match", $"\"other\", {tag}"));
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        again.Headers.ETag!.ToString().ShouldBe(tag);
        using var other = await SendAsync(server, HttpMethod.Get, "/explore", ("If-None-Match", "\"other\""));
        other.StatusCode.ShouldBe(HttpStatusCode.OK);

        await using var prefixed = await LiveServer.StartAsync(options: o => o with { PathPrefix = "/p" });
        using var elsewhere = await SendAsync(prefixed, HttpMethod.Get, "/p/");
        elsewhere.Headers.ETag!.ToString().ShouldNotBe(tag);
    }

    [Fact]
    public async Task Files_LetBrowsersRunNothingElse()
    {
        await using var server = await LiveServer.StartAsync();
        foreach (var path in new[] { "/", "/s/x", "/assets/app-1.js" })
        {
            using var answer = await SendAsync(server, HttpMethod.Get, path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single().Split("; ");
            policy.ShouldContain("default-src 'self'");
            policy.ShouldContain("script-src 'self'");
            policy.ShouldContain("connect-src 'self'");
            policy.ShouldContain("frame-ancestors 'none'");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        }
    }

    [Fact]
    public async Task Server_WithoutUi_LeadsToItsStatus()
    {
        await using var server = await LiveServer.StartAsync(options: o => o with { UiBundle = new UiBundle(new Dictionary<string, UiFile>()), PathPrefix = "/p" });
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Url };
        using var answer = await client.GetAsync("/p/", TestContext.Current.CancellationToken);
        (answer.StatusCode, answer.Headers.Location!.ToString()).ShouldBe((HttpStatusCode.Redirect, "/p/status"));
        (await server.Http.GetStringAsync("/p/", TestContext.Current.CancellationToken)).ShouldContain("without its web user interface. <code>./build.sh run</code>");
        (await StatusAsync(server, "/p/assets/app-1.js")).ShouldBe(404);

        await using var with = await LiveServer.StartAsync();
        (await with.Http.GetStringAsync("/status", TestContext.Current.CancellationToken)).ShouldContain("<a href=\"/\">User interface</a>");
    }

    [Fact]
    public async Task Configuration_SaysWhatIsOn()
    {
        await using var plain = await LiveServer.StartAsync();
        var usual = await ConfigurationAsync(plain.Http);
        usual.GetProperty("version").GetString().ShouldNotBeNullOrEmpty();
        Texts(usual, "auth").ShouldBe(["none"]);
        (usual.GetProperty("multitenancy").GetBoolean(), usual.GetProperty("recordingRules").GetBoolean()).ShouldBe((false, false));
        (usual.GetProperty("maxNodesDefault").GetInt64(), usual.GetProperty("maxNodesMax").GetInt64(), usual.GetProperty("maxQueryLengthSeconds").GetInt64()).ShouldBe((8192, 1 << 20, 0));
        usual.GetProperty("sources").GetProperty("github").GetBoolean().ShouldBeFalse();

        await using var other = await LiveServer.StartAsync(
            new TenantLimits { MaxFlamegraphNodesDefault = 10, MaxFlamegraphNodesMax = 20, MaxQueryLength = TimeSpan.FromHours(1), MaxQueryLookback = TimeSpan.FromDays(1) }, multitenancy: true,
            options: o => o with { Vcs = new() { GithubClientId = "i", GithubClientSecret = "s", GithubSessionSecret = "t" } });
        var changed = await ConfigurationAsync(other.Http);
        changed.GetProperty("multitenancy").GetBoolean().ShouldBeTrue();
        (changed.GetProperty("maxNodesDefault").GetInt64(), changed.GetProperty("maxNodesMax").GetInt64()).ShouldBe((10, 20));
        (changed.GetProperty("maxQueryLengthSeconds").GetInt64(), changed.GetProperty("maxQueryLookbackSeconds").GetInt64()).ShouldBe((3600, 86_400));
        changed.GetProperty("sources").GetProperty("github").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Configuration_NamesWaysToLogIn_ToAnybody()
    {
        await using var tokens = await AuthServer.StartAsync(AuthServer.File(AuthServer.Token("t", "secret", "read", "a")));
        Texts(await ConfigurationAsync(tokens.Http), "auth").ShouldBe(["bearer"]);
        await using var users = await AuthServer.StartAsync(AuthServer.File(AuthServer.Token("t", "secret", "read", "a"), AuthServer.User("u", "password", "read", "a")));
        Texts(await ConfigurationAsync(users.Http), "auth").ShouldBe(["basic", "bearer"]);
    }

    private static string?[] Texts(JsonElement json, string property) => [.. json.GetProperty(property).EnumerateArray().Select(e => e.GetString())];

    private static async Task<JsonElement> ConfigurationAsync(HttpClient http)
    {
        using var document = JsonDocument.Parse(await http.GetStringAsync("/api/v1/ui/config", TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    private static async Task<int> StatusAsync(LiveServer server, string path)
    {
        using var answer = await SendAsync(server, HttpMethod.Get, path);
        return (int)answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(LiveServer server, HttpMethod method, string path, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        return await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
