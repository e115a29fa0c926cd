namespace Kagari.Storage;

/// <summary>Merges segments into blocks of ever longer windows, and removes what was replaced.</summary>
/// <remarks>
/// <code>
/// 1 plan      from the catalogue (<see cref="CompactionPlanner"/>)
/// 2 lease     a job; whoever loses it has worked for nothing, and its blocks are removed
/// 3 write     its blocks (<see cref="JobRun"/>); a crash leaves left-overs, which the next start removes
/// 4 replace   sources by blocks, in one durable step of the catalogue
/// 5 delete    the sources, ten minutes later: a query may still read them
/// </code>
/// One job at a time: it shares the processor with ingestion and queries. Thread safe.
/// </remarks>
public sealed partial class Compactor
{
    private readonly ICatalogue _catalogue;
    private readonly IObjectStore _store;
    private readonly SectionReader _sections;
    private readonly Ingester _ingester;
    private readonly CompactorOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<StorageReport> _report;
    private readonly Action<JobResult> _done;
    private readonly Func<string, TenantRetention> _retention;
    private readonly Action<Removal> _removed;
    private readonly DiskSpace? _space;
    private volatile IFirstBlocksObserver? _observer;
    private readonly ExpiredSeries _expired;
    private readonly Queue<(DateTimeOffset Due, string Key)> _doomed = [];
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly JobFailures _failed = new();
    private TimeWindow _sealed;

    /// <summary>A compactor over a store; it does nothing until it is run.</summary>
    /// <param name="catalogue">Knows what there is.</param>
    /// <param name="store">Where it lies.</param>
    /// <param name="sections">Reads it.</param>
    /// <param name="ingester">Writes the log.</param>
    /// <param name="options">Settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Is told of failures and damage.</param>
    /// <param name="done">Is told of each job.</param>
    /// <param name="retention">How long a tenant's data is kept; asked again and again. Default: forever.</param>
    /// <param name="removed">Is told of data that retention, a full disk or a deletion removed.</param>
    /// <param name="space">The disk's space. Default: there is enough.</param>
    public Compactor(
        ICatalogue catalogue, IObjectStore store, SectionReader sections, Ingester ingester, CompactorOptions options, TimeProvider time,
        Action<StorageReport> report, Action<JobResult>? done = null, Func<string, TenantRetention>? retention = null,
        Action<Removal>? removed = null, DiskSpace? space = null)
    {
        _catalogue = catalogue;
        _store = store;
        _sections = sections;
        _ingester = ingester;
        _options = options;
        _time = time;
        _report = report;
        _done = done ?? (static _ => { });
        _retention = retention ?? (static _ => TenantRetention.Forever);
        _removed = removed ?? (static _ => { });
        _space = space;
        _expired = new ExpiredSeries(sections);
        _sealed = FirstWindow();
    }

    /// <summary>Objects that were replaced and wait for their deletion.</summary>
    public int DoomedObjects
    {
        get
        {
            lock (_doomed) return _doomed.Count;
        }
    }

    /// <summary>From now on, sees the blocks that logs become. Set it before the compactor runs.</summary>
    public void Observe(IFirstBlocksObserver observer) => _observer = observer;

    /// <summary>Looks for work again and again until it is told to stop.</summary>
    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(RunJobsAsync(cancellation), RunSpaceAsync(cancellation));

