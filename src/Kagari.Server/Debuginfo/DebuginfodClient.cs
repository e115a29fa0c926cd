using System.Collections.Concurrent;
using System.Net;
using Kagari.Server.Metrics;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.Debuginfo;

/// <summary>Fetches debug information from a debuginfod server, once per binary, into the store. Thread safe.</summary>
/// <remarks>
/// A query waits a little for a file; what takes longer arrives in the background and is there for the next query.
/// Protocol: <c>GET URL/buildid/BUILDID/debuginfo</c>, debuginfod(8) of elfutils.
/// </remarks>
internal sealed class DebuginfodClient : IDisposable
{
    /// <summary>How long a server's "no" counts; distributions do add files.</summary>
    private static readonly TimeSpan NotFoundPeriod = TimeSpan.FromDays(7);

    /// <summary>How long a failure counts: every query would wait for a server that is down.</summary>
    private static readonly TimeSpan FailedPeriod = TimeSpan.FromMinutes(1);

    /// <summary>A file may take longer than any query waits.</summary>
    private static readonly TimeSpan FetchTimeMax = TimeSpan.FromMinutes(10);

    private readonly DebugFiles _files;
    private readonly Uri _server;
    private readonly HttpClient _http;
    private readonly TimeSpan _wait;
    private readonly long _bytesMax;
    private readonly TimeProvider _time;
    private readonly ILogger<DebuginfodClient> _logger;
    private readonly SemaphoreSlim _slots;
    private readonly ConcurrentDictionary<string, Lazy<Task<Outcome>>> _fetches = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private long _arrivals;

    public DebuginfodClient(DebugFiles files, DebuginfodOptions options, TimeProvider time, ILogger<DebuginfodClient> logger)
    {
        (_files, _time, _logger) = (files, time, logger);
        (_server, _wait, _bytesMax) = (new Uri(options.Url.TrimEnd('/') + "/"), options.ResolveTimeout, options.BytesMax);
        _slots = new SemaphoreSlim(options.ConcurrencyMax, options.ConcurrencyMax);
        _http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, ConnectTimeout = TimeSpan.FromSeconds(10) }) { Timeout = FetchTimeMax };
    }

    /// <summary>How many files have arrived.</summary>
    public long Arrivals => Interlocked.Read(ref _arrivals);

    /// <summary>Whether the file is in the store: now, or within the time that a query waits.</summary>
    public async ValueTask<bool> FetchAsync(string buildId, CancellationToken cancellation)
    {
        var fetch = _fetches.GetOrAdd(buildId, NewFetch);
        if (fetch.Value.IsCompletedSuccessfully && fetch.Value.Result is var (found, until) && !found && _time.GetUtcNow() >= until)
        {
            // Whoever replaces the old answer asks; the others wait with it.
            var again = NewFetch(buildId);
            fetch = _fetches.TryUpdate(buildId, again, fetch) ? again : _fetches.GetOrAdd(buildId, NewFetch);
        }
        try
        {
            return (await fetch.Value.WaitAsync(_wait, _time, cancellation)).IsFound;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _http.Dispose();
    }

    private Lazy<Task<Outcome>> NewFetch(string buildId) => new(() => Task.Run(() => FetchOnceAsync(buildId, _stop.Token)));

    private async Task<Outcome> FetchOnceAsync(string buildId, CancellationToken cancellation)
    {
        try
        {
            if (await _files.OpenAsync(null, buildId, cancellation) is not null) return new Outcome(true, default);
            await _slots.WaitAsync(cancellation);
            try
            {
                if (!await DownloadAsync(buildId, cancellation)) return new Outcome(false, _time.GetUtcNow() + NotFoundPeriod);
            }
            finally
            {
                _slots.Release();
            }
            Interlocked.Increment(ref _arrivals);
            return new Outcome(true, default);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            if (!cancellation.IsCancellationRequested)
                _logger.LogWarning("Debug information of build ID {BuildId} could not be fetched from {Server}; it is tried again in {Period}: {Message}", buildId, _server, FailedPeriod, e.Message);
            return new Outcome(false, _time.GetUtcNow() + FailedPeriod);
        }
    }

    private async Task<bool> DownloadAsync(string buildId, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(new Uri(_server, $"buildid/{buildId}/debuginfo"), HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound) return false;
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        await using var upload = await _files.BeginFetchedAsync(buildId, cancellation);
        var buffer = new byte[64 << 10];
        while (await body.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            await upload.WriteAsync(buffer.AsMemory(0, read), cancellation);
            if (upload.Length <= _bytesMax) continue;
            _logger.LogWarning("Debug information of build ID {BuildId} has more than {Bytes} bytes and is not kept (setting symbolizer.max_symbol_size_bytes)", buildId, _bytesMax);
            return false;
        }
        await upload.CompleteAsync(cancellation);
        return true;
    }

    private readonly record struct Outcome(bool IsFound, DateTimeOffset Until);
}
