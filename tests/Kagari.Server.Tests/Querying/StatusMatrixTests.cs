using System.Net;
using System.Text.Json;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.Querying;

/// <summary>Which status each method of the querier answers to which request (wire reference §5.2).</summary>
public sealed class StatusMatrixTests
{
    private const string Type = "\"profileTypeID\":\"process_cpu:cpu:nanoseconds::\"";
    private const string Selector = "\"labelSelector\":\"{}\"";
    private const string Range = "\"start\":1700000000000,\"end\":1700003600000";

    /// <summary>The fields of a valid request of each method; the range is the last.</summary>
    private static readonly Dictionary<string, string[]> Valid = new()
    {
        ["ProfileTypes"] = [],
        ["LabelNames"] = ["\"matchers\":[\"{a=\\\"b\\\"}\"]"],
        ["LabelValues"] = ["\"name\":\"service_name\""],
        ["Series"] = ["\"matchers\":[]"],
        ["SelectMergeStacktraces"] = [Type, Selector],
        ["SelectMergeSpanProfile"] = [Type, Selector],
        ["SelectMergeProfile"] = [Type, Selector],
        ["SelectSeries"] = [Type, Selector, "\"step\":15"],
        ["SelectHeatmap"] = [Type, Selector, "\"step\":15", "\"queryType\":\"HEATMAP_QUERY_TYPE_INDIVIDUAL\""],
        ["GetProfileStats"] = [],
        ["AnalyzeQuery"] = [],
    };

    private static readonly string[] Typed = ["SelectMergeStacktraces", "SelectMergeSpanProfile", "SelectMergeProfile", "SelectSeries", "SelectHeatmap"];

    [Fact]
    public async Task EveryMethod_EveryKindOfRequest_AnswersItsStatus()
    {
        await using var server = await LiveServer.StartAsync();
        await server.PushAsync(Drawings.Pprof("a;b 1 | a;c 2", "cpu:nanoseconds"));
        var wrong = new List<string>();
        foreach (var (method, expected, body) in Cases())
        {
            var (status, answer) = await server.QueryAsync(method, body);
            if (status != expected) wrong.Add($"{method} {body}: {status} instead of {expected}: {answer}");
            else if (status != 200) CheckError(answer).ShouldBe("invalid_argument", $"{method} {body}");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task EveryMethod_OtherVerbsAndTypes_Answers405And415()
    {
        await using var server = await LiveServer.StartAsync();
        foreach (var method in Valid.Keys.Append("Diff"))
        {
            var path = $"/querier.v1.QuerierService/{method}";
            foreach (var verb in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
            {
                using var response = await server.Http.SendAsync(new HttpRequestMessage(verb, path));
                response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed, $"{verb} {path}");
                response.Content.Headers.Allow.ShouldBe(["POST"]);
            }
            foreach (var type in new[] { "text/plain", null })
            {
                using var response = await server.Http.SendAsync(RpcRequests.Json(path, "{}", type!));
                response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType, path);
                response.Headers.GetValues("Accept-Post").Single().ShouldContain("application/proto");
            }
        }
    }

    [Theory]
    [InlineData("a:b:c:d", 4)]
    [InlineData("a:b:c:d:e:f:g", 7)]
    public async Task ProfileType_WrongNumberOfParts_IsTold(string type, int parts)
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await server.QueryAsync("SelectMergeStacktraces", $$"""{"profileTypeID":"{{type}}",{{Selector}},{{Range}}}""");
        status.ShouldBe(400);
        body.ShouldContain($"profile-type selection must be of the form <name>:<sample-type>:<sample-unit>:<period-type>:<period-unit>(:delta), got({parts}): \\\"{type}\\\"");
    }

