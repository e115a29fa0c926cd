namespace Kagari.Storage;

/// <summary>Does one job: reads its sources, writes its blocks; the catalogue is changed by who calls it.</summary>
internal sealed class JobRun(
    CompactionJob job, JobLease lease, IObjectStore store, SectionReader sections, CompactorOptions options, Func<ValueTask> alive,
    Func<string, bool> isLive)
{
    /// <summary>Windows of profiles that are written at once: each has a buffer of its own.</summary>
    private const int OpenWindowsMax = 16;

    private readonly DatasetMerger _merger = new(new CompactionBudget(options.MemoryBytesMax));
    private readonly HashSet<string> _damaged = new(StringComparer.Ordinal);

    /// <summary>Sources of which something could not be read.</summary>
    public IReadOnlySet<string> Damaged => _damaged;

    /// <summary>Rows that were there more than once.</summary>
    public long DuplicateRows => _merger.DuplicateRows;

    /// <summary>Writes all blocks of the job.</summary>
    public async Task<IReadOnlyList<BlockEntry>> RunAsync(IReadOnlyList<SegmentEntry> segments, CancellationToken cancellation)
    {
        // Each level costs twice the time of the one before and saves some percent: little for what is written again within the hour.
        using var codec = new SectionCodec(job.Logs.Count > 0 ? 1 : job.Level == 2 ? 6 : 9);
        await using var outputs = new BlockOutputs(store, codec, job.Id, lease.Epoch, job.Sources, [.. options.RollupDroppedLabels.Order(StringComparer.Ordinal)]);
        if (job.Logs.Count > 0) await CompactLogsAsync(segments, outputs, cancellation);
        else await MergeBlocksAsync(outputs, cancellation);
        await outputs.EndProfilesAsync(cancellation);
        // What was old enough went from the log into an hour or a day at once.
        var larger = outputs.Written.Where(b => b.Level >= 2).GroupBy(b => new BlockTarget(b.Tenant, b.Level, b.Window, 0)).ToList();
        foreach (var window in larger) await RollUpAsync(window.Key, [.. window], outputs, cancellation);
        return outputs.Written;
    }

    private async Task CompactLogsAsync(IReadOnlyList<SegmentEntry> segments, BlockOutputs outputs, CancellationToken cancellation)
    {
        var logs = job.Logs.ToHashSet(StringComparer.Ordinal);
        var chains = segments.Where(s => logs.Contains(s.ObjectKey))
            .SelectMany(s => s.Datasets.Select(d => (Key: new ChainKey(s.ObjectKey, d.Tenant, d.Service, d.Generation), Entry: d)))
            .GroupBy(d => d.Key)
            .Select(g => new ChainSelection(g.Key, [.. g.Select(d => d.Entry)], []))
            .OrderBy(c => c.Key.Tenant, StringComparer.Ordinal).ThenBy(c => c.Key.Service, StringComparer.Ordinal)
            .ThenBy(c => c.Key.ObjectKey, StringComparer.Ordinal).ThenBy(c => c.Key.Generation)
            .ToList();
        foreach (var tenant in chains.GroupBy(c => c.Key.Tenant, StringComparer.Ordinal))
        {
            var windows = await WindowsAsync([.. tenant], cancellation);
            foreach (var some in windows.Chunk(OpenWindowsMax))
            {
                foreach (var service in tenant.GroupBy(c => c.Key.Service, StringComparer.Ordinal))
                {
                    var sources = service.Select(c => (MergeSource)new ChainMergeSource(c, sections)).ToList();
                    foreach (var (level, window) in some)
                        await MergeAsync(service.Key, sources, new BlockTarget(tenant.Key, level, window, 0), MergeOptions.Raw, outputs, cancellation);
                    Close(sources);
                }
                foreach (var (level, window) in some) await outputs.EndAsync(new BlockTarget(tenant.Key, level, window, 0), cancellation);
            }
        }
    }

    private async Task MergeBlocksAsync(BlockOutputs outputs, CancellationToken cancellation)
    {
        var target = new BlockTarget(job.Tenant, job.Level, job.Window, 0);
        await MergeServicesAsync(job.Blocks, [(target, MergeOptions.Raw)], outputs, cancellation);
        await outputs.EndAsync(target, cancellation);
    }

    /// <summary>Sums of slots, read from the blocks just written: of 5 minutes for an hour, of an hour and of the day too for a day.</summary>
    private async Task RollUpAsync(BlockTarget profiles, IReadOnlyList<BlockEntry> blocks, BlockOutputs outputs, CancellationToken cancellation)
    {
        var targets = Rollups.ResolutionsOf(profiles.Level)
            .Select(resolution => (profiles with { ResolutionNanos = resolution }, Rollups.OptionsOf(resolution, options))).ToArray();
        await MergeServicesAsync(blocks, targets, outputs, cancellation);
        foreach (var (target, _) in targets) await outputs.EndRollupAsync(target, cancellation);
    }

    private async Task MergeServicesAsync(
        IReadOnlyList<BlockEntry> blocks, (BlockTarget Target, MergeOptions Merge)[] targets, BlockOutputs outputs, CancellationToken cancellation)
    {
        using var scanner = sections.RentScanner();
        var services = blocks.OrderBy(b => b.TimeNanosMin).ThenBy(b => b.Key, StringComparer.Ordinal)
            .SelectMany(b => b.Datasets.Select(d => (Block: b, Dataset: d)))
            .GroupBy(d => d.Dataset.Service, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var service in services)
        {
            var sources = service.Select(s => (MergeSource)new BlockMergeSource(s.Block, s.Dataset, sections, scanner)).ToList();
            foreach (var (target, merge) in targets) await MergeAsync(service.Key, sources, target, merge, outputs, cancellation);
            Close(sources);
        }
    }

    private async Task MergeAsync(
        string service, IReadOnlyList<MergeSource> sources, BlockTarget target, MergeOptions merge, BlockOutputs outputs, CancellationToken cancellation)
    {
        await alive();
        if (outputs.PositionOf(target) >= options.BlockBytesMax) await outputs.EndAsync(target, cancellation);
        if (job.Drops is { } drops) merge = merge with { Drops = drops };
        await _merger.MergeAsync(service, sources, target.Window, merge, token => outputs.WriterAsync(target, token), cancellation);
    }

    private void Close(List<MergeSource> sources)
    {
        foreach (var source in sources)
        {
            // Gone because another worker replaced it: then this job's blocks must never look like a finished one's.
            if (source.IsGone && !isLive(source.ObjectKey)) throw new ReplacementRefusedException($"'{source.ObjectKey}' was replaced meanwhile.");
            if (source.IsGone) sections.ReportDamage(source.ObjectKey, 0, "The object is gone");
            if (source.IsDamaged) _damaged.Add(source.ObjectKey);
            source.Close();
        }
    }

    /// <summary>The windows that chains have rows in.</summary>
    private async Task<List<(int Level, TimeWindow Window)>> WindowsAsync(IReadOnlyList<ChainSelection> chains, CancellationToken cancellation)
    {
        var windows = new SortedSet<(long Start, int Level, long End)>();
        void Add(long timeNanos)
        {
            var (level, window) = job.Levels.Of(timeNanos);
            windows.Add((window.StartNanos, level, window.EndNanos));
        }
        foreach (var chain in chains)
        {
            var (min, max) = (chain.Entries.Min(e => e.TimeNanosMin), chain.Entries.Max(e => e.TimeNanosMax));
            if (max - min <= 4 * job.Levels.FirstNanos)
            {
                // A window too many is only looked at; it gets no block without rows.
                for (var time = min; time < max; time += job.Levels.FirstNanos) Add(time);
                Add(max);
                continue;
            }
            var source = new ChainMergeSource(chain, sections);
            await source.OpenAsync(cancellation);
            foreach (var row in source.Rows.Rows.ToArray()) Add(row.TimeNanos);
            source.Close();
        }
        return Widen([.. windows.Select(w => (w.Level, new TimeWindow(w.Start, w.End)))]);
    }

    /// <summary>
    /// A log that holds much of an hour, as after a pause or a backfill, becomes one block of that hour: many windows would
    /// store its symbols as many times.
    /// </summary>
    private static List<(int Level, TimeWindow Window)> Widen(List<(int Level, TimeWindow Window)> windows)
    {
        const int WindowsPerHourMax = 2;
        var hours = windows.Where(w => w.Level == 1).GroupBy(w => TimeWindow.Around(w.Window.StartNanos, ClosedWindows.HourNanos))
            .Where(h => h.Count() > WindowsPerHourMax).Select(h => h.Key).ToHashSet();
        return
        [
            .. windows.Where(w => w.Level > 1 || !hours.Contains(TimeWindow.Around(w.Window.StartNanos, ClosedWindows.HourNanos)))
                .Concat(hours.Select(h => (1, h))).OrderBy(w => w.Item2.StartNanos).ThenBy(w => w.Item1),
        ];
    }
}
