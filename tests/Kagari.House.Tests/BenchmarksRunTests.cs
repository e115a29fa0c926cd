using System.Diagnostics;
using Kagari.Testing;

namespace Kagari.House.Tests;

/// <summary>Each benchmark also runs once, tiny: one that no longer runs is worse than none. It measures nothing here.</summary>
public sealed class BenchmarksRunTests
{
    [Theory]
    [InlineData("parse", "parse allocs")]
    [InlineData("nettrace", "nettrace, profiles")]
    [InlineData("labels", "a sample finds its labels")]
    [InlineData("overhead", "overhead, uploads taken")]
    [InlineData("write", "write path to the segment, allocs")]
    [InlineData("export", "allocs: parquet, gzip")]
    [InlineData("blackbox", "diff of two services")]
    public async Task Bench_Tiny_RunsToItsLastLine(string name, string lastLine)
    {
        var file = Path.Combine(Repository.Root, "artifacts", "bin", "Kagari.Bench", "release", "Kagari.Bench");
        using var process = Process.Start(new ProcessStartInfo(file, [name, "--tiny"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await errors);
        (await output).ShouldContain(lastLine);
    }
}
