using Kagari.Storage;

namespace Kagari.Simulation.Runs;

/// <summary>What the simulator found once, drawn small: seeds change their meaning when operations are added, these do not.</summary>
public sealed class RecoveryTests
{
    private readonly List<StorageReport> _reports = [];
    private readonly SimulatedDisk _disk = new(new Random(1), new SimulatedClock(DateTimeOffset.UnixEpoch));
    private readonly ReferenceModel _model = new();

    [Fact]
    public async Task Open_DiskFullAndNoManifest_ServesTheLogs()
    {
        await PushAsync();
        _disk.Restart(CrashKind.Kill);
        _disk.Lose(ManifestFile.Key);
        _disk.CapacityBytes = _disk.UsedBytes;
        using var catalogue = await ManifestCatalogue.OpenAsync(_disk, TimeProvider.System, _reports.Add, CancellationToken.None);
        catalogue.Segments().Count.ShouldBe(1);
        _reports.ShouldHaveSingleItem().Kind.ShouldBe(StorageReportKind.WriteFailed);
    }

    [Fact]
    public async Task Open_FrameThatWasWrittenAndNotSynced_StaysAfterAPowerCut()
    {
        using (var catalogue = await ManifestCatalogue.OpenAsync(_disk, TimeProvider.System, _reports.Add, CancellationToken.None))
        {
            using var log = await SegmentLog.OpenAsync(_disk, catalogue.LastLogNumber, CancellationToken.None);
            var ingester = NewIngester(log, catalogue);
            Append(ingester);
            _disk.CrashIn(3);   // create, sync of the directory and write pass, the sync of the file does not
            await ingester.FlushAsync();
        }
        _disk.HasCrashed.ShouldBeTrue();
        _disk.Restart(CrashKind.Kill);
        using (var found = await ManifestCatalogue.OpenAsync(_disk, TimeProvider.System, _reports.Add, CancellationToken.None)) found.Segments().Count.ShouldBe(1);
        _disk.Describe().ShouldNotContain("log/0000000001.log 0/", Case.Sensitive, "what is served is durable");
    }

    [Fact]
    public async Task Open_ReplacementInTheSystemsCacheOnly_DeletesNothingBeforeItIsDurable()
    {
        // The process dies in the sync of the replacement: the record can be read, and is gone with the next power cut.
        await PushAsync();
        var replaced = await CompactAsync(dies: true);
        replaced.ShouldBeTrue();
        for (var step = 0; step < 40; step++)
        {
            _disk.Restart(CrashKind.Kill);
            _disk.CrashIn(step);
            try
            {
                using (await ManifestCatalogue.OpenAsync(_disk, TimeProvider.System, _reports.Add, CancellationToken.None)) _disk.CrashIn(long.MaxValue / 2);
            }
            catch (SimulatedCrashException)
            {
                // At this step.
            }
            _disk.Restart(CrashKind.PowerCut);
            using var catalogue = await ManifestCatalogue.OpenAsync(_disk, TimeProvider.System, _reports.Add, CancellationToken.None);
            (catalogue.SegmentCount + catalogue.BlockCount).ShouldBe(1, $"died at step {step}");
        }
    }

    [Fact]
    public async Task Open_ReplacedLogThatWasNotDeleted_StaysReplaced()
    {
        await PushAsync();
        (await CompactAsync(dies: false)).ShouldBeTrue();
        for (var start = 0; start < 3; start++)
        {
            _disk.Restart(CrashKind.Kill);
            _disk.Faults = new DiskFaults { FailPercent = 100, OnlyCall = DiskCall.Delete };
            using var catalogue = await ManifestCatalogue.OpenAsync(_disk, TimeProvider.System, _reports.Add, CancellationToken.None);
            (catalogue.SegmentCount, catalogue.BlockCount).ShouldBe((0, 1), $"start {start}");
        }
    }

