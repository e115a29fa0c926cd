using System.Net;
using System.Net.Http.Headers;

namespace Kagari.Client.Delivery;

/// <summary>Sends profiles to a server: <c>POST {address}/push.v1.PusherService/Push</c>, one request per interval.</summary>
/// <remarks>
/// One thread at a time sends, and blocks meanwhile: the sender's thread is the only one that is sure to run in a program
/// that starves its thread pool. A try that failed for want of an answer may have been stored; servers count equal
/// profiles once (ARCHITECTURE.md: "One push, one row").
/// </remarks>
internal sealed class PushSink : IProfileSink, IHurriedSink, IDisposable
{
    public const int TriesMax = 5;

    private static readonly MediaTypeHeaderValue Protobuf = new("application/proto");

    private readonly PushTarget _target;
    private readonly ClientMetrics _metrics;
    private readonly DeliveryReport _report;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly HttpClient _http;
    private readonly ManualResetEvent _hurry = new(false);
    private volatile bool _hurried;

    public PushSink(KagariOptions options, ClientMetrics metrics, Action<ProfilerMessage> log, TimeProvider time, Random random, TimeSpan? timeout = null)
    {
        _target = PushTarget.Of(options);
        _metrics = metrics;
        _report = new DeliveryReport(log, time);
        _time = time;
        _random = random;
        var handler = new SocketsHttpHandler
        {
            // No spans and no trace headers: these requests are none of the program's doing.
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = 1,
            // Longer than most upload intervals, so that a connection is there when the pool that opens new ones is starved.
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        };
        _http = new HttpClient(handler) { Timeout = timeout ?? TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1 << 20 };
    }

    /// <inheritdoc/>
    /// <exception cref="PushFailedException">The profiles are lost; the log says why.</exception>
    public Task SendAsync(IReadOnlyList<CollectedProfile> profiles, CancellationToken cancellationToken)
    {
        if (profiles.Count > 0) Send(PushRequestWriter.Write(profiles), cancellationToken);
        return Task.CompletedTask;
    }

    public void Hurry()
    {
        _hurried = true;
        _hurry.Set();
    }

    public void Dispose()
    {
        _http.Dispose();
        _hurry.Dispose();
    }

    private void Send(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        for (var failures = 1; ; failures++)
        {
            var lastTry = _hurried || failures == TriesMax;
            var answer = Post(body, cancellation);
            _metrics.Request(answer.Outcome, body.Length);
            if (answer.Outcome == PushOutcome.Sent)
            {
                _report.Succeeded();
                return;
            }
            if (answer.Outcome == PushOutcome.Refused)
            {
                _report.Failed(ProfilerSeverity.Error, $"The server refused an upload: {answer.Text}");
                throw new PushFailedException(answer.Text);
            }
            if (lastTry)
            {
                _report.Failed(ProfilerSeverity.Warning, $"An upload failed: {answer.Text}");
                throw new PushFailedException(answer.Text);
            }
            if (!_report.HasSucceeded) _report.Say(ProfilerSeverity.Warning, $"An upload failed: {answer.Text}");
            Waiting.Any(_time, Backoff.After(failures, answer.RetryAfter, _random), _hurry, cancellation.WaitHandle);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private PushAnswer Post(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _target.Endpoint) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = Protobuf;
        foreach (var (name, value) in _target.Headers)
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = _http.Send(request, cancellation);
            return PushAnswer.Of(answer.StatusCode, Text(answer, cancellation), answer.Headers.Location, RetryAfter(answer), _target.Server);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return PushAnswer.Of(e, _target.Server, _http.Timeout);
        }
    }

    private static string Text(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.StatusCode == HttpStatusCode.OK) return "";
        using var reader = new StreamReader(answer.Content.ReadAsStream(cancellation));
        return reader.ReadToEnd();
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter is not { } wish ? null : wish.Delta ?? (wish.Date is { } date ? date - _time.GetUtcNow() : null);
}
