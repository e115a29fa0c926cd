using System.Collections.Concurrent;
using Kagari.Wire.Prometheus;
using Kagari.Wire.Recorded;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.RecordingRules.Exporting;

/// <summary>Sends what waits in the <see cref="Outbox"/>, tenant by tenant in the order of time, until it is told to stop.</summary>
/// <remarks>
/// Samples are sent again after a failure or a restart until the receiver answers; equal samples at equal times count once
/// there. A tenant whose samples the receiver does not take now waits without holding up the others.
/// </remarks>
internal sealed class MetricsExporter : IAsyncDisposable
{
    /// <summary>Series of one request: what Prometheus itself sends at most.</summary>
    internal const int SeriesPerRequestMax = 2000;

    private const int TenantsAtOnce = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1), LongestWish = TimeSpan.FromMinutes(10);

    /// <summary>Nobody waits longer without a look.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly Outbox _outbox;
    private readonly RemoteWriteClient _client;
    private readonly ExporterMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<MetricsExporter> _logger;
    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset NotBefore)> _pauses = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public MetricsExporter(Outbox outbox, RemoteWriteClient client, ExporterMetrics metrics, TimeProvider time, ILogger<MetricsExporter> logger) =>
        (_outbox, _client, _metrics, _time, _logger) = (outbox, client, metrics, time, logger);

    /// <summary>Begins to send.</summary>
    public void Start() => _running = Task.Run(() => RunAsync(_stop.Token));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _client.Dispose();
    }

    /// <summary>Sends once what may be sent now; gives the time until there may be more.</summary>
    internal async Task<TimeSpan> SendDueAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var now = _time.GetUtcNow();
            var heads = _outbox.Heads();
            var due = heads.Where(h => !_pauses.TryGetValue(h.Tenant, out var pause) || pause.NotBefore <= now).ToList();
            if (due.Count == 0)
            {
                // Only now: what a receiver takes is never too much, however long it waited.
                await _outbox.TrimAsync();
                heads = _outbox.Heads();
                return heads.Count == 0 ? Idle : heads.Min(h => _pauses.TryGetValue(h.Tenant, out var pause) ? pause.NotBefore : now) - now;
            }
            // One tenant's receiver that hangs holds up no other for long.
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = TenantsAtOnce, CancellationToken = cancellation }, async (item, token) => await SendAsync(item, token));
        }
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var pause = Idle;
                try
                {
                    pause = await SendDueAsync(cancellation);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // Above a background task nobody catches; what waits is on disk.
                    _logger.LogError("Samples of recording rules could not be exported and are tried again in {Pause}: {Message}", pause, e is IOException ? e.Message : $"BUG: {e}");
                }
                await _outbox.WaitAsync(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, _time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopped: what waits is sent after the next start.
        }
    }

    private async Task SendAsync(OutboxItem item, CancellationToken cancellation)
    {
        if (await _outbox.ReadAsync(item, cancellation) is not { } recorded) return;
        foreach (var request in Divide(recorded))
        {
            var answer = await _client.SendAsync(item.Tenant, request, cancellation);
            if (answer.Outcome != Outcome.Taken) _metrics.RequestFailed(answer.Status);
            if (answer.Outcome == Outcome.Later)
            {
                Pause(item.Tenant, answer);
                return;
            }
            if (answer.Outcome == Outcome.Refused)
            {
                _metrics.Dropped(DropReason.Refused, item.Tenant, request.Timeseries.Count);
                _logger.LogError("{Address} refused {Samples} samples of recording rules of tenant {Tenant}, which are dropped: {Status} {Message}",
                    _client.Address, request.Timeseries.Count, item.Tenant, answer.Status, answer.Message);
                continue;
            }
            _metrics.Sent(item.Tenant, request.Timeseries.Count);
        }
        _pauses.TryRemove(item.Tenant, out _);
        await _outbox.RemoveAsync(item, cancellation);
    }

    private void Pause(string tenant, RemoteWriteAnswer answer)
    {
        var failures = _pauses.GetValueOrDefault(tenant).Failures + 1;
        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, failures - 1)));
        if (answer.RetryAfter is { } wish && wish > pause) pause = wish < LongestWish ? wish : LongestWish;
        _pauses[tenant] = (failures, _time.GetUtcNow() + pause);
        _logger.LogWarning("{Address} did not take samples of recording rules of tenant {Tenant}; they are sent again in {Pause}: {Status} {Message}",
            _client.Address, tenant, pause, answer.Status, answer.Message);
    }

    private static IEnumerable<WriteRequest> Divide(RecordedSamples recorded)
    {
        foreach (var some in recorded.Request.Timeseries.Chunk(SeriesPerRequestMax))
        {
            var request = new WriteRequest();
            request.Timeseries.AddRange(some);
            yield return request;
        }
    }
}
