using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Kagari.Server.Hosting;
using Kagari.Server.Limits;
using Kagari.Testing;
using Kagari.Wire.Push;
using Kagari.Wire.Types;

namespace Kagari.Server.Tests.Clients;

/// <summary>A whole server on loopback with a store of its own, and the questions that tests ask it.</summary>
/// <remarks>Profiles of any age are taken, because recorded requests carry the times of their recording.</remarks>
internal sealed partial class ClientServer : IAsyncDisposable
{
    private const string Discarded = "pyroscope_discarded_samples_total";

    private readonly TemporaryDirectory _directory;
    private readonly KagariServer _server;
    private readonly HttpClient _questions;

    private ClientServer(TemporaryDirectory directory, KagariServer server)
    {
        _directory = directory;
        _server = server;
        Http = new HttpClient { BaseAddress = server.Url, Timeout = TimeSpan.FromMinutes(2) };
        _questions = new HttpClient { BaseAddress = server.Url, Timeout = TimeSpan.FromMinutes(2) };
        // Without, answers leave out labels with dots (wire reference §10).
        _questions.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "*/*; allow-utf8-labelnames=true");
    }

    /// <summary>Sends requests with no headers but their own.</summary>
    public HttpClient Http { get; }

    /// <summary>Without a slash at its end, as people configure clients.</summary>
    public string Url => _server.Url.ToString().TrimEnd('/');

    /// <summary>Host and port.</summary>
    public string Authority => _server.Url.Authority;

    public static async Task<ClientServer> StartAsync()
    {
        var directory = new TemporaryDirectory();
        var server = await KagariServer.StartAsync(new ServerOptions
        {
            HttpListenAddress = "127.0.0.1",
            HttpListenPort = 0,
            LogLevel = "error",
            StorageDirectory = Path.Combine(directory.Path, "data"),
            Limits = new TenantLimits { RejectOlderThan = TimeSpan.Zero, RejectNewerThan = TimeSpan.Zero },
        });
        return new ClientServer(directory, server);
    }

    /// <summary>Pushes one profile as agents do; gives the status and the text of the answer.</summary>
    public async Task<(HttpStatusCode Status, string Body)> PushAsync(byte[] pprof, params (string Name, string Value)[] labels)
    {
        var series = new RawProfileSeries { Samples = { new RawSample { RawProfile = ByteString.CopyFrom(pprof) } } };
        series.Labels.AddRange(labels.Select(l => new LabelPair { Name = l.Name, Value = l.Value }));
        using var content = new ByteArrayContent(new PushRequest { Series = { series } }.ToByteArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/proto");
        using var answer = await Http.PostAsync("/push.v1.PusherService/Push", content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>How much was discarded for a reason so far, as /metrics tells.</summary>
    public async Task<long> DiscardedAsync(string reason)
    {
        var metrics = await Http.GetStringAsync("/metrics");
        return metrics.Split('\n')
            .Where(line => line.StartsWith(Discarded, StringComparison.Ordinal) && line.Contains($"reason=\"{reason}\""))
            .Sum(line => (long)double.Parse(line[(line.LastIndexOf(' ') + 1)..]));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _questions.Dispose();
        await _server.DisposeAsync();
        _directory.Dispose();
    }
}
