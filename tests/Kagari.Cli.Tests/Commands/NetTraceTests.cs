using System.Diagnostics;
using System.IO.Compression;
using Kagari.Testing;

namespace Kagari.Cli.Tests.Commands;

/// <summary>A trace of <c>dotnet-trace</c> on its way into Go's tools and into a server.</summary>
public sealed class NetTraceTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string s_trace = Path.Combine(Repository.Root, "testdata", "dotnet", "workload.nettrace.gz");

    [Theory]
    [InlineData("cpu", "cpu", "Kagari.Workload.Calculation.Seventy")]
    [InlineData("alloc", "alloc_size", "Kagari.Workload.Allocations.Run")]
    [InlineData("exception", "exception", "Kagari.Workload.WorkloadException")]
    public async Task Convert_ToPprof_OpensInGo(string profile, string type, string function)
    {
        var path = Path.Combine(server.Directory, $"{profile}.pb.gz");
        var run = await CommandRun.OfAsync(["convert", s_trace, path, "--profile", profile]);
        (run.ExitCode, run.Error).ShouldBe((ExitCode.Ok, ""));
        var top = await GoTopAsync(path);
        top.ShouldContain($"Type: {type}");
        top.ShouldContain(function);
    }

    [Fact]
    public async Task Upload_ShowsTheFunctionsOfEachType()
    {
        var run = await server.OkAsync("nettrace", "upload", s_trace, "--service", "workload");
        foreach (var family in new[] { "process_cpu", "wall", "memory", "lock", "exception" }) run.Out.ShouldContain(family);
        var types = new[]
        {
            ("process_cpu:cpu:nanoseconds:cpu:nanoseconds", "Calculation.Seventy"), ("wall:wall:nanoseconds:cpu:nanoseconds", "Calculation.Seventy"),
            ("memory:alloc_samples:count:space:bytes", "Allocations.Run"), ("memory:alloc_size:bytes:space:bytes", "Allocations.Run"),
            ("lock:lock_count:count:cpu:nanoseconds", "Locks.Enter"), ("lock:lock_time:nanoseconds:cpu:nanoseconds", "Locks.Enter"),
            ("exception:exception:count:cpu:nanoseconds", "WorkloadException"),
        };
        foreach (var (type, function) in types)
            (await server.OkAsync("nettrace", "query", "workload", "--type", type, "-o", "collapsed")).Out.ShouldContain($"Kagari.Workload.{function}", customMessage: type);
    }

    [Fact]
    public async Task Convert_OfATraceThatWasCutOff_SaysWhatItLacks()
    {
        using var whole = new MemoryStream();
        await using (var gzip = new GZipStream(File.OpenRead(s_trace), CompressionMode.Decompress)) await gzip.CopyToAsync(whole, TestContext.Current.CancellationToken);
        var run = await CommandRun.OfAsync(["convert", "-", "-", "--to", "collapsed", "--profile", "exception"], input: whole.ToArray()[..^10]);
        run.ExitCode.ShouldBe(ExitCode.Ok);
        run.Error.ShouldStartWith($"kagari: -: the trace ends at byte {whole.Length - 10} without its end");
        run.Binary.Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Inspect_ListsWhatIsInIt()
    {
        var run = await CommandRun.OfAsync(["inspect", s_trace]);
        (run.ExitCode, run.Error).ShouldBe((ExitCode.Ok, ""));
        foreach (var part in new[] { "(cpu): process_cpu, ", "(wall): wall, ", "(alloc): memory, ", "lock_count 3", ": exception 25\n" }) run.Out.ShouldContain(part);
    }

    private static async Task<string> GoTopAsync(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("go", ["tool", "pprof", "-symbolize=none", "-top", "-cum", "-nodecount=500", path]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await error);
        return output;
    }
}
