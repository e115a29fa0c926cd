using System.Text.Json;
using System.Text.Json.Nodes;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Configuration;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;

namespace Kagari.Server.Tests.RecordingRules;

/// <summary><c>settings.v1.RecordingRulesService</c> over HTTP.</summary>
public sealed class RecordingRulesServiceTests
{
    private const string Type = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

    [Fact]
    public async Task Rules_AreKeptByTenant()
    {
        await using var server = await LiveServer.StartAsync(multitenancy: true);
        var made = await OkAsync(server, "a", "UpsertRecordingRule", Rule(r =>
        {
            r["groupBy"] = new JsonArray("service_name", "pod");
            r["externalLabels"] = new JsonArray(new JsonObject { ["name"] = "env", ["value"] = "dev" });
            r["stacktraceFilter"] = new JsonObject { ["functionName"] = new JsonObject { ["functionName"] = "main.work" } };
        }));
        var rule = made["rule"]!.AsObject();
        rule["id"]!.GetValue<string>().ShouldMatch("^[a-zA-Z]{10}$");
        rule["profileType"]!.GetValue<string>().ShouldBe(Type);
        rule["generation"]!.GetValue<string>().ShouldBe("1");
        rule["stacktraceFilter"]!.ToJsonString().ShouldBe("""{"functionName":{"functionName":"main.work"}}""");
        rule["groupBy"]!.ToJsonString().ShouldBe("""["service_name","pod"]""");
        (await OkAsync(server, "a", "ListRecordingRules", "{}"))["rules"]!.AsArray().Count.ShouldBe(1);
        (await OkAsync(server, "a", "GetRecordingRule", $$"""{"id":"{{rule["id"]}}"}"""))["rule"]!.ToJsonString().ShouldBe(rule.ToJsonString());
        (await SendAsync(server, "b", "ListRecordingRules", "{}")).ShouldBe((200, "{}"));
        (await SendAsync(server, "b", "GetRecordingRule", $$"""{"id":"{{rule["id"]}}"}""")).Status.ShouldBe(404);
        (await SendAsync(server, "b", "DeleteRecordingRule", $$"""{"id":"{{rule["id"]}}"}""")).Status.ShouldBe(404);
        (await SendAsync(server, "a", "DeleteRecordingRule", $$"""{"id":"{{rule["id"]}}"}""")).ShouldBe((200, "{}"));
        (await SendAsync(server, "a", "ListRecordingRules", "{}")).ShouldBe((200, "{}"));
    }

    [Fact]
    public async Task Upsert_OfOlderGeneration_IsAConflict()
    {
        await using var server = await LiveServer.StartAsync();
        (await OkAsync(server, null, "UpsertRecordingRule", Rule(r => r["id"] = "cpu")))["rule"]!["generation"]!.GetValue<string>().ShouldBe("1");
        var (status, body) = await SendAsync(server, null, "UpsertRecordingRule", Rule(r => r["id"] = "cpu"));
        status.ShouldBe(409);
        body.ShouldContain("already_exists");
        body.ShouldContain("conflicting update, please try again");
        var changed = await OkAsync(server, null, "UpsertRecordingRule", Rule(r => (r["id"], r["generation"], r["metricName"]) = ("cpu", "1", "profiles_recorded_other")));
        changed["rule"]!["generation"]!.GetValue<string>().ShouldBe("2");
        (await OkAsync(server, null, "ListRecordingRules", "{}"))["rules"]!.AsArray().Select(r => r!["metricName"]!.GetValue<string>()).ShouldBe(["profiles_recorded_other"]);
    }

