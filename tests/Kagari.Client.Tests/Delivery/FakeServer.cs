using System.Collections.Concurrent;
using Kagari.Wire.Push;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Kagari.Client.Tests.Delivery;

/// <summary>Takes uploads on loopback and answers what a test says, one answer after the other; then 200.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();

    private FakeServer(WebApplication application) => _application = application;

    public Uri Url => new(_application.Urls.First());

    /// <summary>What came, in order; a test takes from it and waits.</summary>
    public BlockingCollection<Request> Requests { get; } = [];

    public static async Task<FakeServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(System.Net.IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http1));
        var application = builder.Build();
        var server = new FakeServer(application);
        application.Run(server.AnswerAsync);
        await application.StartAsync();
        return server;
    }

    /// <summary>The next request that is not yet planned for gets this status, body and headers.</summary>
    public FakeServer Then(int status, string body = "", params (string Name, string Value)[] headers) => Then(async http =>
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers) http.Response.Headers[name] = value;
        await http.Response.WriteAsync(body);
    });

    public FakeServer Then(Func<HttpContext, Task> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public Request Take() => Requests.TryTake(out var request, TimeSpan.FromMinutes(1)) ? request : throw new TimeoutException("No request came.");

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        Requests.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Requests.Add(new Request($"{http.Request.Method} {http.Request.Path}", headers, PushRequest.Parser.ParseFrom(body.ToArray()), body.ToArray()));
        if (_answers.TryDequeue(out var answer)) await answer(http);
    }

    internal sealed record Request(string Line, IReadOnlyDictionary<string, string> Headers, PushRequest Push, byte[] Body)
    {
        /// <summary>The first profile's bytes as text: tests send names for profiles.</summary>
        public string Name => Push.Series[0].Samples[0].RawProfile.ToStringUtf8();
    }
}
