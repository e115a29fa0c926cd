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
