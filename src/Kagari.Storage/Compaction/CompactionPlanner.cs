namespace Kagari.Storage;

/// <summary>Finds what there is to compact. Pure: the same catalogue and time give the same jobs.</summary>
/// <remarks>
/// <code>
/// logs ──▶ level 1: windows of 5 min ──▶ level 2: hours ──▶ level 3: days
///      └──▶ what is older than an open hour or day goes there at once
/// </code>
/// Windows are aligned, so that retention removes whole objects and a query's windows do not overlap once they are over.
/// </remarks>
internal static class CompactionPlanner
{
    /// <summary>A large block is written again for late profiles once these are worth it: so many blocks, or a part so large.</summary>
    private const int LateBlocksMin = 16, LateShareMin = 16;

    /// <summary>All jobs, the most urgent first; no object is in two of them.</summary>
    public static List<CompactionJob> Plan(
        IReadOnlyList<SegmentEntry> segments, IReadOnlyList<BlockEntry> blocks, string? activeLog, DateTimeOffset now, CompactorOptions options)
    {
        var levels = ClosedWindows.At(now, options);
        var jobs = new List<CompactionJob>();
        var logs = segments.Select(s => s.ObjectKey).Distinct(StringComparer.Ordinal).Where(k => k != activeLog).Order(StringComparer.Ordinal);
        foreach (var some in logs.Chunk(options.LogFilesMax)) jobs.Add(new CompactionJob(some, [], [], "", 1, default, levels));
        foreach (var tenant in blocks.GroupBy(b => b.Tenant, StringComparer.Ordinal).OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            var profiles = tenant.Where(b => !b.IsRollup).ToList();
            var rollups = tenant.Where(b => b.IsRollup).ToList();
            // Days first: what becomes part of a day need not become an hour before.
            var used = new HashSet<string>(StringComparer.Ordinal);
            foreach (var day in profiles.GroupBy(b => TimeWindow.Around(b.TimeNanosMin, ClosedWindows.DayNanos)).OrderBy(d => d.Key.StartNanos))
                if (day.Key.EndNanos <= levels.DaysBefore) Add(tenant.Key, 3, day.Key, [.. day], rollups, levels, used, jobs);
            foreach (var hour in profiles.Where(b => b.Level <= 2 && !used.Contains(b.Key))
                .GroupBy(b => TimeWindow.Around(b.TimeNanosMin, ClosedWindows.HourNanos)).OrderBy(h => h.Key.StartNanos))
                if (hour.Key.EndNanos <= levels.HoursBefore) Add(tenant.Key, 2, hour.Key, [.. hour], rollups, levels, used, jobs);
        }
        return jobs;
    }

    private static void Add(
        string tenant, int level, TimeWindow window, List<BlockEntry> sources, List<BlockEntry> rollups, ClosedWindows levels,
        HashSet<string> used, List<CompactionJob> jobs)
    {
        var done = sources.Where(b => b.Level == level).ToList();
        // Blocks of one job belong together: it divided what was too large.
        if (done.Count == sources.Count && done.DistinctBy(b => b.Origin.JobId).Count() == 1) return;
        if (done.Count > 0)
        {
            var largest = done.GroupBy(b => b.Origin.JobId).Max(j => j.Sum(b => b.Length));
            var rest = sources.Sum(b => b.Length) - largest;
            if (rest * LateShareMin < largest && sources.Count - done.Count < LateBlocksMin && done.DistinctBy(b => b.Origin.JobId).Count() < LateBlocksMin) return;
        }
        sources.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        var obsolete = rollups.Where(r => window.Contains(r.Window)).OrderBy(r => r.Key, StringComparer.Ordinal).ToList();
        used.UnionWith(sources.Select(b => b.Key));
        jobs.Add(new CompactionJob([], sources, obsolete, tenant, level, window, levels));
    }
}
