using System.Diagnostics;
using Kagari.Testing;
using Kagari.Ui.Tests.Harness;

namespace Kagari.Ui.Tests.Story;

/// <summary>examples/rideshare/run.sh, sending to a server of its own for as long as it is not disposed.</summary>
internal sealed class RideshareDemo : IAsyncDisposable
{
    private const string Started = "rideshare: profiles go to";

    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(5);

    private readonly List<string> _output = [];
    private readonly Process _run;

    private RideshareDemo(UiServer server, Process run)
    {
        Server = server;
        _run = run;
    }

    public UiServer Server { get; }

    /// <summary>Starts server and demo, and waits until the demo says that it sends. Skips where a tool of the demo is missing.</summary>
    public static async Task<RideshareDemo> StartAsync()
    {
        var server = await UiServer.StartAsync(isEmpty: true);
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "examples", "rideshare", "run.sh"), ["--url", server.Url.TrimEnd('/'), "--window", "5", "--seed", "7"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var demo = new RideshareDemo(server, Process.Start(start)!);
        demo._run.ErrorDataReceived += (_, e) => { lock (demo._output) demo._output.Add(e.Data ?? ""); };
        demo._run.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(PatienceMax);
        while (await demo._run.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            lock (demo._output) demo._output.Add(line);
            if (line.StartsWith(Started, StringComparison.Ordinal)) return demo;
        }
        await demo._run.WaitForExitAsync(limit.Token);
        var problem = demo.Output();
        await demo.DisposeAsync();
        if (problem.Contains("is missing;", StringComparison.Ordinal)) Browser.Missing(problem);
        throw new InvalidOperationException(problem);
    }

    /// <summary>Asks until the data shows it; tells what is missing where it does not within the patience.</summary>
    /// <param name="missing">What is missing at a time; empty where nothing is.</param>
    /// <returns>The time at which nothing was missing.</returns>
    public async Task<DateTimeOffset> ShownAtAsync(Func<DateTimeOffset, Task<string>> missing)
    {
        using var limit = new CancellationTokenSource(PatienceMax);
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (true)
        {
            var now = TimeProvider.System.GetUtcNow();
            var left = await missing(now);
            if (left.Length == 0) return now;
            _run.HasExited.ShouldBeFalse(Output());
            try
            {
                await pause.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"{left} (after {PatienceMax})\n{Output()}");
            }
        }
    }

    /// <summary>Ends the demo as Ctrl-C does, and the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_run.HasExited)
        {
            using (var kill = Process.Start("kill", ["-TERM", $"{_run.Id}"])) await kill.WaitForExitAsync();
            using var limit = new CancellationTokenSource(PatienceMax);
            await _run.WaitForExitAsync(limit.Token);
        }
        _run.Dispose();
        await Server.DisposeAsync();
    }

    private string Output()
    {
        lock (_output) return string.Join('\n', _output);
    }
}
