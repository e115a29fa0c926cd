using Kagari.Profiles;
using Kagari.Server.Hosting;
using Kagari.Server.Ingest;
using Kagari.Server.Limits;
using Kagari.Server.Metrics;
using Kagari.Storage;
using Kagari.Testing;

namespace Kagari.Bench.Compacting;

/// <summary>An embedded store with a distributor before it and a compactor whose clock the bench moves.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly LocalObjectStore _store;
    private readonly ManifestCatalogue _catalogue;
    private readonly SegmentLog _log;

    private BenchStore(LocalObjectStore store, TemporaryDirectory directory, ManifestCatalogue catalogue, SegmentLog log, CompactorOptions options)
    {
        (_store, _directory, _catalogue, _log) = (store, directory, catalogue, log);
        static void Report(StorageReport report) => throw new IOException(report.Message);
        Ingester = new Ingester(log, catalogue, new IngesterOptions(), TimeProvider.System, Report);
        Distributor = new Distributor(
            Ingester, new StaticLimits(new TenantLimits { RejectOlderThan = default, RejectNewerThan = default }), new ServerMetrics("bench"), TimeProvider.System);
        Datasets = new DatasetCache(new SectionReader(store, Report), 96 << 20);
        Compactor = new Compactor(catalogue, store, Datasets.Sections, Ingester, options, Time, Report, Jobs.Add);
    }

    public ManualTime Time { get; } = new(DateTimeOffset.UnixEpoch);

    public Ingester Ingester { get; }

    public Distributor Distributor { get; }

    public DatasetCache Datasets { get; }

    public Compactor Compactor { get; }

    public List<JobResult> Jobs { get; } = [];

    public ICatalogue Catalogue => _catalogue;

    public static async Task<BenchStore> OpenAsync(CompactorOptions? options = null)
    {
        var directory = new TemporaryDirectory();
        var store = new LocalObjectStore(directory.Path);
        var catalogue = await ManifestCatalogue.OpenAsync(store, TimeProvider.System, _ => { }, default);
        return new BenchStore(store, directory, catalogue, await SegmentLog.OpenAsync(store, catalogue.LastLogNumber, default), options ?? new CompactorOptions());
    }

    public Task TakeAsync(string kind, string service, string pod, byte[] pprof) => Distributor.TakePprof(
        "t", LabelSet.Of([(LabelNames.Name, kind == "cpu" ? "process_cpu" : "memory"), (LabelNames.ServiceName, service), ("pod", pod), ("region", "eu")]), pprof);

    /// <summary>Does all that there is to compact at a time; returns the CPU seconds of the process.</summary>
    public async Task<double> CompactAsync(DateTimeOffset now)
    {
        Time.Now = now;
        Ingester.Seal();
        while (Ingester.ActiveLogKey is not null) await Task.Delay(1);
        var before = Environment.CpuUsage.TotalTime;
        while (await Compactor.TryRunOneAsync(default))
        {
        }
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    public long LogBytes => _catalogue.Segments().Sum(s => s.Length);

    public async ValueTask DisposeAsync()
    {
        await Ingester.DisposeAsync();
        _log.Dispose();
        _catalogue.Dispose();
        _store.Dispose();
        _directory.Dispose();
    }
}
