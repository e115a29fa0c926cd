using Kagari.Storage;

namespace Kagari.Simulation;

// Compaction: it may be cut short, fail or race with anything, and no answer changes by it.
internal sealed partial class World
{
    private readonly List<JobResult> _jobs = [];
    private readonly Dictionary<string, BlockEntry> _seenBlocks = new(StringComparer.Ordinal);
    private readonly List<string> _failedJobs = [];

    /// <summary>Jobs that were done, by level.</summary>
    public IReadOnlyList<JobResult> Jobs => _jobs;

    /// <summary>Ends the log file, so that it can be compacted.</summary>
    public async Task SealAsync()
    {
        // What waits begins a file, if there is none to end.
        if (Ingester.ActiveLogKey is null) await FlushAsync();
        Ingester.Seal();
        await FlushAsync();
    }

    /// <summary>Runs one job; what is asked before and after it has the same answers.</summary>
    public async Task<string> CompactAsync()
    {
        var compactor = _compactors[Random.Next(_compactors.Count)];
        // Damage may be read by one question and not by another, and a job in a crash is checked after the recovery.
        List<ModelQuery> queries = _damagedKeys.Count > 0 ? [] : [.. Tenants.Select(t => ModelQuery.Everything(t)), QueryGenerator.Next(this, filtered: true)];
        var end = Clock.NowMillis;
        var before = await AskAllAsync(queries, end);
        var (jobs, pushes) = (_jobs.Count, Model.Pushes.Count);
        var ran = await RunJobAsync(compactor);
        var after = Disk.HasCrashed ? before : await AskAllAsync(queries, end);
        // Where pushes came meanwhile, the model says what the answers must be: the caller asks.
        if (Model.Pushes.Count > pushes)
        {
            await CheckPresenceAsync(afterRecovery: false);
            queries.Clear();
        }
        for (var i = 0; i < queries.Count; i++)
            if (before[i] != after[i]) Fail($"{queries[i]} changed by a compaction ({Last(jobs)}): it is\n{after[i]}\nand was\n{before[i]}");
        return ran ? Last(jobs) : "nothing to do";

        string Last(int since) => _jobs.Count == since ? "job not done" : string.Join("; ", _jobs.Skip(since).Select(Describe));
    }

    /// <summary>Runs a job of a compactor; false where there was none to do.</summary>
    public async Task<bool> RunJobAsync(Compactor compactor)
    {
        var (failures, failed) = (Disk.Failures, _failedJobs.Count);
        var ran = await compactor.TryRunOneAsync(CancellationToken.None);
        NoteBlocks();
        if (_failedJobs.Count > failed && Disk.Failures == failures && !_failedJobs[^1].Contains("since an earlier failure")
            && !(_compactors.Count > 1 && _failedJobs[^1].Contains("is not in the store")))
            Fail($"A compaction failed though the disk did nothing wrong: {_failedJobs[^1]}");
        return ran;
    }

    /// <summary>What another thread may do in the middle of something: some jobs, and the deletion of what they replaced.</summary>
    public void CompactMeanwhile(Compactor compactor, int jobs)
    {
        for (var i = 0; i < jobs && !Disk.HasCrashed; i++)
            if (!RunJobAsync(compactor).GetAwaiter().GetResult()) break;
        if (!Disk.HasCrashed) DeleteDueAsync().GetAwaiter().GetResult();
    }

    /// <summary>Time passes until what was replaced may go, and it goes.</summary>
    public async Task DeleteDueAsync()
    {
        Clock.Pass(Options.Compaction.DeletionDelay + TimeSpan.FromMilliseconds(1));
        foreach (var compactor in _compactors) await compactor.DeleteDueAsync(CancellationToken.None);
    }

    private async Task<List<string>> AskAllAsync(List<ModelQuery> queries, long end)
    {
        var answers = new List<string>();
        await Disk.QuietlyAsync(async () =>
        {
            var engine = NewEngine(64 << 20);
            foreach (var query in queries)
            {
                var tree = Testing.Drawings.Draw(await _parts.MergeTreeAsync(engine, query.ToSeriesQuery(), query.Filter));
                var points = await AskTimeSeriesAsync(engine, query, query.Filter, end - (100 * 3_600_000L), end, 3_600_000, AllLabels);
                var series = await engine.SeriesAsync(query.ToSeriesQuery(), CancellationToken.None);
                answers.Add($"{tree}\n{points}\n{string.Join(" | ", series.Select(s => s.ToString()).Order(StringComparer.Ordinal))}");
            }
        });
        return answers;
    }

    private void NoteJob(JobResult job)
    {
        _jobs.Add(job);
        Trace.Add($"  job: {Describe(job)}");
    }

    /// <summary>What blocks hold, so that a flipped bit is known to concern these pushes even when the block is replaced.</summary>
    private void NoteBlocks()
    {
        foreach (var block in Catalogue.Blocks()) _seenBlocks[block.Key] = block;
    }

    private static string Describe(JobResult job) =>
        $"level {job.Level}, {job.Sources.Count} sources, {job.Blocks.Count} blocks of levels {string.Join(',', job.Blocks.Select(b => b.Level).Distinct())}, {job.Rows} rows, {job.DuplicateRows} twice";
}
