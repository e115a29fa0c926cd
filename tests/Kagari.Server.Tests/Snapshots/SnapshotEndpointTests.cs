using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Kagari.Server.Hosting;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Authentication;
using Kagari.Server.Tests.Ingest;
using Kagari.Testing;

namespace Kagari.Server.Tests.Snapshots;

/// <summary><c>/api/v1/snapshots</c> over HTTP.</summary>
public sealed class SnapshotEndpointTests
{
    private const string Path = "/api/v1/snapshots";

    [Fact]
    public async Task Snapshot_ComesBackByteForByte()
    {
        await using var server = await LiveServer.StartAsync();
        var text = Document("Träge <Kasse>", "explore?q=x", "  \"more\": {\"new\": [1, 2.50]},");
        var (status, answer) = await AddAsync(server.Http, text);
        status.ShouldBe(200, answer);
        var head = Parse(answer);
        var id = head.GetProperty("id").GetString()!;
        id.ShouldMatch("^[0-9a-f]{24}$");
        (head.GetProperty("title").GetString(), head.GetProperty("bytes").GetInt32()).ShouldBe(("Träge <Kasse>", Encoding.UTF8.GetByteCount(text)));
        (await server.Http.GetStringAsync($"{Path}/{id}", TestContext.Current.CancellationToken)).ShouldBe(text);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}/{id}");
        request.Headers.Add("Accept-Encoding", "br");
        using var compressed = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        compressed.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        compressed.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        using var reader = new StreamReader(new BrotliStream(await compressed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress));
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe(text);
    }

    [Fact]
    public async Task EqualDocuments_AreOneSnapshot()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { MaxSnapshots = 1 });
        var first = await AddAsync(server.Http, Document("a"));
        (await AddAsync(server.Http, Document("a"))).ShouldBe(first);
        (await AddAsync(server.Http, Document("b"))).ShouldBe((429, "{\"code\":\"resource_exhausted\",\"message\":\"there are 1 snapshots; the limit is 1 (setting max_snapshots). Delete some.\"}\n"));
        (await ListAsync(server.Http)).Select(h => h.GetProperty("title").GetString()).ShouldBe(["a"]);
        (await server.Http.DeleteAsync($"{Path}/{Parse(first.Body).GetProperty("id").GetString()}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ListAsync(server.Http)).ShouldBeEmpty();
        (await AddAsync(server.Http, Document("b"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Gzip_IsTaken_AndBounded()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { MaxSnapshotBytes = 100_000 });
        var text = Document("zipped", body: new string('a', 90_000));
        var (status, answer) = await AddAsync(server.Http, text, gzip: true);
        status.ShouldBe(200, answer);
        (await server.Http.GetStringAsync($"{Path}/{Parse(answer).GetProperty("id").GetString()}", TestContext.Current.CancellationToken)).ShouldBe(text);

        var bomb = Document("zipped", body: new string('a', 50_000_000));
        foreach (var gzip in new[] { true, false })
            (await AddAsync(server.Http, bomb, gzip)).ShouldBe((413, "{\"code\":\"invalid_argument\",\"message\":\"the snapshot has more than 100000 bytes, the limit (setting max_snapshot_bytes)\"}\n"));
        using var broken = new ByteArrayContent([0x1f, 0x8b, 8, 0, 1, 2, 3]);
        broken.Headers.ContentEncoding.Add("gzip");
        using var refused = await server.Http.PostAsync(Path, broken, TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("", "the snapshot is no JSON")]
    [InlineData("[]", "the snapshot is a JSON array; expected an object")]
    [InlineData("""{"address":"x","nowMillis":1,"parts":[]}""", "\\\"title\\\" is required: a text")]
    [InlineData("""{"title":"","nowMillis":1,"parts":[]}""", "\\\"address\\\" is required")]
    [InlineData("""{"title":"","address":"","nowMillis":1,"parts":[]}""", "\\\"address\\\" is empty")]
    [InlineData("""{"title":"","address":"x","nowMillis":1.5,"parts":[]}""", "\\\"nowMillis\\\" is required")]
    [InlineData("""{"title":"","address":"x","nowMillis":1}""", "\\\"parts\\\" is required: an array")]
    [InlineData("""{"title":"","address":"x","nowMillis":1,"parts":[{"key":"a","type":"b","body":"c"},3]}""", "\\\"parts[1]\\\" is a JSON number")]
    [InlineData("""{"title":"","address":"x","nowMillis":1,"parts":[{"key":"a","type":"b"}]}""", "\\\"parts[0].body\\\" is required: a text")]
    [InlineData("""{"title":"\ud800","address":"x","nowMillis":1,"parts":[]}""", "not valid Unicode")]
    public async Task Wrong_IsNamed(string json, string message)
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await AddAsync(server.Http, json);
        status.ShouldBe(400, body);
        body.ShouldContain(message);
        (await AddAsync(server.Http, Document(new string('t', 201)))).Body.ShouldContain("\\\"title\\\" has 201 characters; the limit is 200");
        (await ListAsync(server.Http)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("..")]
    [InlineData("..%2F..%2Fsettings%2Fx")]
    [InlineData("0123456789abcdef01234567")]
    [InlineData("0123456789ABCDEF01234567")]
    public async Task Missing_Is404(string id)
    {
        await using var server = await LiveServer.StartAsync();
        (await server.Http.GetAsync($"{Path}/{id}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Http.DeleteAsync($"{Path}/{id}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Restart_AndDeletionOfProfiles_LeaveItThere()
    {
        using var directory = new TemporaryDirectory();
        var options = new ServerOptions { HttpListenAddress = "127.0.0.1", HttpListenPort = 0, LogLevel = "error", StorageDirectory = directory.Path };
        string id;
        await using (var server = await KagariServer.StartAsync(options))
        {
            using var http = new HttpClient { BaseAddress = server.Url };
            id = Parse((await AddAsync(http, Document("kept"))).Body).GetProperty("id").GetString()!;
            using var all = new FormUrlEncodedContent([new("all", "true"), new("from", "0"), new("until", "now")]);
            (await http.PostAsync("/api/v1/delete", all, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        await using (var server = await KagariServer.StartAsync(options))
        {
            using var http = new HttpClient { BaseAddress = server.Url };
            (await http.GetStringAsync($"{Path}/{id}", TestContext.Current.CancellationToken)).ShouldBe(Document("kept"));
            (await ListAsync(http)).Select(h => h.GetProperty("id").GetString()).ShouldBe([id]);
        }
    }

    [Fact]
    public async Task Damage_IsSaidAndNotShown()
    {
        await using var server = await LiveServer.StartAsync();
        var id = Parse((await AddAsync(server.Http, Document("whole"))).Body).GetProperty("id").GetString()!;
        var file = Directory.GetFiles(server.Directory, id, SearchOption.AllDirectories).Single(f => f.Contains("/snapshots/"));
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var refusals = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x10;
            await File.WriteAllBytesAsync(file, damaged, TestContext.Current.CancellationToken);
            using var answer = await server.Http.GetAsync($"{Path}/{id}", TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            // A few bits, as those of the window's size, change nothing that is read.
            if (answer.StatusCode == HttpStatusCode.OK) text.ShouldBe(Document("whole"));
            else
            {
                ((int)answer.StatusCode).ShouldBe(500);
                text.ShouldContain($"the stored snapshot '{id}' is damaged");
                refusals++;
            }
        }
        refusals.ShouldBeGreaterThan(bytes.Length / 2);
    }

    [Fact]
    public async Task Tenants_AndScopes_AreKeptApart()
    {
        await using var server = await AuthServer.StartAsync();
        async Task<(int Status, string Body)> Ask(HttpMethod method, string path, string token, string tenant, string? body = null)
        {
            var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body) };
            request.Headers.Add("X-Scope-OrgID", tenant);
            return await server.SendAsync(request, AuthServer.Bearer(token));
        }
        var (status, answer) = await Ask(HttpMethod.Post, Path, AuthServer.Reader, "a", Document("mine"));
        status.ShouldBe(200, answer);
        var one = $"{Path}/{Parse(answer).GetProperty("id").GetString()}";
        (await Ask(HttpMethod.Get, one, AuthServer.OfB, "b")).Status.ShouldBe(404);
        (await Ask(HttpMethod.Get, one, AuthServer.OfB, "a")).Status.ShouldBe(403);
        (await Ask(HttpMethod.Post, Path, AuthServer.Writer, "a", Document("x"))).Status.ShouldBe(403);
        (await Ask(HttpMethod.Post, Path, AuthServer.OfBoth, "a|b", Document("x"))).Status.ShouldBe(400);
        (await Ask(HttpMethod.Delete, one, AuthServer.Reader, "a")).Status.ShouldBe(403);
        (await Ask(HttpMethod.Get, one, AuthServer.Reader, "a")).Body.ShouldBe(Document("mine"));
        (await Ask(HttpMethod.Delete, one, AuthServer.Admin, "a")).Status.ShouldBe(204);
        (await Ask(HttpMethod.Get, one, AuthServer.Reader, "a")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task FullDisk_TakesNone()
    {
        await using var server = await LiveServer.StartAsync(space: new Kagari.Storage.DiskSpaceOptions { MinFreeBytes = long.MaxValue / 2 });
        var (status, body) = await AddAsync(server.Http, Document("x"));
        status.ShouldBe(507, body);
    }

    [Fact]
    public async Task Additions_AtOnce_StayWithinTheLimit()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { MaxSnapshots = 5 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AddAsync(server.Http, Document($"{i % 10}"))));
        answers.Select(a => a.Status).Distinct().Order().ShouldBe([200, 429]);
        (await ListAsync(server.Http)).Count.ShouldBe(5);
    }

    private static string Document(string title, string address = "compare?a=1", string more = "", string body = "AQID") =>
        $$"""{"title":"{{title}}", "address":"{{address}}",{{more}} "nowMillis":1767225600000,"parts":[{"key":"/api/v1/flamegraph","type":"application/vnd.kagari.columnar","body":"{{body}}"}]}""";

    private static async Task<(int Status, string Body)> AddAsync(HttpClient http, string json, bool gzip = false)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (gzip)
        {
            using var packed = new MemoryStream();
            using (var stream = new GZipStream(packed, CompressionLevel.Fastest)) stream.Write(bytes);
            bytes = packed.ToArray();
        }
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/json");
        if (gzip) content.Headers.ContentEncoding.Add("gzip");
        using var answer = await http.PostAsync(Path, content, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(HttpClient http) =>
        [.. Parse(await http.GetStringAsync(Path, TestContext.Current.CancellationToken)).GetProperty("snapshots").EnumerateArray()];

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
