namespace Kagari.Storage;

/// <content>Deletion on request.</content>
public sealed partial class Compactor
{
    /// <summary>Deletes rows of some series of a tenant, or only counts them.</summary>
    /// <remarks>
    /// <code>
    /// 1 the log is closed, and logs with matching services become blocks
    /// 2 every block with matching rows is written anew without them, window by window, its rollups too
    /// </code>
    /// When the task ends, no query sees a row that was acknowledged before and matches. Each window goes in one durable
    /// step: a deletion that was interrupted has removed some windows wholly and can be repeated. Objects that were replaced
    /// are deleted after <see cref="CompactorOptions.DeletionDelay"/>.
    /// </remarks>
    /// <param name="request">What goes.</param>
    /// <param name="isDryRun">Whether it is only counted.</param>
    /// <param name="cancellation">Ends the deletion between two windows.</param>
    /// <exception cref="StorageFullException">The disk has no room for the blocks that are written anew.</exception>
    /// <exception cref="IOException">Something could not be written; what was deleted before stays deleted.</exception>
    public async Task<DeletionResult> DeleteAsync(DeletionRequest request, bool isDryRun, CancellationToken cancellation)
    {
        if (isDryRun) return await CountAsync(request, cancellation);
        await _ingester.SealAsync(cancellation);
        await _one.WaitAsync(cancellation);
        try
        {
            await CompactLogsAsync(request, cancellation);
            var counter = new DeletionCounter(request, _sections);
            var (blocks, before, after) = (0, 0L, 0L);
            foreach (var unit in UnitsOf(request))
            {
                if (!await AnyAsync(counter, unit, cancellation)) continue;
                blocks += unit.Profiles.Count;
                before += unit.Bytes;
                after += await RewriteAsync(unit, request, cancellation);
            }
            return new DeletionResult(counter.Counts, blocks, before, after);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<DeletionResult> CountAsync(DeletionRequest request, CancellationToken cancellation)
    {
        var counter = new DeletionCounter(request, _sections);
        var (blocks, bytes) = (0, 0L);
        foreach (var chain in ChainsOf(request))
            if (await counter.AddAsync(chain, cancellation) > 0) bytes += chain.Entries.SelectMany(e => e.Sections).Sum(s => (long)s.StoredBytes);
        foreach (var unit in UnitsOf(request))
        {
            if (!await AnyAsync(counter, unit, cancellation)) continue;
            blocks += unit.Profiles.Count;
            bytes += unit.Bytes;
        }
        return new DeletionResult(counter.Counts, blocks, bytes, null);
    }

    private static async Task<bool> AnyAsync(DeletionCounter counter, BlockUnit unit, CancellationToken cancellation)
    {
        long rows = 0;
        foreach (var block in unit.Profiles) rows += await counter.AddAsync(block, cancellation);
        return rows > 0;
    }

    private IEnumerable<BlockUnit> UnitsOf(DeletionRequest request) => BlockUnit.Of(_catalogue.Blocks().Where(b => b.Tenant == request.Tenant))
        .Where(u => u.Profiles.Any(b => b.TimeNanosMin <= request.TimeNanosMax && b.TimeNanosMax >= request.TimeNanosMin));

    private IReadOnlyList<ChainSelection> ChainsOf(DeletionRequest request) =>
        _catalogue.Select(request.Tenant, request.TimeNanosMin, request.TimeNanosMax, request.MayMatchService).Chains;

    /// <summary>Makes blocks of all closed logs that may have matching rows.</summary>
    private async Task CompactLogsAsync(DeletionRequest request, CancellationToken cancellation)
    {
        var active = _ingester.ActiveLogKey;
        var logs = ChainsOf(request).Select(c => c.Key.ObjectKey).Where(k => k != active).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var segments = _catalogue.Segments();
        for (var done = 0; done < logs.Count;)
        {
            CompactionJob some = new([.. logs.Skip(done).Take(_options.LogFilesMax)], [], [], "", 1, default, ClosedWindows.At(_time.GetUtcNow(), _options));
            var job = Fitting(some, segments) ?? throw NoRoom(some);
            done += job.Logs.Count;
            if (await _catalogue.TryLeaseAsync(job.Id, _options.LeaseDuration, cancellation) is not { } lease)
                throw new IOException($"The log '{job.Logs[0]}' is being compacted by another worker; try the deletion again.");
            if (await RunAsync(job, lease, segments, cancellation) is { } error) throw Failed(error);
        }
    }

    /// <summary>Writes a unit anew without matching rows; how many bytes it has then.</summary>
    private async Task<long> RewriteAsync(BlockUnit unit, DeletionRequest request, CancellationToken cancellation)
    {
        var window = request.Window;
        var job = Rewrite(
            unit, $"delete {request.Selector} {request.TimeNanosMin} {request.TimeNanosMax}", series => request.Matches(series) ? window : null);
        if (!HasRoomFor(job, [])) throw NoRoom(job);
        if (await TryRewriteAsync(unit, job, RemovalReason.Request, cancellation) is { } error) throw Failed(error);
        return _catalogue.Blocks().Where(b => b.Tenant == unit.Tenant && b.Origin.JobId == job.Id).Sum(b => b.Length);
    }

    private StorageFullException NoRoom(CompactionJob job) => new(
        $"The disk has {_space!.FreeBytes} bytes free: too little to write {job.Sources.Count} objects anew without what is deleted. Windows before are done; make space and try again.");

    private static IOException Failed(string error) =>
        new($"The deletion could not be finished: {error} Windows that were done stay done; try again.");
}
