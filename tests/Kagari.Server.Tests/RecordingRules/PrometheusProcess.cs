using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Kagari.Server.Tests.Clients;
using Kagari.Testing;

namespace Kagari.Server.Tests.RecordingRules;

/// <summary>Debian's Prometheus with its receiver of remote writes, over an empty directory. It scrapes nobody.</summary>
internal sealed class PrometheusProcess : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http = new();
    private readonly Socket _place = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private Process? _process;
    private Task<string> _log = Task.FromResult("");

    public PrometheusProcess()
    {
        // Bound, but nobody listens: until the start connections are refused, and no other test's server takes the port and the samples.
        _place.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_place.LocalEndPoint!).Port}/");
    }

    /// <summary>Where it listens after <see cref="StartAsync"/>, and nobody before.</summary>
    public Uri Url { get; }

    public string WriteAddress => new Uri(Url, "api/v1/write").ToString();

    /// <summary>Starts it and waits until it answers. Where it is not installed the test is skipped.</summary>
    public async Task StartAsync()
    {
        var configuration = Path.Combine(_directory.Path, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, "global: {}\n");
        var start = new ProcessStartInfo("prometheus")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            ArgumentList =
            {
                $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(_directory.Path, "data")}", $"--web.listen-address={Url.Authority}",
                "--web.enable-remote-write-receiver", "--log.level=warn",
            },
        };
        try
        {
            _place.Dispose();
            _process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            ExternalTool.SkipOutsideCI("prometheus is missing.");
            throw;
        }
        _log = Task.WhenAll(_process.StandardError.ReadToEndAsync(), _process.StandardOutput.ReadToEndAsync()).ContinueWith(t => string.Concat(t.Result), TaskScheduler.Default);
        await Until.TrueAsync(async () =>
        {
            if (_process.HasExited) throw new InvalidOperationException($"Prometheus ended with {_process.ExitCode}: {await _log}");
            try
            {
                using var ready = await _http.GetAsync(new Uri(Url, "-/ready"));
                return ready.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "Prometheus is ready");
    }

    /// <summary>The values of an instant vector now, by the value of one label.</summary>
    public async Task<Dictionary<string, double>> QueryAsync(string query, string label)
    {
        var body = await _http.GetStringAsync(new Uri(Url, $"api/v1/query?query={Uri.EscapeDataString(query)}"));
        return JsonNode.Parse(body)!["data"]!["result"]!.AsArray().ToDictionary(
            r => r!["metric"]![label]?.GetValue<string>() ?? "", r => double.Parse(r!["value"]![1]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process?.Dispose();
        _place.Dispose();
        _http.Dispose();
        _directory.Dispose();
    }
}
