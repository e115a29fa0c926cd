using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Kagari.Testing;

namespace Kagari.Bench.BlackBox;

/// <summary>The real executable as a child process, with its CPU time and resident memory.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private bool _isDisposed;

    private ServerProcess(Process process, Uri url, TimeSpan start)
    {
        _process = process;
        Url = url;
        StartTime = start;
    }

    public Uri Url { get; }

    /// <summary>From exec to the first 200 of /ready.</summary>
    public TimeSpan StartTime { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long ResidentMax => StatusKilobytes("VmHWM:") * 1024;

    public long Resident => StatusKilobytes("VmRSS:") * 1024;

    public static async Task<ServerProcess> StartAsync(string directory, params string[] flags)
    {
        var port = FreePort();
        var file = Environment.GetEnvironmentVariable("KAGARI_SERVER") ?? Path.Combine(Repository.Root, "artifacts", "bin", "Kagari.Cli", "release", "kagari");
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo(file,
        [
            "server", $"-server.http-listen-port={port}", "-server.http-listen-address=127.0.0.1",
            $"-storage.filesystem.dir={directory}", "-validation.reject-older-than=0", "-validation.reject-newer-than=0", "-log.level=warn", .. flags,
        ])) ?? throw new InvalidOperationException($"{file} did not start.");
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        using var http = new HttpClient();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode}.");
            try
            {
                if ((await http.GetAsync(new Uri(url, "/ready"))).IsSuccessStatusCode) break;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(5);
            }
        }
        return new ServerProcess(process, url, Stopwatch.GetElapsedTime(started));
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private long StatusKilobytes(string field) => File.ReadLines($"/proc/{_process.Id}/status")
        .Where(l => l.StartsWith(field, StringComparison.Ordinal))
        .Select(l => long.Parse(l[field.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture)).First();
}
