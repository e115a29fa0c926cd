using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Kagari.Server.Tests.Clients.Grafana;

/// <summary>What the app Profiles Drilldown asks in a browser, in its order, and every field that it reads of the answers.</summary>
public sealed class DrilldownTests
{
    private const string Settings = "/settings.v1.SettingsService/", AdHoc = "/adhocprofiles.v1.AdHocProfileService/";

    /// <summary>64-bit numbers come as numbers or as text, optional fields as null.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_ServicesWithTheirTypes(bool asText)
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var quote = asText ? "\"" : "";
        var answer = await grafana.AskAsync("Series", $$"""{"start":{{quote}}{{grafana.StartMillis}}{{quote}},"end":{{quote}}{{grafana.EndMillis}}{{quote}},"labelNames":["service_name","__profile_type__"],"matchers":[]}""");
        var pairs = answer.GetProperty("labelsSet").EnumerateArray()
            .Select(s => s.GetProperty("labels").EnumerateArray().ToDictionary(l => l.GetProperty("name").GetString()!, l => l.GetProperty("value").GetString()!)).ToList();
        pairs.ShouldAllBe(p => p.Count == 2);
        pairs.Select(p => p["service_name"]).Distinct().Order(StringComparer.Ordinal).ShouldBe(["cart", "checkout", "search"]);
        pairs.ShouldContain(p => p["service_name"] == "cart" && p["__profile_type__"] == GrafanaServer.Cpu);

