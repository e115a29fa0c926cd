using System.Text.RegularExpressions;
using Kagari.Server.Tests.Clients;
using Kagari.Testing;

namespace Kagari.Server.Tests.Export.Parquet;

/// <summary>Runs what docs/guide/analysis.md shows: its commands with the real executable, its SQL with the real DuckDB.</summary>
public sealed partial class AnalysisGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "analysis.md"));

    [Fact]
    public async Task Guide_InItsOrder_Works()
    {
        var kagari = KagariExecutable.FindFolder();
        await using var server = await ClientServer.StartAsync();
        using var folder = new TemporaryDirectory();
        foreach (var release in new[] { "v1", "v2" })
            await server.PushAsync(await CapturedProfile.AsOfNowAsync($"cpu-checkout-{release}-us-1"), ("__name__", "process_cpu"), ("service_name", "checkout"), ("version", release));
        await MarkdownScript.RunAsync(Block("export") + Block("http"), server, folder, kagari);

        var top = await AskAsync("top");
        top.Count.ShouldBe(10);
        top.Select(l => l[..5]).Distinct().Order(StringComparer.Ordinal).ShouldBe(["[\"v1\"", "[\"v2\""]);
        (await AskAsync("total")).Single().ShouldStartWith("[\"checkout\",");
        (await AskAsync("callers"))[0].ShouldStartWith("[\"main.applyDiscounts");
        (await AskAsync("minutes")).Count.ShouldBeInRange(2, 4);
        (await AskAsync("types")).Select(l => l.Split(',')[0]).ShouldBe(["[\"process_cpu:cpu:nanoseconds:cpu:nanoseconds\"", "[\"process_cpu:samples:count:cpu:nanoseconds\""]);

        Task<IReadOnlyList<string>> AskAsync(string mark) => DuckDb.LinesAsync($"set file_search_path = '{folder.Path}'", Block(mark));
    }

    private static string Block(string mark)
    {
        var start = Guide.IndexOf($"<!-- tested: {mark} -->", StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, mark);
        return Fence().Match(Guide, start).Groups["text"].Value;
    }

    [GeneratedRegex(@"^```(bash|sql)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
