using System.Text.Json;
using Kagari.Testing;

namespace Kagari.Server.Tests.SelfProfiling;

/// <summary>A fresh server, as people start it, has a flame graph of itself.</summary>
public sealed class SelfProfilingTests
{
    private const string Cpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Server_Fresh_ShowsAFlameGraphOfItself()
    {
        using var directory = new TemporaryDirectory();
        using var http = new HttpClient();
        using var server = KagariProcess.StartAsIs(directory.Path);
        (await server.IsReadyAsync(http, 1000)).ShouldBeTrue();
        var graph = await UntilThereAsync(http, server);
        graph.GetProperty("flamebearer").GetProperty("names").EnumerateArray().Select(n => n.GetString()!)
            .ShouldContain(n => n.StartsWith("Kagari.", StringComparison.Ordinal));
        (await server.KillForLogAsync()).ShouldBeEmpty("nothing goes wrong that has to be said");
    }

    [Fact]
    public async Task Server_ToldNotTo_HasNoProfileOfItself()
    {
        using var directory = new TemporaryDirectory();
        using var http = new HttpClient();
        using var server = KagariProcess.Start(directory.Path);
        (await server.IsReadyAsync(http, 1000)).ShouldBeTrue();
        // The threads of the profiler start before the first answer, if at all.
        server.ThreadNames().ShouldNotContain(n => n.StartsWith("kagari", StringComparison.Ordinal) && n != "kagari");
    }

    [Fact]
    public async Task Server_WithTenants_KeepsItsProfilesUnderTheTenantThatIsSet()
    {
        using var directory = new TemporaryDirectory();
        using var http = new HttpClient();
        using var server = KagariProcess.StartAsIs(directory.Path, "-auth.multitenancy-enabled=true", "-self-profiling.tenant=operators");
        (await server.IsReadyAsync(http, 1000)).ShouldBeTrue();
        http.DefaultRequestHeaders.Add("X-Scope-OrgID", "operators");
        await UntilThereAsync(http, server);
        http.DefaultRequestHeaders.Remove("X-Scope-OrgID");
        http.DefaultRequestHeaders.Add("X-Scope-OrgID", "anonymous");
        (await AskAsync(http, server)).GetProperty("flamebearer").GetProperty("numTicks").GetInt64().ShouldBe(0);
    }

    private static async Task<JsonElement> UntilThereAsync(HttpClient http, KagariProcess server)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var graph = await AskAsync(http, server);
            if (graph.GetProperty("flamebearer").GetProperty("numTicks").GetInt64() > 0) return graph;
            await pause.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task<JsonElement> AskAsync(HttpClient http, KagariProcess server)
    {
        var query = Uri.EscapeDataString(Cpu + "{service_name=\"kagari\"}");
        using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri(server.Url, $"pyroscope/render?query={query}&from=now-1h&until=now"), TestContext.Current.CancellationToken));
        return answer.RootElement.Clone();
    }
}
