using System.Collections.Concurrent;
using IronSnappy;
using Kagari.Wire.Prometheus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.Tests.RecordingRules;

/// <summary>Takes remote writes in this process, decodes them, and answers as a test says.</summary>
internal sealed class FakeReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private FakeReceiver(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single() + "/api/v1/write";

    /// <summary>Status by number of the request, from 0. Default: all are taken.</summary>
    public Func<int, int> Answers { get; set; } = _ => 204;

    /// <summary>Tenant that must wait (429), whatever <see cref="Answers"/> says. Default: none.</summary>
    public string? PausedTenant { get; set; }

    /// <summary>Sent with every answer that is no success. Default: nothing.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>Requests in the order in which they came, with the status that each got.</summary>
    public ConcurrentQueue<(int Status, IHeaderDictionary Headers, WriteRequest Request)> Requests { get; } = new();

    /// <summary>Samples of requests that were taken: labels as <c>{a="b",…}</c>, time, value; equal ones once, as in Prometheus.</summary>
    public IReadOnlyCollection<(string Labels, long Time, double Value)> Samples =>
        [.. Requests.Where(r => r.Status < 300).SelectMany(r => r.Request.Timeseries).SelectMany(s => s.Samples.Select(v => (Draw(s), v.Timestamp, v.Value))).Distinct()];

    public static async Task<FakeReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        var receiver = new FakeReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Labels in the order in which they were sent.</summary>
    public static string Draw(TimeSeries series) => "{" + string.Join(",", series.Labels.Select(l => $"{l.Name}=\"{l.Value}\"")) + "}";

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var request = WriteRequest.Parser.ParseFrom(Snappy.Decode(body.ToArray()));
        var status = Answers(Interlocked.Increment(ref _requests) - 1);
        if (PausedTenant is not null && http.Request.Headers["X-Scope-OrgID"] == PausedTenant) status = 429;
        http.Response.StatusCode = status;
        if (status >= 300 && RetryAfter is not null) http.Response.Headers.RetryAfter = RetryAfter;
        Requests.Enqueue((status, new HeaderDictionary(http.Request.Headers.ToDictionary()), request));
        if (status >= 300) await http.Response.WriteAsync($"said {status}");
    }

    /// <summary>Signals of the process are not its business.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