    [Fact]
    public async Task Upsert_ManyAtOnce_LosesNoneAndStopsAtTheLimit()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { MaxRecordingRules = 7 });
        var statuses = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ => await SendAsync(server, null, "UpsertRecordingRule", Rule())));
        statuses.Count(s => s.Status == 200).ShouldBe(7);
        statuses.Where(s => s.Status != 200).ShouldAllBe(s => s.Status == 429 && s.Body.Contains("max_recording_rules") && s.Body.Contains("resource_exhausted"));
        (await OkAsync(server, null, "ListRecordingRules", "{}"))["rules"]!.AsArray().Count.ShouldBe(7);
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "metricName", "\"\"", "metric_name is missing" },
        { "metricName", "\"cpu\"", "must begin with profiles_recorded_" },
        { "metricName", "\"profiles_recorded_a-b\"", "is no name of a metric" },
        { "metricName", "\"profiles_recorded_a\\n\"", "is no name of a metric" },
        { "id", "\"a1\"", "must be letters only" },
        { "id", "\"ä\"", "must be letters only" },
        { "generation", "\"-1\"", "is negative" },
        { "matchers", "[]", "0 equality matchers for __profile_type__" },
        { "matchers", "[\"{service_name=\\\"a\\\"}\"]", "0 equality matchers for __profile_type__" },
        { "matchers", "[\"{__profile_type__=~\\\"a.*\\\"}\"]", "0 equality matchers for __profile_type__" },
        { "matchers", $"[\"{{__profile_type__=\\\"{Type}\\\"}}\",\"{{__profile_type__=\\\"{Type}\\\"}}\"]", "2 equality matchers for __profile_type__" },
        { "matchers", "[\"{__profile_type__=\\\"cpu\\\"}\"]", "__profile_type__" },
        { "matchers", "[\"{a=\"]", "matchers: parse error" },
        { "groupBy", "[\"a.b\"]", "'a.b' is no name of a label" },
        { "groupBy", "[\"a\",\"a\"]", "'a' is named twice" },
        { "groupBy", "[\"__name__\"]", "is set by the server" },
        { "externalLabels", "[{\"name\":\"1a\",\"value\":\"x\"}]", "'1a' is no name of a label" },
        { "externalLabels", "[{\"name\":\"profiles_rule_id\",\"value\":\"x\"}]", "is set by the server" },
        { "stacktraceFilter", "{\"functionName\":{}}", "expected the name of a function" },
        { "stacktraceFilter", "{\"functionName\":{\"functionName\":\"f\",\"metricType\":7}}", "metric_type 7 is not known" },
        { "stacktraceFilter", "{\"functionName\":{\"functionName\":\"LONG\"}}", "the limit is 16384" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Upsert_Wrong_NamesIt(string field, string json, string message)
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await SendAsync(server, null, "UpsertRecordingRule", Rule(r => r[field] = JsonNode.Parse(json.Replace("LONG", new string('x', 17_000)))));
        status.ShouldBe(400, body);
        body.ShouldContain("invalid_argument");
        JsonNode.Parse(body)!["message"]!.GetValue<string>().ShouldContain(message);
        (await SendAsync(server, null, "ListRecordingRules", "{}")).ShouldBe((200, "{}"));
    }

    [Theory]
    [InlineData("[\"service_name=\\\"a\\\"\",\"__profile_type__=\\\"TYPE\\\"\"]")]
    [InlineData("[\"{service_name=\\\"a\\\", __profile_type__=\\\"TYPE\\\"}\"]")]
    [InlineData("[\"{__profile_type__=\\\"TYPE\\\"}\",\"{pod=~\\\"a{2}\\\"}\"]")]
    public async Task Upsert_MatchersInAnyForm_AreTaken(string matchers)
    {
        await using var server = await LiveServer.StartAsync();
        var rule = (await OkAsync(server, null, "UpsertRecordingRule", Rule(r => r["matchers"] = JsonNode.Parse(matchers.Replace("TYPE", Type)))))["rule"]!;
        rule["profileType"]!.GetValue<string>().ShouldBe(Type);
        rule["matchers"]!.ToJsonString().ShouldBe(JsonNode.Parse(matchers.Replace("TYPE", Type))!.ToJsonString());
    }

    [Fact]
    public async Task ProvisionedRules_AreListedAndCannotBeChanged()
    {
        const string Yaml = """
            limits:
              recording_rules:
                - id: fixed
                  metric_name: profiles_recorded_cpu
                  matchers: ['{__profile_type__="process_cpu:cpu:nanoseconds:cpu:nanoseconds"}']
                  group_by: [service_name]
                  external_labels: [{name: env, value: dev}]
                  stacktrace_filter: {function_name: {function_name: main.work, metric_type: TOTAL}}
                - metric_name: profiles_recorded_other
                  matchers: ['{__profile_type__="process_cpu:cpu:nanoseconds:cpu:nanoseconds"}']
            """;
        await using var server = await LiveServer.StartAsync(Loading.Load("", Yaml).Options.Limits);
        var rules = (await OkAsync(server, null, "ListRecordingRules", "{}"))["rules"]!.AsArray();
        rules[0]!.ToJsonString().ShouldBe(
            JsonNode.Parse($$$"""{"id":"fixed","metricName":"profiles_recorded_cpu","profileType":"{{{Type}}}","matchers":["{__profile_type__=\"{{{Type}}}\"}"],"groupBy":["service_name"],"externalLabels":[{"name":"env","value":"dev"}],"stacktraceFilter":{"functionName":{"functionName":"main.work"}},"provisioned":true}""")!.ToJsonString());
        var id = rules[1]!["id"]!.GetValue<string>();
        id.ShouldMatch("^[a-z]{10}$");
        Loading.Load("", Yaml).Options.Limits.RecordingRules[1].Id.ShouldBe(id, "a restart must not change it");
        (await OkAsync(server, null, "GetRecordingRule", """{"id":"fixed"}"""))["rule"]!["provisioned"]!.GetValue<bool>().ShouldBeTrue();
        foreach (var (method, json) in new[] { ("UpsertRecordingRule", Rule(r => r["id"] = "fixed")), ("DeleteRecordingRule", """{"id":"fixed"}""") })
            (await SendAsync(server, null, method, json)).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(400), r => r.Body.ShouldContain("failed_precondition"), r => r.Body.ShouldContain("limit recording_rules"));
    }

    [Theory]
    [InlineData("[{metric_name: cpu, matchers: []}]", "must begin with profiles_recorded_")]
    [InlineData("[{metric: profiles_recorded_cpu}]", "unknown key 'metric'")]
    [InlineData("[{id: a, metric_name: profiles_recorded_a, matchers: ['{__profile_type__=\"a:b:c:d:e\"}']}, {id: a, metric_name: profiles_recorded_b, matchers: ['{__profile_type__=\"a:b:c:d:e\"}']}]", "2 rules with the id 'a'")]
    public void ProvisionedRules_Wrong_EndTheStart(string rules, string message) =>
        Should.Throw<Kagari.Server.Configuration.ConfigurationException>(() => Loading.Load("", $"limits:\n  recording_rules: {rules}\n")).Errors.ShouldHaveSingleItem().ShouldContain(message);

    [Fact]
    public async Task SwitchedOff_CallsAnswer501AndTheFlagSaysSo()
    {
        await using var server = await LiveServer.StartAsync(options: o => o with { RecordingRulesEnabled = false, MetricsExporter = new() { Enabled = true, RemoteWriteAddress = "http://127.0.0.1:1/" } });
        foreach (var (method, json) in new[] { ("ListRecordingRules", "{}"), ("UpsertRecordingRule", Rule()), ("GetRecordingRule", """{"id":"a"}"""), ("DeleteRecordingRule", """{"id":"a"}""") })
            (await SendAsync(server, null, method, json)).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(501), r => r.Body.ShouldContain("unimplemented"), r => r.Body.ShouldContain("tenant_settings.recording_rules.enabled"));
        (await FlagsAsync(server)).ShouldBe((false, false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FeatureFlags_SayWhetherRulesBecomeMetrics(bool exports)
    {
        await using var server = await LiveServer.StartAsync(options: o => o with { MetricsExporter = new() { Enabled = exports, RemoteWriteAddress = "http://127.0.0.1:1/" } });
        (await FlagsAsync(server)).ShouldBe((exports, exports));
    }

    private static async Task<(bool Rules, bool Functions)> FlagsAsync(LiveServer server)
    {
        var (_, body) = await server.SendAsync(RpcRequests.Json("/capabilities.v1.FeatureFlagsService/GetFeatureFlags", "{}"));
        var flags = JsonNode.Parse(body)!["featureFlags"]!.AsArray();
        bool Of(string name) => flags.Single(f => f!["name"]!.GetValue<string>() == name)!["enabled"]?.GetValue<bool>() ?? false;
        return (Of("pyroscopeRuler"), Of("pyroscopeRulerFunctions"));
    }

    private static string Rule(Action<JsonObject>? change = null)
    {
        var rule = new JsonObject { ["metricName"] = "profiles_recorded_cpu", ["matchers"] = new JsonArray($"{{__profile_type__=\"{Type}\"}}") };
        change?.Invoke(rule);
        return rule.ToJsonString();
    }

    private static async Task<JsonNode> OkAsync(LiveServer server, string? tenant, string method, string json)
    {
        var (status, body) = await SendAsync(server, tenant, method, json);
        status.ShouldBe(200, body);
        return JsonNode.Parse(body)!;
    }

    private static Task<(int Status, string Body)> SendAsync(LiveServer server, string? tenant, string method, string json)
    {
        var request = RpcRequests.Json($"/settings.v1.RecordingRulesService/{method}", json);
        if (tenant is not null) request.Headers.Add("X-Scope-OrgID", tenant);
        return server.SendAsync(request);
    }
}