        var stats = await grafana.AskAsync("GetProfileStats", "{}");
        stats.GetProperty("dataIngested").GetBoolean().ShouldBeTrue();
        long.Parse(stats.GetProperty("oldestProfileTime").GetString()!).ShouldBeInRange(grafana.StartMillis, grafana.EndMillis);
        long.Parse(stats.GetProperty("newestProfileTime").GetString()!).ShouldBeInRange(grafana.StartMillis, grafana.EndMillis);
    }

    [Fact]
    public async Task Labels_OfAServiceAndType()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var matchers = $$"""["{__profile_type__=\"{{GrafanaServer.Cpu}}\", service_name=\"checkout\"}"]""";
        var names = await grafana.AskAsync("LabelNames", $$"""{"matchers":{{matchers}},"start":{{grafana.StartMillis}},"end":{{grafana.EndMillis}}}""");
        names.GetProperty("names").EnumerateArray().Select(n => n.GetString()).ShouldContain("k8s.node.name");
        var values = await grafana.AskAsync("LabelValues", $$"""{"name":"pod","matchers":{{matchers}},"start":{{grafana.StartMillis}},"end":{{grafana.EndMillis}}}""");
        values.GetProperty("names").EnumerateArray().Select(n => n.GetString()).ShouldBe(["eu-1", "eu-2", "us-1", "us-2"]);
        var analysis = await grafana.AskAsync("AnalyzeQuery", $$"""{"start":{{grafana.StartMillis}},"end":{{grafana.EndMillis}},"query":"{{GrafanaServer.Cpu}}{}"}""");
        analysis.ValueKind.ShouldBe(JsonValueKind.Object);
    }

    /// <summary>Names of fields are a mixture of both spellings, and a newer field has a name that is not known yet.</summary>
    [Fact]
    public async Task FunctionDetails_OfACallSite()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var profile = await grafana.AskAsync("SelectMergeProfile", $$"""
            {"profile_typeID":"{{GrafanaServer.Cpu}}","label_selector":"{service_name=\"checkout\"}","start":{{grafana.StartMillis}},"end":{{grafana.EndMillis}},
             "stackTraceSelector":{"call_site":[],"goPgo":null},"maxNodes":500,"format":null,"someNewField":{"a":1} }
            """);
        profile.GetProperty("stringTable")[0].GetString().ShouldBe("");
        profile.GetProperty("sample").GetArrayLength().ShouldBeGreaterThan(10);
        profile.GetProperty("function")[0].GetProperty("name").ValueKind.ShouldBe(JsonValueKind.String, "64-bit numbers are text");
    }

    /// <summary>The export: the request by the binary codec, the answer is the file.</summary>
    [Fact]
    public async Task PprofExport_OpensInGoToolPprof()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var request = new Kagari.Wire.Querier.SelectMergeProfileRequest { ProfileTypeID = GrafanaServer.Cpu, LabelSelector = """{service_name="checkout"}""", Start = grafana.StartMillis, End = grafana.EndMillis };
        using var message = new HttpRequestMessage(HttpMethod.Post, "/querier.v1.QuerierService/SelectMergeProfile") { Content = new ByteArrayContent(Google.Protobuf.MessageExtensions.ToByteArray(request)) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/proto");
        using var answer = await grafana.Server.Http.SendAsync(message, TestContext.Current.CancellationToken);
        var pprof = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        (await GoPprof.ReportAsync(pprof, "-top", "-cum", "-nodecount=1000", "-nodefraction=0")).ShouldContain("main.compileCoupon");
        PprofSums.Of(pprof).Values.ShouldBe([("cpu:nanoseconds", grafana.Sums.Where(s => s.Key is { Type: GrafanaServer.Cpu, Service: "checkout" }).Sum(s => s.Value))]);
    }

    [Fact]
    public async Task Diff_OfTwoVersions_ByRenderDiffAndByDiff()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        string Side(string version) => GrafanaServer.Cpu + $"{{service_name=\"checkout\",version=\"{version}\"}}";
        var path = $"/pyroscope/render-diff?leftQuery={Uri.EscapeDataString(Side("v1"))}&leftFrom={grafana.StartMillis}&leftUntil={grafana.EndMillis}"
            + $"&rightQuery={Uri.EscapeDataString(Side("v2"))}&rightFrom={grafana.StartMillis}&rightUntil={grafana.EndMillis}&max-nodes=16384";
        var render = JsonDocument.Parse(await grafana.Server.Http.GetStringAsync(path, TestContext.Current.CancellationToken)).RootElement;
        render.GetProperty("version").GetInt32().ShouldBe(1);
        var graph = render.GetProperty("flamebearer");
        graph.GetProperty("names")[0].GetString().ShouldBe("total");
        graph.GetProperty("levels")[0].GetArrayLength().ShouldBe(7);
        render.GetProperty("leftTicks").GetInt64().ShouldBeGreaterThan(0);
        render.GetProperty("rightTicks").GetInt64().ShouldBeGreaterThan(0);
        graph.GetProperty("numTicks").GetInt64().ShouldBe(render.GetProperty("leftTicks").GetInt64() + render.GetProperty("rightTicks").GetInt64());
        render.GetProperty("metadata").GetProperty("format").GetString().ShouldBe("double");
        render.GetProperty("metadata").GetProperty("units").GetString().ShouldBe("samples");
        render.GetProperty("metadata").GetProperty("sampleRate").GetInt64().ShouldBe(1_000_000_000);

        string Json(string version) => $$"""{"profileTypeID":"{{GrafanaServer.Cpu}}","labelSelector":"{service_name=\"checkout\",version=\"{{version}}\"}","start":{{grafana.StartMillis}},"end":{{grafana.EndMillis}},"maxNodes":16384}""";
        var diff = (await grafana.AskAsync("Diff", $$"""{"left":{{Json("v1")}},"right":{{Json("v2")}}}""")).GetProperty("flamegraph");
        diff.GetProperty("leftTicks").GetString().ShouldBe(render.GetProperty("leftTicks").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture));
        diff.GetProperty("names").EnumerateArray().Select(n => n.GetString()).ShouldContain("main.compileCoupon");
        diff.GetProperty("levels")[0].GetProperty("values").GetArrayLength().ShouldBe(7);
    }

    [Fact]
    public async Task Render_AsDot_ForTheAssistant()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var dot = await grafana.Server.Http.GetStringAsync($"/pyroscope/render?query={Uri.EscapeDataString(GrafanaServer.Cpu + "{service_name=\"checkout\"}")}&from={grafana.StartMillis}&until={grafana.EndMillis}&format=dot&max-nodes=100", TestContext.Current.CancellationToken);
        dot.ShouldStartWith("digraph");
        dot.ShouldContain("main.compileCoupon");
        (await grafana.Server.Http.GetStringAsync($"/pyroscope/render?query={Uri.EscapeDataString(GrafanaServer.Cpu + "{service_name=\"nobody\"}")}&from={grafana.StartMillis}&until={grafana.EndMillis}&format=dot", TestContext.Current.CancellationToken)).ShouldBe("");
    }

    [Fact]
    public async Task AdHoc_UploadListGetDiff()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        string Upload(string name, string text) => $$"""{"name":"{{name}}","profile":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}","maxNodes":null}""";
        var (status, first) = await grafana.PostJsonAsync(AdHoc + "Upload", Upload("before.txt", "main;work 3\nmain 1\n"));
        status.ShouldBe(200, first.ToString());
        first.GetProperty("profileTypes").GetArrayLength().ShouldBe(1);
        first.GetProperty("uploadedAt").ValueKind.ShouldBe(JsonValueKind.String);
        var graph = JsonDocument.Parse(first.GetProperty("flamebearerProfile").GetString()!).RootElement;
        graph.GetProperty("flamebearer").GetProperty("numTicks").GetInt64().ShouldBe(4);
        graph.GetProperty("metadata").GetProperty("format").GetString().ShouldBe("single");
        var (_, second) = await grafana.PostJsonAsync(AdHoc + "Upload", Upload("after.txt", "main;work 5\n"));

        var (_, list) = await grafana.PostJsonAsync(AdHoc + "List", "{}");
        list.GetProperty("profiles").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["after.txt", "before.txt"], "latest first");
        var (_, got) = await grafana.PostJsonAsync(AdHoc + "Get", $$"""{"id":"{{first.GetProperty("id").GetString()}}","profileType":null,"maxNodes":"100"}""");
        got.GetProperty("name").GetString().ShouldBe("before.txt");
        var (code, diff) = await grafana.PostJsonAsync(AdHoc + "Diff", $$"""{"leftId":"{{first.GetProperty("id").GetString()}}","rightId":"{{second.GetProperty("id").GetString()}}"}""");
        code.ShouldBe(200, diff.ToString());
        var both = JsonDocument.Parse(diff.GetProperty("flamebearerProfile").GetString()!).RootElement;
        (both.GetProperty("leftTicks").GetInt64(), both.GetProperty("rightTicks").GetInt64()).ShouldBe((4, 5));
    }

    [Fact]
    public async Task Settings_AreKeptAndNewerOnesWin()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        (await grafana.PostJsonAsync(Settings + "Get", "{}")).Body.TryGetProperty("settings", out _).ShouldBeFalse();
        var (status, set) = await grafana.PostJsonAsync(Settings + "Set", """{"setting":{"name":"pluginSettings","value":"{\"maxNodes\":16384}","modifiedAt":1756000000000}}""");
        status.ShouldBe(200);
        set.GetProperty("setting").GetProperty("modifiedAt").GetString().ShouldBe("1756000000000");
        var (_, got) = await grafana.PostJsonAsync(Settings + "Get", "{}");
        got.GetProperty("settings")[0].GetProperty("name").GetString().ShouldBe("pluginSettings");
        got.GetProperty("settings")[0].GetProperty("value").GetString().ShouldBe("""{"maxNodes":16384}""");
        var (conflict, error) = await grafana.PostJsonAsync(Settings + "Set", """{"setting":{"name":"pluginSettings","value":"old","modifiedAt":"1"}}""");
        (conflict, error.GetProperty("code").GetString()).ShouldBe((409, "already_exists"));
        (await grafana.PostJsonAsync(Settings + "Delete", """{"name":"pluginSettings"}""")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Features_AreToldByName()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var (status, flags) = await grafana.PostJsonAsync("/capabilities.v1.FeatureFlagsService/GetFeatureFlags", "{}");
        status.ShouldBe(200);
        var names = flags.GetProperty("featureFlags").EnumerateArray().Select(f => f.GetProperty("name").GetString()).ToList();
        names.ShouldBe(names.Order(StringComparer.Ordinal));
        names.ShouldContain("v2StorageLayer");
    }

    /// <summary>Tables of functions of newer versions: the app falls back where they are missing, and is faster where they are not.</summary>
    [Fact]
    public async Task Functions_AsATable()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var table = await grafana.AskAsync("SelectMergeStacktraces", $$"""{"profileTypeID":"{{GrafanaServer.Cpu}}","labelSelector":"{service_name=\"checkout\"}","start":{{grafana.StartMillis}},"end":{{grafana.EndMillis}},"format":"PROFILE_FORMAT_FUNCTIONS"}""");
        var functions = table.GetProperty("functions").GetProperty("functions").EnumerateArray().ToList();
        functions.Count.ShouldBeGreaterThan(10);
        functions[0].TryGetProperty("name", out _).ShouldBeTrue();
    }
}
