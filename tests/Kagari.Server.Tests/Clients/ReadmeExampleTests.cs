using System.Text.Json;
using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>The first commands of the README, as people paste them.</summary>
public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task FirstFlameGraph_UploadedByCurl_RenderShowsIt()
    {
        await using var server = await ClientServer.StartAsync();
        using var folder = new TemporaryDirectory();
        var pprof = await CapturedProfile.AsOfNowAsync("cpu-checkout-v1-eu-1");
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "cpu.pb.gz"), pprof);
        var (_, commands) = MarkdownScript.Blocks("README.md").First(b => b.Commands.Contains("/ingest"));

        var output = await MarkdownScript.RunAsync(commands, server, folder);

        // curl shows its progress beside the JSON.
        var graph = JsonDocument.Parse(output[output.IndexOf('{')..(output.LastIndexOf('}') + 1)]).RootElement.GetProperty("flamebearer");
        graph.GetProperty("numTicks").GetInt64().ShouldBe(PprofSums.Of(pprof).Values.Single(v => v.Type == "cpu:nanoseconds").Sum);
        graph.GetProperty("names").EnumerateArray().Select(n => n.GetString()).ShouldContain("main.(*desk).checkout");
        var elsewhere = await server.RenderAsync("process_cpu:cpu:nanoseconds:cpu:nanoseconds", """{service_name="my.app",region="us"}""");
        elsewhere.GetProperty("numTicks").GetInt64().ShouldBe(0, "the label of the name must count");
    }
}
