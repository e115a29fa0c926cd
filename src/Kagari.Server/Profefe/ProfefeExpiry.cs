using Kagari.Server.Limits;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.Profefe;

/// <summary>Looks every hour for originals and traces whose time is over.</summary>
internal sealed class ProfefeExpiry : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private readonly ProfefeOriginals _originals;
    private readonly ProfefeTraces _traces;
    private readonly ILimitsProvider _limits;
    private readonly TimeProvider _time;
    private readonly ILogger<ProfefeExpiry> _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private Task _running = Task.CompletedTask;

    public ProfefeExpiry(ProfefeOriginals originals, ProfefeTraces traces, ILimitsProvider limits, TimeProvider time, ILogger<ProfefeExpiry> logger)
    {
        (_originals, _traces, _limits, _time, _logger) = (originals, traces, limits, time, logger);
        _timer = time.CreateTimer(_ => Tick(), null, Period, Period);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _timer.Dispose();
    }

    /// <summary>One look; the timer does the same.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        DateTimeOffset? KeptFrom(string tenant) => _limits.For(tenant).ProfefeOriginalsPeriod is { Ticks: > 0 } period ? now - period : null;
        await _originals.ExpireAsync(KeptFrom, cancellation);
        await _traces.ExpireAsync(KeptFrom, cancellation);
    }

    private void Tick()
    {
        if (_running.IsCompleted) _running = RunQuietlyAsync();
    }

    private async Task RunQuietlyAsync()
    {
        try
        {
            await RunAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        catch (IOException e)
        {
            _logger.LogWarning("Originals of /api/0 could not be expired; the next try is in {Period}: {Message}", Period, e.Message);
        }
    }
}
