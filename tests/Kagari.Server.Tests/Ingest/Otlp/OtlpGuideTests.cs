using Kagari.Server.Tests.Clients;
using Kagari.Testing;

namespace Kagari.Server.Tests.Ingest.Otlp;

/// <summary>Runs the commands of docs/guide/opentelemetry.md that bear the mark <c>tested</c>.</summary>
public sealed class OtlpGuideTests
{
    [Fact]
    public async Task OpenTelemetryGuide_MarkedCommands_Work()
    {
        var kagari = KagariExecutable.FindFolder();
        await using var server = await ClientServer.StartAsync();
        using var folder = new TemporaryDirectory();
        var marked = MarkdownScript.Blocks("docs/guide/opentelemetry.md").Where(b => b.Before.Contains("<!-- tested")).ToArray();
        marked.Length.ShouldBe(1);

        var output = await MarkdownScript.RunAsync(marked[0].Commands, server, folder, kagari);

        output.ShouldContain("work");
        output.ShouldContain("420");   // milliseconds: 42 samples of 10
    }
}
