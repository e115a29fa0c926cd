using Kagari.Query;
using Kagari.Storage;

namespace Kagari.Simulation;

// Starting, stopping and dying.
internal sealed partial class World
{
    private ManifestCatalogue? _manifest;
    private SegmentLog? _log;
    private Ingester? _ingester;
    private QueryEngine? _engine;
    private InterruptedCatalogue? _catalogue;
    private readonly List<Compactor> _compactors = [];
    private readonly HashSet<(string Key, long Offset)> _knownSegments = [];

    public Ingester Ingester => _ingester!;

    public QueryEngine Engine => _engine!;

    public InterruptedCatalogue Catalogue => _catalogue!;

    public IReadOnlyList<Compactor> Compactors => _compactors;

    /// <summary>Writes what waits and notes where it went.</summary>
    public async Task FlushAsync()
    {
        await Ingester.FlushAsync();
        NotePlaces();
        ResolveAttempts();
        _groupIsPoisoned = false;
    }

    /// <summary>Flushes, and a push arrives once the new group has begun: it may be in this segment or in the next, and fail with either.</summary>
    public async Task<string> FlushWhileAsync(ModelPush push)
    {
        var failures = Disk.Failures;
        var outcome = "";
        NoteDoubt(push);
        Clock.Meanwhile = () => outcome = Deliver(push);
        await FlushAsync();
        Clock.Meanwhile = null;
        _groupIsPoisoned = Disk.Failures > failures;
        return outcome;
    }

    /// <summary>Stops as an operator would, and starts again.</summary>
    public async Task RestartAsync(Action? between = null)
    {
        await Ingester.DisposeAsync();
        if (!Disk.HasCrashed) NotePlaces();
        ResolveAttempts();
        if (Disk.HasCrashed) return;   // the loop sees it
        Close();
        Disk.Restart(CrashKind.Kill);
        between?.Invoke();
        await StartAsync();
    }

    /// <summary>Dies here and now, and starts again.</summary>
    public async Task RecoverAsync(CrashKind kind)
    {
        ForgetAttempts();
        Close();
        Disk.Restart(kind);
        Trace.Add($"  {kind}: {Disk.Describe()}");
        await StartAsync();
    }

    private async Task StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var failures = Disk.Failures;
            try
            {
                await OpenAsync();
                break;
            }
            catch (SimulatedCrashException e)
            {
                var kind = (CrashKind)Random.Next(2);
                Trace.Add($"  start: {e.Message} {kind}");
                Close();
                Disk.Restart(kind);
            }
            catch (IOException e) when (Disk.Failures > failures)
            {
                Trace.Add($"  start failed: {e.Message}");
                Close();
                Disk.Restart(CrashKind.Kill);
            }
            if (attempt < 3) continue;
            // Somebody repairs the disk.
            Disk.Faults = DiskFaults.None;
            Disk.CapacityBytes = long.MaxValue;
        }
        Trace.Add($"  started, {Catalogue.Segments().Count} segments, {Catalogue.Blocks().Count} blocks");
        _failuresExcused = Disk.Failures;
        _groupIsPoisoned = false;
        await CheckPresenceAsync(afterRecovery: true);
    }

    /// <summary>Everything that a process start does, in its order.</summary>
    private async Task OpenAsync()
    {
        Disk.IsLocked = () => _manifest is { IsLockedHere: true };
        _manifest = await ManifestCatalogue.OpenAsync(Disk, Clock, Report, CancellationToken.None);
        _catalogue = new InterruptedCatalogue(_parts.Catalogue(_manifest));
        _log = await SegmentLog.OpenAsync(Disk, _manifest.LastLogNumber, CancellationToken.None);
        _ingester = new Ingester(
            _log,
            _catalogue,
            new IngesterOptions
            {
                HasLoop = false,
                LogFileBytesMax = Options.LogFileBytesMax,
                DictionaryBytesMax = Options.DictionaryBytesMax,
                PendingBytesMax = Options.PendingBytesMax,
            },
            Clock,
            Report);
        _engine = NewEngine(Options.ChainCacheBytesMax);
        _compactors.Clear();
        for (var i = 0; i < Options.CompactorCount; i++)
        {
            var store = _parts.CompactionStore(Disk);
            _compactors.Add(new Compactor(
                _parts.CompactionCatalogue(_catalogue), store, new SectionReader(store, Report), _ingester, Options.Compaction, Clock, Report, NoteJob));
        }
        NoteBlocks();
        _knownSegments.UnionWith(_catalogue.Segments().Select(s => (s.ObjectKey, s.Offset)));
    }

    private QueryEngine NewEngine(long cacheBytesMax) =>
        new(Catalogue, new DatasetCache(new SectionReader(Disk, Report), cacheBytesMax)) { ParallelDatasets = 1 };

    /// <summary>Queries read everything anew.</summary>
    public void ForgetCaches() => _engine = NewEngine(Options.ChainCacheBytesMax);

    private void Close()
    {
        _log?.Dispose();
        _manifest?.Dispose();
    }

    /// <summary>The segment just written is where the pushes lie that were acknowledged with it.</summary>
    private void NotePlaces()
    {
        // Compaction takes segments away, so counting them does not tell what is new.
        var fresh = Catalogue.Segments().Where(s => _knownSegments.Add((s.ObjectKey, s.Offset))).ToList();
        if (fresh.Count == 0) return;
        var segment = fresh[^1];
        foreach (var (push, _) in _attempts.Where(a => a.Done.IsCompletedSuccessfully))
        {
            push.Places.Add((segment.ObjectKey, segment.Offset));
            if (_damagedChains.Contains((segment.ObjectKey, push.Tenant, push.Service))) push.DamagedKeys.Add(segment.ObjectKey);
        }
    }

    /// <summary>The end: everything is well again, a clean stop and start, and a check of everything.</summary>
    private async Task FinishAsync()
    {
        Disk.Faults = DiskFaults.None;
        Disk.CapacityBytes = long.MaxValue;
        Trace.Add("finish");
        // A crash that waits may still come.
        await RestartAsync();
        if (Disk.HasCrashed) await RecoverAsync(CrashKind.PowerCut);
        await CheckEverythingAsync();
        if (Random.Next(3) == 0) return;
        await RestartAsync(() => Disk.Lose(ManifestFile.Key));
        if (Disk.HasCrashed) await RecoverAsync(CrashKind.PowerCut);
        await CheckEverythingAsync();
    }
}