    [Fact]
    public async Task Compact_LogEndsBetweenTwoLooks_MergesAllOfIt()
    {
        using var catalogue = await ManifestCatalogue.OpenAsync(_disk, TimeProvider.System, _reports.Add, CancellationToken.None);
        using var log = await SegmentLog.OpenAsync(_disk, catalogue.LastLogNumber, CancellationToken.None);
        await using var ingester = NewIngester(log, catalogue);
        Append(ingester);
        await ingester.FlushAsync();
        var interrupted = new InterruptedCatalogue(catalogue)
        {
            AfterSegments = () =>
            {
                Append(ingester);
                ingester.Seal();
                ingester.FlushAsync().GetAwaiter().GetResult();
            },
        };
        (await NewCompactor(interrupted, ingester).TryRunOneAsync(CancellationToken.None)).ShouldBeTrue();
        catalogue.Blocks().Where(b => !b.IsRollup).SelectMany(b => b.Datasets).Sum(d => d.RowCount).ShouldBe(2);
    }

    [Fact]
    public void Resolve_JobOfWhichABlockWasMergedFurther_ServesTheRest()
    {
        var origin = new BlockOrigin(7, 1, IsLast: true, ["log/0000000001.log", "log/0000000002.log"]);
        var block = new BlockEntry("blocks/t/b", 1, "t", 1, default, 0, [], origin, [], [new BlockDatasetEntry("s", 1, 2, 1, 1, 1, [], [])], default, default);
        var (live, replaced) = BlockRecovery.Resolve([block], new HashSet<string> { block.Key, "log/0000000002.log" });
        live.ShouldBe([block]);
        replaced.ShouldBeEmpty("what is left of the sources may have what the missing block had");
    }

    /// <summary>Merges the log; dies, if asked to, in the sync that makes it so.</summary>
    private async Task<bool> CompactAsync(bool dies)
    {
        using var catalogue = await ManifestCatalogue.OpenAsync(_disk, TimeProvider.System, _reports.Add, CancellationToken.None);
        using var log = await SegmentLog.OpenAsync(_disk, catalogue.LastLogNumber, CancellationToken.None);
        var ingester = NewIngester(log, catalogue);
        var watched = dies ? new DyingCatalogue(catalogue, () => _disk.CrashAtNext(DiskCall.Sync)) : (ICatalogue)catalogue;
        try
        {
            return await NewCompactor(watched, ingester).TryRunOneAsync(CancellationToken.None);
        }
        catch (SimulatedCrashException)
        {
            return true;
        }
    }

    private sealed class DyingCatalogue(ICatalogue catalogue, Action die) : CatalogueWrapper(catalogue)
    {
        public override ValueTask ReplaceAsync(Replacement replacement, JobLease? lease, CancellationToken cancellation)
        {
            die();
            return base.ReplaceAsync(replacement, lease, cancellation);
        }
    }

    private Compactor NewCompactor(ICatalogue catalogue, Ingester ingester) =>
        new(catalogue, _disk, new SectionReader(_disk, _reports.Add), ingester, new CompactorOptions(), TimeProvider.System, _reports.Add);

    private async Task PushAsync()
    {
        using var catalogue = await ManifestCatalogue.OpenAsync(_disk, TimeProvider.System, _reports.Add, CancellationToken.None);
        using var log = await SegmentLog.OpenAsync(_disk, catalogue.LastLogNumber, CancellationToken.None);
        await using var ingester = NewIngester(log, catalogue);
        Append(ingester);
        await ingester.FlushAsync();
    }

    private Ingester NewIngester(SegmentLog log, ICatalogue catalogue) =>
        new(log, catalogue, new IngesterOptions { HasLoop = false }, TimeProvider.System, _reports.Add);

    private void Append(Ingester ingester)
    {
        var push = new PushGenerator(new Random(1), new WorldOptions { Seed = 1 }, _model).Next(1_000_000);
        _ = ingester.Append(push.Tenant, push.Service, PushGenerator.ToProfile(push), PushGenerator.ToRows(push), push.Identity.TimeNanos, push.Identity.ContentHash, out var counts);
        counts.Rows.ShouldBePositive();
    }
}
