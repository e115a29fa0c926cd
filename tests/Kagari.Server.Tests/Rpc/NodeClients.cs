using System.Diagnostics;
using Kagari.Testing;

namespace Kagari.Server.Tests.Rpc;

/// <summary>Runs the clients of tests/clients, which are other people's packages, with node.</summary>
internal static class NodeClients
{
    private static readonly Lazy<Task<string?>> Problem = new(InstallAsync);

    private static string Folder => Path.Combine(Repository.Root, "tests", "clients");

    /// <summary>Runs one script to its end and gives what it printed; a failed script fails the test.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        if (await Problem.Value is { } problem) Assert.Skip(problem);
        var (status, output) = await ExecuteAsync("node", [script, .. arguments]);
        status.ShouldBe(0, output);
        return output.Trim();
    }

    /// <summary>Installs what package-lock.json names, once; gives the reason to skip if there is no node here.</summary>
    private static async Task<string?> InstallAsync()
    {
        try
        {
            await ExecuteAsync("node", ["--version"]);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "node is missing; install nodejs and npm to run real Connect and gRPC clients.";
        }
        // npm writes this file last, so an install that was cut off is repeated, as is one of an older lock file.
        var installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
        var wanted = Path.Combine(Folder, "package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(wanted)) return null;
        var (status, output) = await ExecuteAsync("npm", ["ci", "--ignore-scripts", "--no-progress"]);
        status.ShouldBe(0, output);
        return null;
    }

    private static async Task<(int Status, string Output)> ExecuteAsync(string command, string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
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
            throw new TimeoutException($"{command} {string.Join(' ', arguments)} did not end within 3 minutes.", e);
        }
    }
}
