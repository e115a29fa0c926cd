using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

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

    private readonly KagariOptions _options;
    private readonly ClientMetrics _metrics;
    private readonly DeliveryReport _report;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private PushTarget _target;
    private HttpConnection _connection;
    private readonly TimeSpan _timeout;
    private readonly ManualResetEvent _hurry = new(false);
    private volatile bool _hurried;

    public PushSink(KagariOptions options, ClientMetrics metrics, Action<ProfilerMessage> log, TimeProvider time, Random random, TimeSpan? timeout = null)
    {
        _options = options;
        _target = PushTarget.Of(options);
        _metrics = metrics;
        _report = new DeliveryReport(log, time);
        _time = time;
        _random = random;
        _timeout = timeout ?? TimeSpan.FromSeconds(10);
        _connection = Connect();
    }

    /// <inheritdoc/>
    /// <exception cref="PushFailedException">The profiles are lost; the log says why.</exception>
    public Task SendAsync(IReadOnlyList<CollectedProfile> profiles, CancellationToken cancellationToken)
    {
        if (profiles.Count == 0) return Task.CompletedTask;
        // Credentials may be given anew while the program runs.
        var target = PushTarget.Of(_options);
        if (!target.Headers.SequenceEqual(_target.Headers))
        {
            _connection.Dispose();
            _target = target;
            _connection = Connect();
        }
        Send(PushRequestWriter.Write(profiles), cancellationToken);
        return Task.CompletedTask;
    }

    public void Hurry()
    {
        _hurried = true;
        _hurry.Set();
    }

    public void Dispose()
    {
        _connection.Dispose();
        _hurry.Dispose();
    }

    private HttpConnection Connect() => new(_target.Endpoint, _target.Headers, _timeout, IsProxyPossible() ? HttpClient.DefaultProxy : null);

    /// <summary>Asking HttpClient for its proxy loads it and all it stands on, 1.6 MB: for nothing where no variable names one.</summary>
    private static bool IsProxyPossible()
    {
        if (!OperatingSystem.IsLinux()) return true;
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            if (variable.Key is string name && name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)) return true;
        return false;
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
        try
        {
            return PushAnswer.Of(_connection.Post(body, cancellation), _target.Server, _time.GetUtcNow());
        }
        catch (Exception e) when (e is SocketException or IOException or TimeoutException or AuthenticationException or InvalidDataException or ObjectDisposedException)
        {
            // The connection is closed to end what blocks, and then fails somehow.
            cancellation.ThrowIfCancellationRequested();
            return PushAnswer.Of(e, _target.Server, _timeout);
        }
    }
}