    [Fact]
    public async Task Range_LookbackAndLength_AreLimitsOfTheTenant()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { MaxQueryLookback = TimeSpan.FromDays(7), MaxQueryLength = TimeSpan.FromDays(1) });
        var now = server.NowMillis;
        const long Hour = 3_600_000;
        foreach (var (method, fields) in Valid)
        {
            if (method is "GetProfileStats" or "AnalyzeQuery") continue;
            var (status, body) = await server.QueryAsync(method, Object(fields, $"\"start\":{now - (25 * Hour)},\"end\":{now}"));
            status.ShouldBe(400, method);
            body.ShouldContain("the query time range exceeds the limit (max_query_length, actual: 25h0m0s, limit: 1d)");
            (status, body) = await server.QueryAsync(method, Object(fields, $"\"start\":{now - (400 * Hour)},\"end\":{now - (200 * Hour)}"));
            (status, body).ShouldBe((200, method == "SelectMergeProfile" ? body : "{}"), method);
            // Clamped to the lookback first, then short enough.
            (status, _) = await server.QueryAsync(method, Object(fields, $"\"start\":1,\"end\":{now - (150 * Hour)}"));
            status.ShouldBe(200, method);
        }
    }

    [Theory]
    [InlineData("", 200, "")]
    [InlineData(",\"maxNodes\":0", 200, "")]
    [InlineData(",\"maxNodes\":null", 200, "")]
    [InlineData(",\"maxNodes\":\"1048576\"", 200, "")]
    [InlineData(",\"maxNodes\":1048577", 400, "max flamegraph nodes limit 1048577 is greater than allowed 1048576")]
    [InlineData(",\"maxNodes\":-1", 400, "max flamegraph nodes limit must be set (max allowed 1048576)")]
    public async Task MaxNodes_AroundItsLimits_IsCheckedForFlameGraphs(string nodes, int expected, string message)
    {
        await using var server = await LiveServer.StartAsync();
        foreach (var method in new[] { "SelectMergeStacktraces", "SelectMergeSpanProfile" })
        {
            var (status, body) = await server.QueryAsync(method, Object(Valid[method], $"{Range}{nodes}"));
            status.ShouldBe(expected, body);
            body.ShouldContain(message);
        }
        (await server.QueryAsync("SelectMergeProfile", Object(Valid["SelectMergeProfile"], $"{Range}{nodes}"))).Status.ShouldBe(200, "no drawing, no limit");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 10)]
    [InlineData(100, 10)]
    [InlineData(2, 0)]
    public async Task MaxNodes_DefaultOffOrAboveTheLimit_StillAnswers(long usual, long most)
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits
        {
            MaxFlamegraphNodesDefault = usual,
            MaxFlamegraphNodesMax = most,
            MaxQueryLookback = TimeSpan.FromDays(5_000_000),
            RejectOlderThan = TimeSpan.FromDays(5_000_000),
        });
        await server.PushAsync(Drawings.Pprof("a;b 1 | a;c 2", "cpu:nanoseconds"));
        var (status, body) = await server.QueryAsync("SelectMergeStacktraces", $"{{{Type},{Selector},{server.Range}}}");
        (status, body.Contains("\"total\":\"3\"")).ShouldBe((200, true), body);
        if (usual != 2) body.ShouldContain("\"b\"");
    }

    private static IEnumerable<(string Method, int Status, string Body)> Cases()
    {
        foreach (var (method, fields) in Valid)
        {
            yield return (method, 200, Object(fields, Range));
            yield return (method, 200, Object(fields, Range, "\"notKnown\":{\"a\":[1]}"));
            yield return (method, 400, "");
            yield return (method, 400, "{");
            yield return (method, 400, "[]");
            yield return (method, 400, "null");
            if (method is "GetProfileStats" or "AnalyzeQuery") continue;
            yield return (method, 400, Object(fields, "\"start\":2000,\"end\":1000"));
            yield return (method, method == "ProfileTypes" ? 200 : 400, Object(fields));
            yield return (method, 400, Object(fields, "\"start\":1000"));
            yield return (method, 400, Object(fields, "\"end\":1000"));
            yield return (method, 400, Object(fields, "\"start\":\"soon\",\"end\":1000"));
            yield return (method, 200, Object(fields, "\"start\":-9000000000,\"end\":9000000000"));
            yield return (method, 200, Object(fields, "\"start\":\"1700000000000\",\"end\":\"1700003600000\""));
        }
        foreach (var method in Typed)
        {
            var rest = Valid[method].Where(f => f != Type && f != Selector).Append(Range).ToArray();
            foreach (var type in new[] { null, "", "a", "a:b:c:d", "a:b:c:d:e:f:g" })
                yield return (method, 400, Object([.. rest, Selector, .. type is null ? Array.Empty<string>() : [$"\"profileTypeID\":\"{type}\""]]));
            yield return (method, 200, Object([.. rest, Selector, "\"profile_typeID\":\"a:b:c:d:e:delta\""]));
            foreach (var selector in new[] { null, "", "{", "}", "{a}", "{a=b}", "{a=~\\\"(\\\"}", "{\\\"\\\"=\\\"x\\\"}" })
                yield return (method, 400, Object([.. rest, Type, .. selector is null ? Array.Empty<string>() : [$"\"labelSelector\":\"{selector}\""]]));
            yield return (method, 200, Object([.. rest, Type, "\"label_selector\":\"{a!=\\\"b\\\",\\\"x.y\\\"=~\\\"z.*\\\"}\""]));
        }
        foreach (var method in new[] { "LabelNames", "LabelValues", "Series" })
        {
            string[] name = method == "LabelValues" ? ["\"name\":\"x\""] : [];
            foreach (var matcher in new[] { "\"\"", "\"{\"", "\"{a=~\\\"(\\\"}\"", "1" })
                yield return (method, 400, Object([.. name, $"\"matchers\":[{matcher}]", Range]));
            yield return (method, 200, Object([.. name, "\"matchers\":null", Range]));
        }
        yield return ("LabelValues", 400, Object(["\"name\":\"\""], Range));
        yield return ("LabelValues", 400, Object([], Range));
        foreach (var step in new[] { "", "\"step\":0", "\"step\":-1", "\"step\":0.0009", "\"step\":\"NaN\"", "\"step\":\"Infinity\"" })
        {
            yield return ("SelectSeries", 400, Object([Type, Selector, Range, .. step.Length == 0 ? Array.Empty<string>() : [step]]));
            yield return ("SelectHeatmap", 400, Object([Type, Selector, Range, "\"queryType\":1", .. step.Length == 0 ? Array.Empty<string>() : [step]]));
        }
        yield return ("SelectSeries", 200, Object([Type, Selector, "\"step\":0.001", "\"groupBy\":[\"nope\"]", "\"limit\":\"-1\"", "\"aggregation\":null"], Range));
        foreach (var query in new[] { "", ",\"queryType\":\"HEATMAP_QUERY_TYPE_UNSPECIFIED\"", ",\"queryType\":2,\"exemplarType\":\"EXEMPLAR_TYPE_INDIVIDUAL\"", ",\"queryType\":1,\"limit\":-1" })
            yield return ("SelectHeatmap", 400, Object([Type, Selector, "\"step\":15"], Range + query));
        yield return ("SelectHeatmap", 400, Object(Valid["SelectHeatmap"], "\"start\":1000,\"end\":1000"));
        foreach (var (ids, status) in SelectorsOfSamples()) yield return ("SelectMergeStacktraces", status, Object([Type, Selector, ids], Range));
        yield return ("SelectMergeStacktraces", 200, Object([Type, Selector, "\"format\":\"PROFILE_FORMAT_OF_THE_FUTURE\""], Range));
        yield return ("SelectMergeStacktraces", 200, Object([Type, Selector, "\"async\":{\"type\":\"ASYNC_QUERY_TYPE_FORCE\"}", "\"stackTraceSelector\":null"], Range));
        foreach (var format in new[] { "FLAMEGRAPH", "TREE", "DOT", "PPROF" })
            yield return ("SelectMergeStacktraces", 200, Object([Type, Selector, $"\"format\":\"PROFILE_FORMAT_{format}\""], Range));

        var side = Object(Valid["SelectMergeStacktraces"], Range);
        yield return ("Diff", 200, $$"""{"left":{{side}}, "right":{{side}} }""");
        yield return ("Diff", 400, $$"""{"left":{{side}} }""");
        yield return ("Diff", 400, $$"""{"right":{{side}} }""");
        yield return ("Diff", 400, $$"""{"left":{{side}},"right":null}""");
        yield return ("Diff", 400, $$"""{"left":{{side}},"right":{} }""");
        yield return ("Diff", 400, "{}");
        yield return ("Diff", 400, "");
    }

    private static IEnumerable<(string Fields, int Status)> SelectorsOfSamples()
    {
        yield return ("\"spanSelector\":[\"0123456789abcdef\"]", 200);
        yield return ("\"spanSelector\":[\"0123456789abcde\"]", 400);
        yield return ("\"spanSelector\":[\"0123456789abcdeg\"]", 400);
        yield return ("\"spanSelector\":[\"\"]", 400);
        yield return ("\"traceIdSelector\":[\"0123456789abcdef0123456789abcdef\"]", 200);
        yield return ("\"traceIdSelector\":[\"0123456789abcdef\"]", 400);
        yield return ("\"profileIdSelector\":[\"7c9e6679-7425-40de-944b-e07fc1f90ae7\"]", 200);
        yield return ("\"profileIdSelector\":[\"7c9e6679\"]", 400);
        yield return ("\"spanSelector\":[\"0123456789abcdef\"],\"traceIdSelector\":[\"0123456789abcdef0123456789abcdef\"]", 400);
        yield return ("\"stackTraceSelector\":{\"callSite\":[{\"name\":\"a\"}],\"goPgo\":{\"keepLocations\":4294967295}}", 200);
        yield return ("\"stackTraceSelector\":{\"frameFilter\":{\"includeFunctionNameRegexes\":[\"(\"]}}", 400);
    }

    private static string Object(string[] fields, params string[] more) => $"{{{string.Join(',', fields.Concat(more))}}}";

    private static string? CheckError(string body)
    {
        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        return json.RootElement.GetProperty("code").GetString();
    }
}
