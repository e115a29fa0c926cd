using System.Diagnostics;
using System.Text.Json;
using Kagari.Server.Tests.Clients;
using Kagari.Testing;

namespace Kagari.Server.Tests.Examples;

/// <summary>examples/rideshare/run.sh beside a server of its own, for as long as its tests run, and questions to its live data.</summary>
public sealed class RideshareRun : IAsyncLifetime
{
    private const string Started = "rideshare: profiles go to";

    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(3);

    private readonly List<string> _output = [];
    private ClientServer? _server;
    private Process? _run;
    private string? _problem;

    private ClientServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await ClientServer.StartAsync();
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "examples", "rideshare", "run.sh"), ["--url", _server.Url, "--window", "5", "--seed", "7"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        _run = Process.Start(start)!;
        _run.ErrorDataReceived += (_, e) => { lock (_output) _output.Add(e.Data ?? ""); };
        _run.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(PatienceMax);
        while (await _run.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            lock (_output) _output.Add(line);
            if (line.StartsWith(Started, StringComparison.Ordinal)) return;
        }
        await _run.WaitForExitAsync(limit.Token);
        _problem = Output();
    }

    /// <summary>Asks again and again until the data shows it; tells what is missing where it does not within the patience.</summary>
    /// <param name="missing">What is missing in the data of now; empty where nothing is.</param>
    internal async Task ShouldShowAsync(Func<Task<string>> missing)
    {
        if (_problem is not null)
        {
            if (_problem.Contains("is missing;")) ExternalTool.SkipOutsideCI(_problem);
            Assert.Fail(_problem);
        }
        using var limit = new CancellationTokenSource(PatienceMax);
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var left = await missing();
        while (left.Length > 0)
        {
            _run!.HasExited.ShouldBeFalse(Output());
            try
            {
                await pause.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"{left} (after {PatienceMax})\n{Output()}");
            }
            left = await missing();
        }
    }

    /// <summary>Totals of the last hour by the values of a label.</summary>
    internal async Task<Dictionary<string, double>> TotalsAsync(string type, string selector, string label)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (start, end) = (now.AddHours(-1).ToUnixTimeMilliseconds(), now.AddMinutes(1).ToUnixTimeMilliseconds());
        var answer = await Server.AskJsonAsync("SelectSeries", new { profileTypeID = type, labelSelector = selector, start, end, step = 60, groupBy = new[] { label } });
        var totals = new Dictionary<string, double>(StringComparer.Ordinal);
        if (!answer.TryGetProperty("series", out var series)) return totals;
        foreach (var one in series.EnumerateArray())
        {
            var value = one.TryGetProperty("labels", out var labels) && labels.GetArrayLength() > 0 ? labels[0].GetProperty("value").GetString()! : "";
            totals[value] = one.GetProperty("points").EnumerateArray().Sum(p => p.GetProperty("value").GetDouble());
        }
        return totals;
    }

    /// <summary>What functions have of their own, left and right, as shares of the whole side.</summary>
    internal async Task<Dictionary<string, (double Left, double Right)>> DiffAsync(string type, string left, string right)
    {
        var answer = await Server.AskJsonAsync("Diff", new { left = Side(type, left), right = Side(type, right) });
        var shares = new Dictionary<string, (double Left, double Right)>(StringComparer.Ordinal);
        if (!answer.TryGetProperty("flamegraph", out var graph) || !graph.TryGetProperty("levels", out var levels)) return shares;
        var names = graph.GetProperty("names").EnumerateArray().Select(n => n.GetString()!).ToArray();
        double leftTotal = Math.Max(1, Number(graph, "leftTicks")), rightTotal = Math.Max(1, Number(graph, "rightTicks"));
        foreach (var level in levels.EnumerateArray())
        {
            // Seven numbers a node: offset, total and self of the left side, the same of the right one, the name.
            foreach (var node in level.GetProperty("values").EnumerateArray().Select(AsLong).Chunk(7))
            {
                var (l, r) = shares.GetValueOrDefault(names[node[6]]);
                shares[names[node[6]]] = (l + (node[2] / leftTotal), r + (node[5] / rightTotal));
            }
        }
        return shares;
    }

    /// <summary>Ends the run as Ctrl-C does. Nothing that it started may be left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_run is { HasExited: false })
        {
            await ExternalTool.RunAsync("kill", "-TERM", _run.Id.ToString());
            using var limit = new CancellationTokenSource(PatienceMax);
            await _run.WaitForExitAsync(limit.Token);
            foreach (var service in Services())
            {
                using var http = new HttpClient();
                await Should.ThrowAsync<HttpRequestException>(() => http.GetStringAsync(service), $"{service} still answers");
            }
        }
        _run?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    private static object Side(string type, string selector) => new { profileTypeID = type, labelSelector = selector, start = ClientServer.StartMillis, end = ClientServer.EndMillis };

    private static long Number(JsonElement message, string name) => message.TryGetProperty(name, out var value) ? AsLong(value) : 0;

    /// <summary>64-bit numbers are text in protobuf's JSON.</summary>
    private static long AsLong(JsonElement value) => value.ValueKind == JsonValueKind.String ? long.Parse(value.GetString()!) : value.GetInt64();

    private string[] Services()
    {
        lock (_output) return [.. _output.Where(l => l.Contains(" at http:")).Select(l => l[l.IndexOf("http:", StringComparison.Ordinal)..])];
    }

    private string Output()
    {
        lock (_output) return string.Join('\n', _output);
    }
}
