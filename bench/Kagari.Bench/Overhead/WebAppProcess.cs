using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Kagari.Client;
using Kagari.Testing;

namespace Kagari.Bench.Overhead;

/// <summary>A run of bench/Kagari.Bench.WebApp, and what the system says it uses.</summary>
internal sealed partial class WebAppProcess : IDisposable
{
    public const string WithoutSdk = "none";

    private static readonly HttpClient s_http = new();

    private readonly Process _process;

    private WebAppProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>CPU time of all its threads, those that ended too: from the scheduler, exact to the nanosecond.</summary>
    public long CpuNanos
    {
        get
        {
            // clock_getcpuclockid(3): the clock of a process is made of its number; 2 is the scheduler's.
            if (clock_gettime((~_process.Id << 3) | 2, out var time) != 0) throw new InvalidOperationException("The web application has ended.");
            return (time.tv_sec * 1_000_000_000) + time.tv_nsec;
        }
    }

    public long ResidentBytes => 1024 * File.ReadLines($"/proc/{_process.Id}/status").Where(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(l => long.Parse(l.AsSpan(6).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture)).First();

    /// <summary>Starts it, and waits until it listens.</summary>
    public static async Task<WebAppProcess> StartAsync(string source, Uri sink)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("KAGARI_BENCH_WEBAPP") ?? Path.Combine(Repository.Root, "artifacts", "bin", "Kagari.Bench.WebApp", "release", "Kagari.Bench.WebApp"), [source, sink.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("BUG: no process was started.");
        var url = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The web application did not start; it ended with {process.ExitCode}.");
        return new WebAppProcess(process, new Uri(url));
    }

    public async Task SwitchAsync(ProfileKinds kinds)
    {
        using var answer = await s_http.PostAsync(new Uri(Url, $"/profiles/{kinds}"), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>CPU time of its live threads: of the profiler's own, with those in which the runtime hands on events, and of all.</summary>
    public (long ProfilerNanos, long LiveNanos) ThreadNanos()
    {
        var (own, live) = (0L, 0L);
        foreach (var folder in Directory.EnumerateDirectories($"/proc/{_process.Id}/task"))
        {
            try
            {
                var nanos = long.Parse(File.ReadAllText(folder + "/schedstat", Encoding.ASCII).Split(' ')[0], CultureInfo.InvariantCulture);
                live += nanos;
                if (File.ReadAllText(folder + "/comm").Trim() is var name && (name.StartsWith("kagari", StringComparison.Ordinal) || name == ".NET EventPipe")) own += nanos;
            }
            catch (IOException)
            {
                // It ended since it was listed.
            }
        }
        return (own, live);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(20))) _process.Kill();
        _process.Dispose();
    }

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long tv_sec;
        public long tv_nsec;
    }
}
