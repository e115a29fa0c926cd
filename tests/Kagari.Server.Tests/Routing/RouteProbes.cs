using System.Text;
using Kagari.Server.Routing;
using Kagari.Testing;

namespace Kagari.Server.Tests.Routing;

/// <summary>For every route of the table requests for each of its statuses; the first is one that would do something.</summary>
internal static class RouteProbes
{
    private const string Type = "memory:alloc_objects:count::";

    /// <summary>A repository that needs a person's login, and one that does not.</summary>
    private const string Github = """{"repositoryURL":"https://github.com/a/b","ref":"main","localPath":"x.go"}""";

    private static string Gitlab(string reference) => $$"""{"repositoryURL":"https://gitlab.com/a/b","ref":"{{reference}}","localPath":"x.go"}""";

    /// <summary>Of somebody who is logged in.</summary>
    private static string Session => "pyroscope_git_session=" + Uri.EscapeDataString(new Kagari.Server.Vcs.GithubSession("gho", "ghr", DateTimeOffset.MaxValue).Encode("secret", "anonymous"));

    private static readonly byte[] Elf = [0x7f, (byte)'E', (byte)'L', (byte)'F'];

    public static IReadOnlyList<RouteProbe> Of(ApiRoute route, long now) => route.Method switch
    {
        ApiRoute.Rpc => OfRpc(route.Path, now),
        _ => OfRest(route, now),
    };

    private static List<RouteProbe> OfRpc(string path, long now)
    {
        var (valid, invalid) = Bodies(path, now);
        var probes = new List<RouteProbe>
        {
            RouteProbe.Json(200, path, valid) with { Cookie = path.EndsWith("GithubRefresh", StringComparison.Ordinal) ? Session : null, Gives = path.EndsWith("AdHocProfileService/Upload", StringComparison.Ordinal) ? "UPLOADED" : null },
            RouteProbe.Json(400, path, "{"),
            RouteProbe.Json(400, path, ""),
            new(405, "GET", path),
            new(405, "PUT", path, "{}"u8.ToArray()),
            new(415, "POST", path, "{}"u8.ToArray(), "text/plain"),
        };
        probes.AddRange(invalid.Select(i => RouteProbe.Json(400, path, i)));
        probes.AddRange(path.Split('/')[^1] switch
        {
            "GithubApp" => [RouteProbe.Json(501, path, "{}") with { OnEmptyServer = true }],
            "GithubLogin" or "GithubRefresh" => [RouteProbe.Json(501, path, """{"authorizationCode":"x"}""") with { OnEmptyServer = true }, RouteProbe.Json(401, path, """{"authorizationCode":"bad"}""")],
            "GetFile" or "GetCommit" => [RouteProbe.Json(401, path, Github), RouteProbe.Json(404, path, Gitlab("nowhere"))],
            "GetCommits" => [RouteProbe.Json(401, path, """{"repositoryUrl":"https://github.com/a/b","refs":["x"]}""")],
            "UploadFinished" => [RouteProbe.Json(404, path, """{"gnuBuildId":"aaaa"}""")],
            "Set" => [RouteProbe.Json(409, path, """{"setting":{"name":"n","value":"older","modifiedAt":"1"}}""")],
            "GetRecordingRule" => [RouteProbe.Json(404, path, """{"id":"nobody"}""")],
            "DeleteRecordingRule" => [RouteProbe.Json(404, path, """{"id":"nobody"}""")],
            "UpsertRecordingRule" =>
            [
                RouteProbe.Json(409, path, Rule("known", 7)), .. Enumerable.Range(0, 23).Select(i => RouteProbe.Json(200, path, Rule($"r{(char)('a' + i)}"))),
                RouteProbe.Json(200, path, Rule("last")), RouteProbe.Json(429, path, Rule("more")),
            ],
            "Check" => [RouteProbe.Json(404, path, """{"service":"nobody"}""")],
            "Get" when path.Contains("AdHoc", StringComparison.Ordinal) => [RouteProbe.Json(404, path, """{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV-x"}""")],
            "Diff" when path.Contains("AdHoc", StringComparison.Ordinal) => [RouteProbe.Json(404, path, """{"leftId":"01ARZ3NDEKTSV4RRFFQ69G5FAV-x","rightId":"01ARZ3NDEKTSV4RRFFQ69G5FAV-x"}""")],
            _ => (RouteProbe[])[],
        });
        return probes;
    }

