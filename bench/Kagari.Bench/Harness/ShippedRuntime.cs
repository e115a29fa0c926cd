using System.Diagnostics;

namespace Kagari.Bench.Harness;

/// <summary>Runs benchmarks in a process with the runtime settings of the shipped server (Kagari.Cli.csproj): hot code is compiled once and fully.</summary>
/// <remarks>Under the runtime's defaults a third of the CPU of a short benchmark is its compiler, which a server pays once.</remarks>
internal static class ShippedRuntime
{
    private const string Pgo = "DOTNET_TieredPGO", QuickJit = "DOTNET_TC_QuickJit";

    /// <summary>Whether this process has them.</summary>
    public static bool IsHere => Environment.GetEnvironmentVariable(Pgo) == "0" && Environment.GetEnvironmentVariable(QuickJit) == "0";

    /// <summary>Runs benchmarks by name in another process of this program.</summary>
    public static async Task RunAsync(IEnumerable<string> names, bool tiny)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        foreach (var name in names) start.ArgumentList.Add(name);
        if (tiny) start.ArgumentList.Add("--tiny");
        start.Environment[Pgo] = "0";
        start.Environment[QuickJit] = "0";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("BUG: no process was started.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"The benchmarks in a process of their own ended with {process.ExitCode}.");
    }
}
