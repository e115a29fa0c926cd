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

    /// <summary>Build ids that are remembered.</summary>
    private const int FetchesMax = 10_000;

    private readonly DebugFiles _files;
    private readonly Uri _server;
    private readonly HttpClient _http;
    private readonly TimeSpan _wait;
    private readonly long _bytesMax;
    private readonly TimeProvider _time;
    private readonly ILogger<DebuginfodClient> _logger;
    private readonly SemaphoreSlim _slots;
    private readonly ConcurrentDictionary<string, Fetch> _fetches = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private long _version;
    private bool _isChanging;

    public DebuginfodClient(DebugFiles files, DebuginfodOptions options, TimeProvider time, ILogger<DebuginfodClient> logger)
    {
        (_files, _time, _logger) = (files, time, logger);
        (_server, _wait, _bytesMax) = (new Uri(options.Url.TrimEnd('/') + "/"), options.ResolveTimeout, options.BytesMax);
        _slots = new SemaphoreSlim(options.ConcurrencyMax, options.ConcurrencyMax);
        _http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, ConnectTimeout = TimeSpan.FromSeconds(10) }) { Timeout = FetchTimeMax };
    }

    /// <summary>Grows when a file has arrived, and when one that could not be fetched may be tried again: answers may be others then.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Whether the file is in the store: now, or within the time that queries wait for it, all together.</summary>
    public async ValueTask<bool> FetchAsync(string buildId, CancellationToken cancellation)
    {
        Forget();
        var fetch = _fetches.GetOrAdd(buildId, NewFetch);
        if (fetch.IsOver(_time.GetUtcNow()))
        {
            // Whoever replaces the old answer asks; the others wait with it.
            var again = NewFetch(buildId);
            fetch = _fetches.TryUpdate(buildId, again, fetch) ? again : _fetches.GetOrAdd(buildId, NewFetch);
        }
        var task = fetch.Outcome.Value;
        var left = _wait - _time.GetElapsedTime(fetch.Started);
        if (!task.IsCompleted && left <= TimeSpan.Zero) return false;
        try
        {
            return (task.IsCompleted ? await task : await task.WaitAsync(left, _time, cancellation)).IsFound;
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

    /// <summary>Profiles may name any number of build ids: what was not found is forgotten when there is too much of it.</summary>
    private void Forget()
    {
        if (_fetches.Count < FetchesMax) return;
        foreach (var (buildId, fetch) in _fetches)
            if (fetch.Outcome is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } && !fetch.Outcome.Value.Result.IsFound) _fetches.TryRemove(buildId, out _);
    }

    private Fetch NewFetch(string buildId) => new(new Lazy<Task<Outcome>>(() => Task.Run(() => FetchOnceAsync(buildId, _stop.Token))), _time.GetTimestamp());

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
            Interlocked.Increment(ref _version);
            return new Outcome(true, default);
        }
        // Whatever a server on the internet makes go wrong, as bytes that are no gzip: a query goes on without it.
        catch (Exception e)
        {
            if (!cancellation.IsCancellationRequested)
            {
                _logger.LogWarning("Debug information of build ID {BuildId} could not be fetched from {Server}; it is tried again in {Period}: {Message}", buildId, _server, FailedPeriod, e.Message);
                ChangeLater();
            }
            return new Outcome(false, _time.GetUtcNow() + FailedPeriod);
        }
    }

    /// <summary>Answers that were made without the file are kept until it may be tried again.</summary>
    private void ChangeLater()
    {
        if (Interlocked.Exchange(ref _isChanging, true)) return;
        _ = Task.Delay(FailedPeriod, _time, _stop.Token).ContinueWith(
            _ =>
            {
                Interlocked.Exchange(ref _isChanging, false);
                Interlocked.Increment(ref _version);
            }, CancellationToken.None, TaskContinuationOptions.NotOnCanceled, TaskScheduler.Default);
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

    private sealed record Fetch(Lazy<Task<Outcome>> Outcome, long Started)
    {
        /// <summary>Whether it is to be tried again.</summary>
        public bool IsOver(DateTimeOffset now) =>
            Outcome is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } && Outcome.Value.Result is { IsFound: false } none && now >= none.Until;
    }
}
