using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>Runs the commands of guides that bear the mark <c>tested</c>, in their order.</summary>
public sealed class GuideTests
{
    [Fact]
    public async Task GettingStarted_MarkedCommands_Work()
    {
        var kagari = KagariExecutable.FindFolder();
        await using var server = await ClientServer.StartAsync();
        using var folder = new TemporaryDirectory();
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "cpu.pb.gz"), await CapturedProfile.AsOfNowAsync("cpu-checkout-v2-us-1"));
        var marked = MarkdownScript.Blocks("docs/guide/getting-started.md").Where(b => b.Before.Contains("<!-- tested")).ToArray();
        marked.Length.ShouldBe(4);

        var output = await MarkdownScript.RunAsync(string.Concat(marked.Select(b => b.Commands)), server, folder, kagari);

        output.ShouldContain("main.compileCoupon");
        (await GoPprof.ReportAsync(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "my.app.pb.gz")), "-top")).ShouldContain("main.(*shelf).take");
        (await File.ReadAllTextAsync(Path.Combine(folder.Path, "my.app.svg"))).ShouldContain("<svg");
    }

    [Fact]
    public async Task RecordingRules_MarkedCommands_Work()
    {
        await using var server = await ClientServer.StartAsync();
        using var folder = new TemporaryDirectory();
        var marked = MarkdownScript.Blocks("docs/guide/recording-rules.md").Where(b => b.Before.Contains("<!-- tested")).ToArray();
        marked.Length.ShouldBe(3);

        var output = await MarkdownScript.RunAsync(string.Concat(marked.Select(b => b.Commands)), server, folder);

        output.ShouldContain("\"id\":\"couponcpu\",\"metricName\":\"profiles_recorded_compile_coupon_cpu\"");
        output.ShouldContain("\"groupBy\":[\"service_name\",\"version\",\"region\"]");
        output.ShouldContain("\"generation\":\"2\"");
        output.Trim().ShouldEndWith("{}{}", Case.Sensitive, "both rules are gone");
    }

    [Fact]
    public async Task Profefe_MarkedCommands_Work()
    {
        await using var server = await ClientServer.StartAsync();
        using var folder = new TemporaryDirectory();
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "cpu.pb.gz"), await CapturedProfile.AsOfNowAsync("cpu-checkout-v2-us-1"));
        var marked = MarkdownScript.Blocks("docs/guide/profefe.md").Where(b => b.Before.Contains("<!-- tested")).ToArray();

        var output = await MarkdownScript.RunAsync(string.Concat(marked.Select(b => b.Commands)), server, folder, KagariExecutable.FindFolder());

        output.ShouldContain("\"type\":\"cpu\",\"service\":\"shop\",\"labels\":[{\"key\":\"version\",\"value\":\"1.0.0\"}]");
        output.ShouldContain("[\"shop\"]");
        output.ShouldContain("main.(*shelf).take");
    }
}