    /// <summary>A message that is answered, and messages of the right form that cannot be.</summary>
    private static (string Valid, string[] Invalid) Bodies(string path, long now)
    {
        var range = $"\"start\":{(now - 3600) * 1000},\"end\":{(now + 3600) * 1000}";
        var backwards = $"\"start\":{now * 1000},\"end\":{(now - 1) * 1000}";
        var stacks = $"\"profileTypeID\":\"{Type}\",\"labelSelector\":\"{{}}\"";
        string[] badStacks =
        [
            $"{{{stacks}}}", $"{{{stacks},{backwards}}}", $"{{\"profileTypeID\":\"cpu\",\"labelSelector\":\"{{}}\",{range}}}",
            $"{{\"labelSelector\":\"{{}}\",{range}}}", $"{{\"profileTypeID\":\"{Type}\",{range}}}", $"{{\"profileTypeID\":\"{Type}\",\"labelSelector\":\"{{\",{range}}}",
        ];
        return path.Split('/')[^1] switch
        {
            "Push" => ($$"""{"series":[{"labels":[{"name":"__name__","value":"process_cpu"},{"name":"service_name","value":"cart"}],"samples":[{"rawProfile":"{{Convert.ToBase64String(Drawings.Pprof("main 1", "cpu:nanoseconds"))}}"}]}]}""",
                ["""{"series":[{"labels":[],"samples":[{"rawProfile":"bm8="}]}]}"""]),
            "Export" => ("""{"resourceProfiles":[{}],"dictionary":{}}""", ["{}"]),
            "ProfileTypes" => ($"{{{range}}}", [$"{{{backwards}}}"]),
            "LabelNames" => ($"{{{range}}}", ["{}", $"{{{backwards}}}", $"{{{range},\"matchers\":[\"{{\"]}}"]),
            "LabelValues" => ($"{{\"name\":\"service_name\",{range}}}", [$"{{{range}}}", "{\"name\":\"service_name\"}"]),
            "Series" => ($"{{{range}}}", ["{}", $"{{{backwards}}}"]),
            "SelectMergeStacktraces" or "SelectMergeProfile" => ($"{{{stacks},{range}}}", badStacks),
            "SelectMergeSpanProfile" => ($"{{{stacks},{range},\"spanSelector\":[\"0102030405060708\"]}}", badStacks),
            "SelectSeries" => ($"{{{stacks},{range},\"step\":60}}", [$"{{{stacks},{range}}}", .. badStacks]),
            "SelectHeatmap" => ($"{{{stacks},{range},\"step\":60,\"queryType\":\"HEATMAP_QUERY_TYPE_INDIVIDUAL\"}}", [$"{{{stacks},{range},\"step\":60}}"]),
            "Diff" when path.Contains("querier", StringComparison.Ordinal) => ($"{{\"left\":{{{stacks},{range}}},\"right\":{{{stacks},{range}}}}}", [$"{{\"left\":{{{stacks},{range}}}}}", "{}"]),
            "AnalyzeQuery" => ($"{{{range},\"query\":\"{Type}{{}}\"}}", []),
            "GithubLogin" => ("""{"authorizationCode":"good"}""", ["{}"]),
            "GetFile" or "GetCommit" => (Gitlab("v1"), ["""{"repositoryURL":"file:///etc","localPath":"x"}"""]),
            "GetCommits" => ("""{"repositoryUrl":"https://gitlab.com/a/b","refs":[]}""", ["""{"repositoryUrl":"x"}"""]),
            "ShouldInitiateUpload" => ("""{"file":{"gnuBuildId":"b0b1","name":"app"}}""", ["""{"file":{"gnuBuildId":"xyz"}}"""]),
            "UploadFinished" => ("""{"gnuBuildId":"b0b1"}""", ["""{"gnuBuildId":"xyz"}"""]),
            // The table has the calls in this order, and one is made before it is asked for: "fixed" stands in the configuration.
            "GetRecordingRule" => ("""{"id":"fixed"}""", ["{}"]),
            "UpsertRecordingRule" => (Rule("known"), ["{}", """{"metricName":"cpu"}""", Rule("f1xed"), Rule("fixed")]),
            "DeleteRecordingRule" => ("""{"id":"known"}""", ["{}", """{"id":"fixed"}"""]),
            "DeleteDebuginfo" => ("""{"gnuBuildId":"c0c1"}""", ["""{"gnuBuildId":"xyz"}"""]),
            "Upload" => ($$"""{"name":"a.txt","profile":"{{Convert.ToBase64String("main;work 3\n"u8)}}"}""", ["""{"name":"a.txt","profile":"!"}"""]),
            "Get" when path.Contains("AdHoc", StringComparison.Ordinal) => ("""{"id":"UPLOADED"}""", ["""{"id":"no id"}"""]),
            "Diff" => ("""{"leftId":"UPLOADED","rightId":"UPLOADED"}""", ["""{"leftId":"no id","rightId":"no id"}"""]),
            "Set" => ("""{"setting":{"name":"n","value":"v","modifiedAt":"9"}}""", ["{}"]),
            "Delete" => ("""{"name":"other"}""", ["{}"]),
            _ => ("{}", []),
        };
    }

