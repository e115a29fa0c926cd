using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>The first commands of README and guide, as people type them.</summary>
public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task Curl_UploadsAProfile_RenderShowsIt()
    {
        await using var server = await ClientServer.StartAsync();
        var file = Path.Combine(Repository.Root, "testdata", "go", "cpu-checkout-v1-eu-1.pb.gz");

        var (status, output) = await ExternalTool.RunAsync("curl", "-sS", "--fail-with-body", "-F", $"profile=@{file}",
            $"{server.Url}/ingest?name=my.app%7Bregion=eu%7D&from=now-1m&until=now");
        status.ShouldBe(0, output);

        const string Cpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";
        // The profile keeps the time of its capture.
        var total = PprofSums.Of(await File.ReadAllBytesAsync(file)).Values.Single(v => v.Type == "cpu:nanoseconds").Sum;
        var graph = await server.RenderAsync(Cpu, """{service_name="my.app",region="eu"}""", "20261101", "now");
        graph.GetProperty("numTicks").GetInt64().ShouldBe(total);
        graph.GetProperty("names").EnumerateArray().Select(n => n.GetString()).ShouldContain("main.(*desk).checkout");
        (await server.StacksByProtoAsync(Cpu, """{service_name="my.app",region="us"}""")).Total.ShouldBe(0);
    }
}
