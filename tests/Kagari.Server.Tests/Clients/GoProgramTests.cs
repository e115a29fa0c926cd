using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>A Go program with net/http/pprof, built and run here; curl pushes its profiles in the form that Go's SDK sends.</summary>
public sealed class GoProgramTests
{
    private const string HeapConfig = """{"alloc_objects":{"units":"objects","cumulative":false},"alloc_space":{"units":"bytes","cumulative":false},"inuse_objects":{"units":"objects","aggregation":"average"},"inuse_space":{"units":"bytes","aggregation":"average"}}""";
    private const string GoroutineConfig = """{"goroutine":{"units":"goroutines","display-name":"goroutines","aggregation":"average"}}""";
    private const string MutexConfig = """{"contentions":{"units":"lock_samples","display-name":"mutex_count"},"delay":{"units":"lock_nanoseconds","display-name":"mutex_duration"}}""";
    private const string BlockConfig = """{"contentions":{"units":"lock_samples","display-name":"block_count"},"delay":{"units":"lock_nanoseconds","display-name":"block_duration"}}""";

    [Fact]
    public async Task Profiles_OfARunningProgram_PushedByCurl_ComeBackWhole()
    {
        using var folder = new TemporaryDirectory();
        var (built, output) = await ExternalTool.RunAsync("bash", "-c", $"cd '{Path.Combine(Repository.Root, "testdata", "programs", "go")}' && go build -o '{Path.Combine(folder.Path, "shop")}' .");
        built.ShouldBe(0, output);
        (built, output) = await ExternalTool.RunAsync(Path.Combine(folder.Path, "shop"), "-service", "cart", "-seconds", "1", "-out", folder.Path);
        built.ShouldBe(0, output);

        await using var server = await ClientServer.StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (kind, config, family) in new[]
        {
            ("cpu", "", "process_cpu"), ("heap", HeapConfig, "memory"), ("goroutine", GoroutineConfig, "goroutines"), ("mutex", MutexConfig, "mutex"), ("block", BlockConfig, "block"),
        })
        {
            var file = Path.Combine(folder.Path, $"{kind}-cart-v1-us-1.pb.gz");
            List<string> arguments = ["-sS", "-w", "%{http_code}", "-F", $"profile=@{file};filename=profile.pprof;type=application/octet-stream"];
            if (config.Length > 0)
            {
                var configFile = Path.Combine(folder.Path, kind + ".json");
                await File.WriteAllTextAsync(configFile, config, TestContext.Current.CancellationToken);
                arguments.AddRange(["-F", $"sample_type_config=@{configFile};filename=sample_type_config.json"]);
            }
            var name = Uri.EscapeDataString("cart{__session_id__=1f2e3d4c5b6a7988,otel.scope.name=com.grafana.pyroscope/go,region=us}");
            arguments.Add($"{server.Url}/ingest?aggregationType=sum&from={now - 1}000000000&name={name}&sampleRate=100&spyName=gospy&units=samples&until={now}000000000");
            (await ExternalTool.RunAsync("curl", [.. arguments])).ShouldBe((0, "200"));

            // Not by -raw: it leaves out goroutines without a stack, which just start.
            var sent = PprofSums.Of(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            foreach (var (type, sum) in sent.Values.Where(v => v.Sum != 0))
                (await server.StacksByProtoAsync($"{family}:{type}:{sent.PeriodType}", """{service_name="cart",region="us",pyroscope_spy="gospy"}""")).Total.ShouldBe(sum, $"{kind} {type}");
        }
        // The program does work that its own functions show.
        var cpu = await server.PprofAsync("process_cpu:cpu:nanoseconds:cpu:nanoseconds", """{service_name="cart"}""");
        (await GoPprof.ReportAsync(cpu, "-top", "-cum", "-nodecount=1000", "-nodefraction=0")).ShouldContain("main.");
    }
}
