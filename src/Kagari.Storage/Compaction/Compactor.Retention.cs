namespace Kagari.Storage;

/// <content>Retention: data goes when its period is over, or when a tenant has more bytes than it may.</content>
/// <remarks>
/// <code>
/// 1 whole windows of which nothing is kept    leave the catalogue in one step, without being read
/// 2 the oldest windows above a tenant's bytes likewise
/// 3 windows of which some series are over     are written anew without them, once an hour or a day is closed
/// </code>
/// </remarks>
public sealed partial class Compactor
{
    /// <summary>Windows of the first level live for an hour: they are not written anew for single series.</summary>
    private const int LevelRewrittenMin = 2;

    /// <summary>Does one step of retention; false where there is nothing to do.</summary>
    internal async Task<bool> TryRetainOneAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var blocks = _catalogue.Blocks();
            _expired.Keep(blocks);
            var nowNanos = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
            foreach (var tenant in blocks.GroupBy(b => b.Tenant, StringComparer.Ordinal).OrderBy(t => t.Key, StringComparer.Ordinal))
                if (await TryRetainOneAsync(tenant.Key, BlockUnit.Of(tenant), _retention(tenant.Key), nowNanos, cancellation)) return true;
            return false;
        }
        catch (IOException e)
        {
            _report(new StorageReport(StorageReportKind.WriteFailed, BlockKeys.Prefix, 0, $"Retention could not go on ({e.Message}); it is tried again."));
            return false;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<bool> TryRetainOneAsync(string tenant, List<BlockUnit> units, TenantRetention rules, long nowNanos, CancellationToken cancellation)
    {
        if (rules.HasPeriods)
        {
            var expired = units.Select(u => Expired(u, rules, nowNanos)).OfType<BlockUnit>().ToList();
            if (expired.Count > 0) return await TryRemoveAsync(expired, RemovalReason.Age, deletesAtOnce: false, cancellation);
        }
        if (rules.BytesMax > 0)
        {
            var excess = units.Sum(u => u.Bytes) - rules.BytesMax;
            var oldest = new List<BlockUnit>();
            for (var i = 0; i < units.Count && excess > 0; excess -= units[i++].Bytes) oldest.Add(units[i]);
            if (oldest.Count > 0) return await TryRemoveAsync(oldest, RemovalReason.Bytes, deletesAtOnce: false, cancellation);
        }
        if (rules.Rules.Count == 0) return false;
        foreach (var unit in units)
        {
            if (unit.Profiles.Count == 0 || unit.Level < LevelRewrittenMin) continue;
            var (any, all) = await _expired.FindAsync(unit, rules, nowNanos, cancellation);
            if (!any) continue;
            if (all ? await TryRemoveAsync([unit], RemovalReason.Age, deletesAtOnce: false, cancellation)
                : await TryRewriteExpiredAsync(unit, rules, nowNanos, cancellation)) return true;
        }
        return false;
    }

    /// <summary>What of a unit goes as a whole: all, its profiles, its rollups, or nothing.</summary>
    private static BlockUnit? Expired(BlockUnit unit, TenantRetention rules, long nowNanos)
    {
        var profiles = unit.Profiles.Count > 0 && ExpiredSeries.EndOf(unit, rules.Longest) <= nowNanos;
        var rollups = unit.Rollups.Count > 0 && ExpiredSeries.EndOf(unit, rules.Rollups) <= nowNanos;
        return profiles || rollups ? new BlockUnit(profiles ? unit.Profiles : [], rollups ? unit.Rollups : []) : null;
    }

    private async Task<bool> TryRewriteExpiredAsync(BlockUnit unit, TenantRetention rules, long nowNanos, CancellationToken cancellation)
    {
        var job = Rewrite(unit, "retention", series => ExpiredSeries.EndOf(unit, rules.PeriodOf(series)) <= nowNanos ? unit.Window : null);
        if (_failed.IsPutOff(job.Id, _time.GetUtcNow())) return false;
        if (!HasRoomFor(job, [])) return false;
        return await TryRewriteAsync(unit, job, RemovalReason.Age, cancellation) is null;
    }

    /// <summary>A job that writes a unit anew without some rows; its rollups are made anew too.</summary>
    private CompactionJob Rewrite(BlockUnit unit, string variant, Func<Profiles.LabelSet, TimeWindow?> drops) =>
        new([], unit.Profiles, unit.Rollups, unit.Tenant, unit.Level, unit.Window, ClosedWindows.At(_time.GetUtcNow(), _options)) { Drops = drops, Variant = variant };

    /// <summary>Does such a job; null where it is done, else why it is not.</summary>
    private async Task<string?> TryRewriteAsync(BlockUnit unit, CompactionJob job, RemovalReason reason, CancellationToken cancellation)
    {
        if (await _catalogue.TryLeaseAsync(job.Id, _options.LeaseDuration, cancellation) is not { } lease) return "another worker has the job";
        if (await RunAsync(job, lease, [], cancellation) is { } error) return error;
        var left = BlockUnit.Of(_catalogue.Blocks().Where(b => b.Tenant == unit.Tenant && b.Origin.JobId == job.Id));
        _removed(new Removal(reason, unit.Tenant, unit.Profiles.Count, unit.Rows - left.Sum(u => u.Rows), unit.Bytes - left.Sum(u => u.Bytes)));
        return null;
    }

    /// <summary>Takes whole units of a tenant out of the data in one step.</summary>
    private async Task<bool> TryRemoveAsync(List<BlockUnit> units, RemovalReason reason, bool deletesAtOnce, CancellationToken cancellation)
    {
        List<string> keys = [.. units.SelectMany(u => u.All).Select(b => b.Key)];
        try
        {
            await _catalogue.ReplaceAsync(new Replacement(keys, []), null, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ReplacementRefusedException)
        {
            _report(new StorageReport(StorageReportKind.WriteFailed, keys[0], 0, $"{keys.Count} blocks could not be removed ({e.Message}); it is tried again."));
            return false;
        }
        if (deletesAtOnce)
            foreach (var key in keys) await DeleteObjectAsync(key, cancellation);
        else Doom(keys, new HashSet<string>());
        _removed(new Removal(reason, units[0].Tenant, keys.Count, units.Sum(u => u.Rows), units.Sum(u => u.Bytes)));
        return true;
    }
}