    private async Task RunJobsAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                SealAtWindowEnd();
                if (!await TryStepAsync(cancellation)) await Task.Delay(_options.Interval, _time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopped: a job that was cut short is planned again.
        }
    }

    /// <summary>Does one thing; false where there is none, or it failed in a way that nobody foresaw.</summary>
    private async Task<bool> TryStepAsync(CancellationToken cancellation)
    {
        try
        {
            await DeleteDueAsync(cancellation);
            return await TryRetainOneAsync(cancellation) || await TryRunOneAsync(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _report(new StorageReport(StorageReportKind.WriteFailed, BlockKeys.Prefix, 0, $"BUG: compaction stumbled and goes on: {e}"));
            return false;
        }
    }

    /// <summary>Ends the log when a window of the first level is over, so that its profiles can be compacted.</summary>
    internal void SealAtWindowEnd()
    {
        if (FirstWindow() is var window && window == _sealed) return;
        _sealed = window;
        _ingester.Seal();
    }

    /// <summary>Deletes what was replaced long enough ago; at once where the disk is nearly full: queries plan again.</summary>
    internal async Task DeleteDueAsync(CancellationToken cancellation)
    {
        while (true)
        {
            string key;
            lock (_doomed)
            {
                if (_doomed.Count == 0 || (_doomed.Peek().Due > _time.GetUtcNow() && _space is not { IsLow: true })) return;
                key = _doomed.Dequeue().Key;
            }
            await DeleteObjectAsync(key, cancellation);
        }
    }

    private async Task DeleteObjectAsync(string key, CancellationToken cancellation)
    {
        try
        {
            await _store.DeleteAsync(key, cancellation);
        }
        catch (IOException e)
        {
            _report(new StorageReport(StorageReportKind.WriteFailed, key, 0, $"A replaced object could not be deleted ({e.Message}); the next start tries again."));
        }
    }

    /// <summary>Does the most urgent job; false where there is none.</summary>
    internal async Task<bool> TryRunOneAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var now = _time.GetUtcNow();
            var segments = _catalogue.Segments();
            foreach (var planned in CompactionPlanner.Plan(segments, _catalogue.Blocks(), _ingester.ActiveLogKey, now, _options))
            {
                if (Fitting(planned, segments) is not { } job) continue;
                if (_failed.IsPutOff(job.Id, now)) continue;
                if (await _catalogue.TryLeaseAsync(job.Id, _options.LeaseDuration, cancellation) is not { } lease) continue;
                // Read again: the ingester may have ended a log after the list above, which then lacks its last segments.
                // All logs of the job were closed when it was planned, so now the list has all of them.
                await RunAsync(job, lease, _catalogue.Segments(), cancellation);
                return true;
            }
            return false;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Does a job; null where it is done, else why it is not.</summary>
    private async Task<string?> RunAsync(CompactionJob job, JobLease lease, IReadOnlyList<SegmentEntry> segments, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        _running = [.. job.Sources];
        _current = new RunningJob(CompactionTask.Of(job, segments), _time.GetUtcNow(), lease);
        IReadOnlyList<BlockEntry> written = [];
        try
        {
            async ValueTask KeepAliveAsync()
            {
                if (lease.Until - _time.GetUtcNow() > _options.LeaseDuration / 2) return;
                lease = await _catalogue.TryExtendAsync(lease, _options.LeaseDuration, cancellation)
                    ?? throw new ReplacementRefusedException("The lease of a compaction job ran out.");
                _current = _current is { } current ? current with { Lease = lease } : null;
            }
            // Others may take as long as they like: the lease is extended meanwhile.
            async Task KeepAliveWhileAsync(Task work)
            {
                try
                {
                    while (await Task.WhenAny(work, Task.Delay(_options.LeaseDuration / 4, _time, cancellation)) != work) await KeepAliveAsync();
                }
                finally
                {
                    // Nothing of a job goes on behind it.
                    await work;
                }
            }
            var run = new JobRun(job, lease, _store, _sections, _options, KeepAliveAsync, IsLive);
            written = await run.RunAsync(segments, cancellation);
            var observer = job.Logs.Count > 0 ? _observer : null;
            if (observer is not null)
            {
                var seen = observer.WrittenAsync(new FirstBlocks(job.Id, job.Logs, [.. written.Where(b => !b.IsRollup)]), cancellation).AsTask();
                await KeepAliveWhileAsync(seen);
                await KeepAliveAsync();
            }
            await _catalogue.ReplaceAsync(new Replacement(job.Sources, written), lease, CancellationToken.None);
            observer?.Committed(job.Id);
            _failed.Remove(job.Id);
            Doom(job.Sources, run.Damaged);
            var logs = job.Logs.ToHashSet(StringComparer.Ordinal);
            _done(new JobResult(
                job.Level, job.Sources, written, written.Where(b => !b.IsRollup).SelectMany(b => b.Datasets).Sum(d => (long)d.RowCount), run.DuplicateRows,
                segments.Where(s => logs.Contains(s.ObjectKey)).Sum(s => s.Length) + job.Blocks.Sum(b => b.Length), written.Sum(b => b.Length),
                _time.GetElapsedTime(started)));
            return null;
        }
        catch (ReplacementRefusedException e)
        {
            // Another worker has the job, or its sources are gone: what was written here is nobody's. If neither, it would be begun
            // again at once and for ever, in the way of all others.
            PutOff(job, segments, e.Message);
            foreach (var block in written) await DeleteObjectAsync(block.Key, CancellationToken.None);
            _report(new StorageReport(StorageReportKind.WriteFailed, written.Count > 0 ? written[0].Key : BlockKeys.Prefix, 0, $"A compaction was given up: {e.Message}"));
            return e.Message;
        }
        catch (Exception e)
        {
            // Whatever it was, other jobs go first for a while. Blocks of which nobody knows whether they were committed stay; the next start finds out.
            var pause = PutOff(job, segments, e.Message);
            if (e is not (IOException or InvalidOperationException)) throw;
            _report(new StorageReport(StorageReportKind.WriteFailed, job.Sources[0], 0,
                $"A compaction of {job.Sources.Count} objects failed ({e.Message}); it is tried again in {pause.TotalSeconds:f0} s, and nothing is lost."));
            return e.Message;
        }
        finally
        {
            _running = [];
            _current = null;
            await _catalogue.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    private TimeSpan PutOff(CompactionJob job, IReadOnlyList<SegmentEntry> segments, string reason) =>
        _failed.Add(job.Id, CompactionTask.Of(job, segments), reason, _time.GetUtcNow());

    private bool IsLive(string objectKey) =>
        _catalogue.Blocks().Any(b => b.Key == objectKey) || _catalogue.Segments().Any(s => s.ObjectKey == objectKey);

    /// <summary>Replaced objects go later; those with damage are put aside at once, so that a person can look.</summary>
    private void Doom(IReadOnlyList<string> keys, IReadOnlySet<string> damaged)
    {
        var due = _time.GetUtcNow() + _options.DeletionDelay;
        foreach (var key in keys)
        {
            if (damaged.Contains(key) && _store is IAppendStore local)
            {
                var aside = $"lost/{key.Replace('/', '-')}";
                try
                {
                    local.Rename(key, aside);
                }
                catch (IOException e)
                {
                    aside = $"{key}; it could not be moved: {e.Message}";
                }
                _report(new StorageReport(StorageReportKind.Damage, key, 0, $"Some of it could not be read and is not in the compacted block; the object is kept as '{aside}'."));
                continue;
            }
            lock (_doomed) _doomed.Enqueue((due, key));
        }
    }

    private TimeWindow FirstWindow() => TimeWindow.Around((_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100, _options.FirstWindow.Ticks * 100);
}
