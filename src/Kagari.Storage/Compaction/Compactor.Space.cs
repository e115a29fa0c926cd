namespace Kagari.Storage;

/// <content>What compaction does where the disk is nearly full.</content>
public sealed partial class Compactor
{
    private static readonly TimeSpan SpaceInterval = TimeSpan.FromSeconds(1);

    /// <summary>Sources of the job that runs: they are not taken away under it.</summary>
    private volatile HashSet<string> _running = [];
    private long _postponed;

    /// <summary>How often a job was put off, or made smaller, because the disk had too little room for what it writes.</summary>
    public long PostponedJobs => Interlocked.Read(ref _postponed);

    /// <summary>Makes room where the disk is nearly full: the oldest windows of all tenants go at once. True where something went.</summary>
    /// <remarks>Logs stay: what is in them may not be compacted yet, and the newest data is worth most.</remarks>
    internal async Task<bool> TryFreeSpaceAsync(CancellationToken cancellation)
    {
        if (_space is not { WhenFull: FullDiskPolicy.DeleteOldest, IsLow: true }) return false;
        // A job that runs is not waited for; none begins meanwhile.
        var isHeld = await _one.WaitAsync(0, cancellation);
        try
        {
            return await FreeSpaceAsync(_space, cancellation);
        }
        finally
        {
            if (isHeld) _one.Release();
        }
    }

    private async Task<bool> FreeSpaceAsync(DiskSpace space, CancellationToken cancellation)
    {
        var enough = space.LimitBytes * 3 / 2;
        // Replaced objects cost no data.
        var freed = await DeleteDoomedAsync(space, cancellation);
        var isAny = freed > 0;
        foreach (var unit in BlockUnit.Of(_catalogue.Blocks()))
        {
            space.AskAgain();
            // Files that a query still reads give their space back later: what was deleted counts as free.
            if (space.FreeBytes is not { } free || Math.Max(free, 0) + freed >= enough) break;
            if (unit.All.Any(b => _running.Contains(b.Key))) continue;
            if (!await TryRemoveAsync([unit], RemovalReason.Space, deletesAtOnce: true, cancellation)) return isAny;
            _report(new StorageReport(StorageReportKind.DiskFull, unit.All.First().Key, 0,
                $"The disk was nearly full: {unit.Bytes} bytes of tenant '{unit.Tenant}' up to {DateTimeOffset.UnixEpoch.AddTicks(unit.Window.EndNanos / 100):u} were deleted (storage.when_full: delete_oldest)."));
            freed += unit.Bytes;
            isAny = true;
        }
        space.AskAgain();
        return isAny;
    }

    private async Task RunSpaceAsync(CancellationToken cancellation)
    {
        try
        {
            while (_space is { WhenFull: FullDiskPolicy.DeleteOldest })
            {
                await TryFreeSpaceAsync(cancellation);
                await Task.Delay(SpaceInterval, _time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    /// <summary>The job, or one of fewer logs, for which the disk has room; null where it has none.</summary>
    private CompactionJob? Fitting(CompactionJob job, IReadOnlyList<SegmentEntry> segments)
    {
        while (!HasRoomFor(job, segments))
        {
            Interlocked.Increment(ref _postponed);
            if (job.Logs.Count < 2) return null;
            // Compacted logs make more space than they need: some of them are better than none.
            job = new CompactionJob([.. job.Logs.Take(job.Logs.Count / 2)], [], [], job.Tenant, job.Level, job.Window, job.Levels);
        }
        return job;
    }

    /// <summary>Whether the disk has room for what a job writes: no more than it reads.</summary>
    private bool HasRoomFor(CompactionJob job, IReadOnlyList<SegmentEntry> segments)
    {
        if (_space is null) return true;
        var logs = job.Logs.ToHashSet(StringComparer.Ordinal);
        var bytes = segments.Where(s => logs.Contains(s.ObjectKey)).Sum(s => s.Length) + job.Blocks.Sum(b => b.Length) + job.Obsolete.Sum(b => b.Length);
        return _space.HasRoomFor(bytes);
    }

    /// <summary>Deletes what was replaced, without waiting; how many bytes that freed.</summary>
    private async Task<long> DeleteDoomedAsync(DiskSpace space, CancellationToken cancellation)
    {
        var free = space.FreeBytes ?? 0;
        List<string> keys;
        lock (_doomed)
        {
            keys = [.. _doomed.Select(d => d.Key)];
            _doomed.Clear();
        }
        foreach (var key in keys) await DeleteObjectAsync(key, cancellation);
        space.AskAgain();
        return Math.Max(0, (space.FreeBytes ?? 0) - free);
    }
}
