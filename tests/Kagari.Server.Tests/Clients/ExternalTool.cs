using System.ComponentModel;
using System.Diagnostics;
using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>Runs other people's programs. Where one is missing the test is skipped; CI has them all, so there it fails.</summary>
internal static class ExternalTool
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(5);

    /// <summary>Runs to the end; gives the status, and what was printed to both outputs.</summary>
    public static async Task<(int Status, string Output)> RunAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Start(start);
        using var limit = new CancellationTokenSource(TimeMax);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} {string.Join(' ', arguments)} did not end within {TimeMax}.", e);
        }
    }

    /// <summary>Skips the test for a reason, or fails it in CI, which must have everything.</summary>
    public static void SkipOutsideCI(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(reason);
        Assert.Skip(reason);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            SkipOutsideCI($"{start.FileName} is missing.");
            throw;
        }
    }
}
