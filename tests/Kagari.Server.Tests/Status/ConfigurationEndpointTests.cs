using System.Text.Json;
using Kagari.Server.Hosting;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Configuration;
using Kagari.Testing;

namespace Kagari.Server.Tests.Status;

public sealed class ConfigurationEndpointTests
{
    private const string File = "overrides:\n  shop:\n    max_label_names_per_series: 7\n  bank: {}\n";

    [Fact]
    public async Task Config_ShowsWhatIsInForce_WithoutSecrets()
    {
        using var directory = new TemporaryDirectory();
        var options = Options(directory) with { Debuginfod = new() { Url = "https://me:secret@symbols.example" } };
        await using var server = await KagariServer.StartAsync(options);
        using var http = new HttpClient { BaseAddress = server.Url };
        var config = await http.GetStringAsync("/api/v1/status/config", TestContext.Current.CancellationToken);
        config.ShouldContain("debuginfod_url: \"https://***@symbols.example\"");
        Loading.Load(yaml: config).Options.StorageDirectory.ShouldBe(directory.Path, "it is a configuration");
        var diff = await http.GetStringAsync("/api/v1/status/config/diff", TestContext.Current.CancellationToken);
        diff.ShouldContain("https://***@");
        diff.ShouldNotContain("max_label_names_per_series");
        var defaults = await http.GetStringAsync("/api/v1/status/config/default", TestContext.Current.CancellationToken);
        defaults.ShouldContain("debuginfod_url: \"\"");
        defaults.ShouldNotContain(directory.Path);
    }

    [Fact]
    public async Task RuntimeConfig_ShowsTenants_AndTenantLimitsTheirOwn()
    {
        using var directory = new TemporaryDirectory();
        using var limits = RuntimeOverrides.Open("f", new TenantLimits(), TimeSpan.FromSeconds(10), TimeProvider.System, _ => { }, _ => File);
        await using var server = await KagariServer.StartAsync(Options(directory) with { MultitenancyEnabled = true }, limits);
        using var http = new HttpClient { BaseAddress = server.Url };
        (await http.GetStringAsync("/runtime_config?mode=diff", TestContext.Current.CancellationToken))
            .ShouldBe("overrides:\n  \"bank\": {}\n  \"shop\":\n    max_label_names_per_series: 7\n");
        (await http.GetStringAsync("/runtime_config", TestContext.Current.CancellationToken)).ShouldContain("    max_label_name_length: 1024\n");
        foreach (var (tenant, labels) in new[] { ("shop", 7), ("bank", 64), ("other", 64) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tenant_limits") { Headers = { { "X-Scope-OrgID", tenant } } };
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("max_label_names_per_series").GetInt32().ShouldBe(labels);
        }
    }

    private static ServerOptions Options(TemporaryDirectory directory) =>
        new() { HttpListenAddress = "127.0.0.1", HttpListenPort = 0, LogLevel = "error", StorageDirectory = directory.Path };
}