    private static string Rule(string id, int generation = 0) =>
        $$"""{"id":"{{id}}","metricName":"profiles_recorded_cpu","generation":{{generation}},"matchers":["{__profile_type__=\"process_cpu:cpu:nanoseconds:cpu:nanoseconds\"}"]}""";

    private static string Snapshot(string title) => $$"""{"title":"{{title}}","address":"explore","nowMillis":1,"parts":[]}""";

    private const string NoFile = "?adhoc=01ARZ3NDEKTSV4RRFFQ69G5FAV-x";

    private static string Sides(string query, long now) => $"?query={query}&leftFrom={now - 7200}&leftUntil={now - 3600}&rightFrom={now - 3600}&rightUntil={now + 1}";

    private static List<RouteProbe> OfRest(ApiRoute route, long now)
    {
        var path = route.Path;
        var query = Uri.EscapeDataString(Type + "{}");
        var range = $"from={now - 3600}&until={now + 3600}";
        var ever = "from=2000-01-01T00:00:00&to=2100-01-01T00:00:00";
        var pprof = Drawings.Pprof("main 1", "cpu:nanoseconds");
        RouteProbe Get(int status, string more = "") => new(status, "GET", path + more);
        RouteProbe Post(int status, string more, byte[] body, string type = "application/octet-stream") => new(status, "POST", path + more, body, type);
        if (route.Section == "Not here") return [new(404, "GET", path.Replace("{**rest}", "heap").Replace("{tenant}", "t"))];
        return path switch
        {
            "/ingest" or "/pyroscope/ingest" =>
            [
                Post(200, $"?name=cart.cpu&from={now}&until={now}", "main 1\n"u8.ToArray(), "text/plain"),
                Post(400, "?name=", "main 1\n"u8.ToArray(), "text/plain"),
                new(405, "GET", path),
                Post(422, $"?name=cart&from={now}&until={now}&format=pprof", "no pprof"u8.ToArray()),
            ],
            "/v1development/profiles" =>
            [
                Post(200, "", "{\"resourceProfiles\":[{}],\"dictionary\":{}}"u8.ToArray(), "application/json"),
                Post(400, "", "{}"u8.ToArray(), "application/json"), new(405, "GET", path), Post(415, "", "{}"u8.ToArray(), "text/plain"),
            ],
            "/pyroscope/render" => [Get(200, $"?query={query}&{range}"), Get(400), Get(400, $"?query=app.cpu%7B%7D&{range}"), new(405, "POST", path)],
            "/pyroscope/render-diff" =>
            [
                Get(200, $"?leftQuery={query}&leftFrom={now - 60}&leftUntil={now}&rightQuery={query}&rightFrom={now - 60}&rightUntil={now}"), Get(400),
                Get(400, $"?leftQuery={query}&leftFrom={now - 60}&leftUntil={now}&rightQuery={Uri.EscapeDataString("wall:a:b::{}")}&rightFrom={now - 60}&rightUntil={now}"), new(405, "POST", path),
            ],
            "/pyroscope/label-values" => [Get(200, "?label=__name__"), Get(200, "?label=service_name"), Get(400), new(405, "POST", path)],
            "/pprof" => [Get(200, $"?query={query}&{range}"), Get(400), Get(404, $"?query={query}&from={now - 7200}&until={now - 3600}"), new(405, "POST", path)],
            "/api/v1/export" => [Get(200, $"?query={query}&{range}"), Get(400, $"?query={query}&format=xls"), new(405, "POST", path)],
            "/assets/{**file}" => [new(200, "GET", "/assets/app-1.js"), new(404, "GET", "/assets/app-0.js")],
            "/api/v1/flamegraph" or "/api/v1/flamegraph/diff" => [Get(200, $"?query={query}&{range}"), Get(400), Get(404, $"?query={query}&{range}&path=nobody")],
            "/api/v1/sandwich" or "/api/v1/lines" => [Get(200, $"?query={query}&{range}&function=work"), Get(400, $"?query={query}&{range}"), Get(404, NoFile + "&function=work")],
            "/api/v1/seen" => [Get(200, $"?query={query}&{range}&function=work"), Get(400, $"?query={query}&{range}")],
            "/api/v1/changes" => [Get(200, Sides(query, now)), Get(400), Get(404, NoFile)],
            "/api/v1/breakdown/changes" or "/api/v1/movers" => [Get(200, Sides(query, now)), Get(400)],
            "/api/v1/admin/blocks" => [Get(200, "?level=1&kind=block&service=cart"), Get(400, "?level=x"), Get(400, "?kind=x")],
            "/api/v1/admin/queries" => [Get(200, "?limit=5"), Get(400, "?limit=0")],
            "/api/v1/services" => [Get(200, $"?type={Type}&{range}"), Get(400, "?type=cpu")],
            "/api/v1/functions" => [Get(200, $"?query={query}&{range}"), Get(400), Get(404, NoFile), Post(200, "", Encoding.UTF8.GetBytes($"query={query}&{range}"), "application/x-www-form-urlencoded")],
            "/api/v1/breakdown" or "/api/v1/top" or "/api/v1/profiles" =>
                [Get(200, $"?query={query}&{range}"), Get(400), Post(200, "", Encoding.UTF8.GetBytes($"query={query}&{range}"), "application/x-www-form-urlencoded")],
            // The server of the probes has a limit of 1000 bytes and of two snapshots.
            "/api/v1/snapshots" when route.Method == "POST" =>
            [
                RouteProbe.Json(200, path, Snapshot("first")) with { Gives = "SNAPSHOT" }, RouteProbe.Json(400, path, "{}"), RouteProbe.Json(413, path, Snapshot(new string('x', 1000))),
                RouteProbe.Json(200, path, Snapshot("second")), RouteProbe.Json(429, path, Snapshot("third")),
            ],
            "/api/v1/snapshots/{id}" when route.Method == "DELETE" => [new(204, "DELETE", "/api/v1/snapshots/SNAPSHOT"), new(404, "DELETE", "/api/v1/snapshots/SNAPSHOT")],
            "/api/v1/snapshots/{id}" => [new(200, "GET", "/api/v1/snapshots/SNAPSHOT"), new(404, "GET", "/api/v1/snapshots/x")],
            "/api/0/profiles" when route.Method == "POST" => [Post(200, "?service=shop&type=cpu", pprof) with { Gives = "POSTED" }, Post(400, "?service=shop&type=cpu", "no pprof"u8.ToArray()), Post(400, "", pprof)],
            "/api/0/profiles" => [Get(200, $"?service=cart&{ever}"), Get(400), Get(404, $"?service=nobody&{ever}")],
            "/api/0/profiles/merge" => [Get(200, $"?service=cart&type=heap&{ever}"), Get(400, "?service=cart&type=heap"), Get(404, $"?service=nobody&type=heap&{ever}"), Get(405, $"?service=cart&{ever}")],
            "/api/0/profiles/{**ids}" => [new(200, "GET", "/api/0/profiles/POSTED"), new(400, "GET", "/api/0/profiles/+"), new(404, "GET", "/api/0/profiles/bpc00mript33iv4net00"), new(500, "GET", "/api/0/profiles/xx")],
            "/api/0/services" => [Get(200), Get(404) with { OnEmptyServer = true }],
            "/api/v1/delete" => [Post(200, "", "query=%7Bservice_name%3D%22nobody%22%7D&from=0&until=now"u8.ToArray(), "application/x-www-form-urlencoded"), Post(400, "", [], "application/x-www-form-urlencoded")],
            var upload when upload.EndsWith("/Upload/{buildId}", StringComparison.Ordinal) =>
            [
                new(200, "POST", upload.Replace("{buildId}", "b0b1"), Elf), new(400, "POST", upload.Replace("{buildId}", "xyz"), Elf), new(400, "POST", upload.Replace("{buildId}", "b0b1"), "no elf"u8.ToArray()),
                new(412, "POST", upload.Replace("{buildId}", "ffff"), Elf), new(413, "POST", upload.Replace("{buildId}", "b0b1"), [.. Elf, .. new byte[2000]]),
            ],
            _ => [Get(200)],
        };
    }
}
