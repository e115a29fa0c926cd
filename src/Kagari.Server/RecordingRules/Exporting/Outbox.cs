using System.Globalization;
using Google.Protobuf;
using Kagari.Server.Objects;
using Kagari.Wire.Recorded;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.RecordingRules.Exporting;

/// <summary>Samples that wait for their export, durable, one document per tenant and compaction job. Thread safe.</summary>
/// <remarks>
/// <code>
/// prepared ──commit of the job──▶ waiting ──receiver has it──▶ gone
///    └── other work over the same logs ──▶ gone                └── too many bytes: the oldest ──▶ gone, counted
/// </code>
/// A document is written before the catalogue replaces the logs that it counts, so no crash loses or doubles them: at the
/// start, one whose logs are still in the catalogue was not committed, and its profiles will be counted again.
/// </remarks>
internal sealed class Outbox(TenantDocuments documents, long bytesMax, ExporterMetrics metrics, ILogger<Outbox> logger)
{
    private readonly Lock _gate = new();
    private readonly List<(UInt128 Job, IReadOnlyList<string> Logs, OutboxItem Item)> _prepared = [];
    private readonly Dictionary<string, LinkedList<OutboxItem>> _waiting = new(StringComparer.Ordinal);
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Bytes and samples that wait.</summary>
    public (long Bytes, long Samples) Waiting
    {
        get
        {
            lock (_gate) return (_waiting.Values.Sum(q => q.Sum(i => (long)i.Bytes)), _waiting.Values.Sum(q => q.Sum(i => (long)i.Samples)));
        }
    }

    /// <summary>Finds what an earlier process left.</summary>
    /// <param name="logs">Keys of the logs that are not compacted.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The latest time of a sample; 0 where there is none.</returns>
    public async Task<long> RecoverAsync(IReadOnlySet<string> logs, CancellationToken cancellation)
    {
        var found = new List<OutboxItem>();
        foreach (var (tenant, name) in await documents.ListAllAsync(cancellation))
        {
            if (await documents.FindAsync(tenant, name, cancellation) is not { } bytes) continue;
            if (!TryParse(bytes, out var recorded))
            {
                await DropAsync(new OutboxItem(tenant, name, 0, bytes.Length, 0), DropReason.Unreadable);
                continue;
            }
            var item = ItemOf(tenant, name, recorded, bytes.Length);
            if (recorded.Logs.Any(logs.Contains)) await documents.DeleteAsync(tenant, name, cancellation);
            else found.Add(item);
        }
        foreach (var item in found.OrderBy(i => i.TimeMillis)) Add(item);
        return found.Count == 0 ? 0 : found.Max(i => i.TimeMillis);
    }

    /// <summary>Writes samples that count once their job is committed.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public async Task PrepareAsync(UInt128 job, string tenant, RecordedSamples samples, CancellationToken cancellation)
    {
        var bytes = samples.ToByteArray();
        var item = ItemOf(tenant, job.ToString("x32", CultureInfo.InvariantCulture), samples, bytes.Length);
        lock (_gate) _prepared.Add((job, samples.Logs, item));
        try
        {
            await documents.PutAsync(tenant, item.Name, bytes, cancellation);
        }
        catch
        {
            lock (_gate) _prepared.RemoveAll(p => p.Item == item);
            throw;
        }
    }

    /// <summary>Other work over the same logs begins: what was prepared over any of them counts no more.</summary>
    public async Task ForgetAsync(IReadOnlyList<string> logs, CancellationToken cancellation)
    {
        List<OutboxItem> old;
        lock (_gate)
        {
            old = [.. _prepared.Where(p => p.Logs.Intersect(logs, StringComparer.Ordinal).Any()).Select(p => p.Item)];
            _prepared.RemoveAll(p => old.Contains(p.Item));
        }
        foreach (var item in old) await documents.DeleteAsync(item.Tenant, item.Name, cancellation);
    }

