using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Kagari.Testing;

/// <summary>The real executable as a process of its own, which a test can kill without warning.</summary>
public sealed class KagariProcess : IDisposable
{
    private const string Prefix = "-server.path-prefix=";

    private readonly Process _process;
    private readonly Task<string> _errors, _log;

    private KagariProcess(Process process, Uri url, string directory)
    {
        Directory = directory;
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _log = process.StandardOutput.ReadToEndAsync();
        Url = url;
    }

    /// <summary>Where it listens, with its prefix of paths; ends with a slash.</summary>
    public Uri Url { get; }

    /// <summary>Where it keeps its data.</summary>
    public string Directory { get; }

    /// <summary>Kills it, if it still runs, and returns what it logged.</summary>
    public async Task<string> KillForLogAsync()
    {
        if (!_process.HasExited) _process.Kill();
        return await _log + await _errors;
    }

    /// <summary>Starts a server, which holds only what it is sent; it does not listen yet.</summary>
    public static KagariProcess Start(string directory, params string[] flags) => StartAsIs(directory, ["-self-profiling.disable-push=true", .. flags]);

    /// <summary>Starts a server as people have it, which profiles itself; it does not listen yet.</summary>
    public static KagariProcess StartAsIs(string directory, params string[] flags)
    {
        var port = FreePort();
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var file = Path.Combine(Repository.Root, "artifacts", "bin", "Kagari.Cli", configuration, "kagari");
        var start = new ProcessStartInfo(file)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            ArgumentList =
            {
                "server", "-server.http-listen-address", "127.0.0.1", "-server.http-listen-port", $"{port}",
                "-storage.filesystem.dir", directory, "-log.level", "warn",
            },
        };
        foreach (var flag in flags) start.ArgumentList.Add(flag);
        var prefix = flags.FirstOrDefault(f => f.StartsWith(Prefix, StringComparison.Ordinal))?[Prefix.Length..];
        return new KagariProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}{prefix}/"), directory);
    }

    /// <summary>Waits until it answers <c>/ready</c>; false where it was not ready after this many questions.</summary>
    public async Task<bool> IsReadyAsync(HttpClient http, int questionsMax)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var i = 0; i < questionsMax; i++)
        {
            if (_process.HasExited) throw new InvalidOperationException($"The server ended with {_process.ExitCode}: {await _errors}");
            try
            {
                using var response = await http.GetAsync(new Uri(Url, "ready"));
                if (response.IsSuccessStatusCode) return true;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await pause.WaitForNextTickAsync();
        }
        return false;
    }

    /// <summary>Resident memory and its highest value so far, as the system counts them, in KiB.</summary>
    public long StatusKiB(string key)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(key + ":", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    /// <summary>Names of its threads, of at most 15 letters.</summary>
    public IReadOnlyList<string> ThreadNames() =>
        [.. System.IO.Directory.GetDirectories($"/proc/{_process.Id}/task").Select(t => File.ReadAllText(Path.Combine(t, "comm")).TrimEnd('\n'))];

    /// <summary>Makes the highest memory that of now.</summary>
    public void ResetPeak() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    /// <summary>SIGKILL: nothing is flushed, nothing is told.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
