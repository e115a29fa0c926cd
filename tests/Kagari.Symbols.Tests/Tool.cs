using System.Diagnostics;

namespace Kagari.Symbols.Tests;

/// <summary>Runs compilers and binutils, which are the oracles of these tests.</summary>
internal static class Tool
{
    /// <summary>Whether a command is on the path.</summary>
    public static bool Exists(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Its standard output; fails with its standard error.</summary>
    public static string Run(string name, IEnumerable<string> arguments, string? input = null, string? folder = null, params (string Name, string Value)[] environment)
    {
        var (status, output, error) = Try(name, arguments, input, folder, environment);
        return status == 0 ? output : throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} ended with {status}: {error}");
    }

    public static (int Status, string Output, string Error) Try(string name, IEnumerable<string> arguments, string? input = null, string? folder = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null) process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Skips the test for a reason, or fails it in CI, which must have everything.</summary>
    public static void SkipOutsideCI(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(reason);
        Assert.Skip(reason);
    }

    private static Process Start(ProcessStartInfo start)
    {
        if (!Exists(start.FileName)) SkipOutsideCI($"{start.FileName} is missing; ./build.sh test installs it.");
        return Process.Start(start)!;
    }
}