    /// <summary>The job is committed: its samples wait for their export.</summary>
    public void Commit(UInt128 job)
    {
        lock (_gate)
        {
            foreach (var (_, _, item) in _prepared.Where(p => p.Job == job)) Add(item);
            _prepared.RemoveAll(p => p.Job == job);
            _news.TrySetResult();
        }
    }

    /// <summary>The oldest samples of each tenant.</summary>
    public IReadOnlyList<OutboxItem> Heads()
    {
        lock (_gate) return [.. _waiting.Values.Select(q => q.First?.Value).OfType<OutboxItem>().OrderBy(i => i.TimeMillis)];
    }

    /// <summary>The samples; null where they cannot be read, and are dropped.</summary>
    public async Task<RecordedSamples?> ReadAsync(OutboxItem item, CancellationToken cancellation)
    {
        if (await documents.FindAsync(item.Tenant, item.Name, cancellation) is { } bytes && TryParse(bytes, out var recorded)) return recorded;
        await DropAsync(item, DropReason.Unreadable);
        return null;
    }

    /// <summary>They need not wait any more.</summary>
    public async Task RemoveAsync(OutboxItem item, CancellationToken cancellation)
    {
        lock (_gate)
        {
            // It may have been dropped meanwhile.
            if (_waiting.TryGetValue(item.Tenant, out var queue) && queue.Remove(item) && queue.Count == 0) _waiting.Remove(item.Tenant);
        }
        await documents.DeleteAsync(item.Tenant, item.Name, cancellation);
    }

    /// <summary>Drops the oldest of whoever has most, while there are too many bytes: the samples of a small tenant are not in a large one's way.</summary>
    public async Task TrimAsync()
    {
        while (OldestBeyondLimit() is { } item) await DropAsync(item, DropReason.QueueFull);
    }

    /// <summary>Waits until there is something new, or for so long.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
    {
        Task news;
        lock (_gate) news = _news.Task;
        try
        {
            await news.WaitAsync(atMost, time, cancellation);
        }
        catch (TimeoutException)
        {
            return;
        }
        lock (_gate)
            if (_news.Task == news) _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void Add(OutboxItem item)
    {
        if (!_waiting.TryGetValue(item.Tenant, out var queue)) _waiting.Add(item.Tenant, queue = new LinkedList<OutboxItem>());
        queue.AddLast(item);
    }

    private OutboxItem? OldestBeyondLimit()
    {
        lock (_gate) return _waiting.Values.Sum(q => q.Sum(i => (long)i.Bytes)) <= bytesMax ? null : _waiting.Values.MaxBy(q => q.Sum(i => (long)i.Bytes))!.First!.Value;
    }

    private async Task DropAsync(OutboxItem item, DropReason reason)
    {
        metrics.Dropped(reason, item.Tenant, item.Samples);
        logger.LogError("{Samples} samples of recording rules of tenant {Tenant} of {Time:u} are dropped ({Reason}; setting compaction_worker.metrics_exporter.queue_bytes_max is {Bytes})",
            item.Samples, item.Tenant, DateTimeOffset.FromUnixTimeMilliseconds(item.TimeMillis), reason, bytesMax);
        await RemoveAsync(item, CancellationToken.None);
    }

    private static OutboxItem ItemOf(string tenant, string name, RecordedSamples samples, int bytes) =>
        new(tenant, name, samples.Timestamp, bytes, samples.Request?.Timeseries.Count ?? 0);

    /// <summary>Any bytes give samples or false.</summary>
    internal static bool TryParse(byte[] bytes, out RecordedSamples samples)
    {
        samples = new RecordedSamples();
        try
        {
            samples.MergeFrom(bytes);
            // What it logs as its time must be one.
            return samples.Request is not null && samples.Timestamp is >= 0 and < 1L << 47;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }
}

/// <summary>A document that waits.</summary>
internal sealed record OutboxItem(string Tenant, string Name, long TimeMillis, int Bytes, int Samples);
