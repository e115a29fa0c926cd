using Kagari.Server.Admin;
using Kagari.Server.Limits;
using Kagari.Server.Metrics;
using Kagari.Server.Retention;
using Kagari.Storage;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.Hosting;

/// <summary>Log, catalogue, ingester, compactor and caches over one local directory.</summary>
internal sealed class EmbeddedStorage : IAsyncDisposable
{
    private readonly LocalObjectStore _store;
    private readonly ManifestCatalogue _catalogue;
    private readonly SegmentLog _log;
    private readonly CancellationTokenSource _stop = new();
    private Task _compaction = Task.CompletedTask;

    /// <summary>How many jobs are remembered.</summary>
    private const int RecentJobsMax = 100;

    private readonly Recent<FinishedJob> _recentJobs;

    private EmbeddedStorage(
        LocalObjectStore store, ManifestCatalogue catalogue, SegmentLog log, Ingester ingester, DatasetCache datasets, Compactor compactor, Recent<FinishedJob> recentJobs)
    {
        _recentJobs = recentJobs;
        _store = store;
        _catalogue = catalogue;
        _log = log;
        Ingester = ingester;
        Datasets = datasets;
        Compactor = compactor;
    }

    public ICatalogue Catalogue => _catalogue;

    /// <summary>Logs, blocks, and documents of tenants.</summary>
    public IObjectStore Objects => _store;

    public Ingester Ingester { get; }

    public DatasetCache Datasets { get; }

    public Compactor Compactor { get; }

    /// <summary>The last compactions, the last first.</summary>
    public IReadOnlyList<FinishedJob> RecentJobs => _recentJobs.List();

    /// <summary>When an object was written, to its end; null where nobody knows.</summary>
    public DateTimeOffset? WrittenAt(string objectKey) =>
        _store.FileOf(objectKey) is { } file ? new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero) : null;

    /// <exception cref="IOException">The directory is in use or cannot be read.</exception>
    public static async Task<EmbeddedStorage> OpenAsync(
        ServerOptions options, ILimitsProvider limits, ServerMetrics metrics, TimeProvider time, ILogger<EmbeddedStorage> logger, CancellationToken cancellation)
    {
        void Report(StorageReport report)
        {
            metrics.Reported(report);
            logger.Log(
                report.Kind is StorageReportKind.TornTail or StorageReportKind.DiskFull ? LogLevel.Warning : LogLevel.Error,
                "Storage: {Kind} in '{Object}' at byte {Offset}: {Message}", report.Kind, report.ObjectKey, report.Offset, report.Message);
        }

        var store = new LocalObjectStore(options.StorageDirectory);
        try
        {
            var catalogue = await ManifestCatalogue.OpenAsync(store, time, Report, cancellation);
            var log = await SegmentLog.OpenAsync(store, catalogue.LastLogNumber, cancellation);
            var space = new DiskSpace(store, options.DiskSpace, store.Root, time, Report);
            var ingester = new Ingester(log, catalogue, options.Ingester, time, Report, metrics.Flushed, space);
            var sections = new SectionReader(store, Report);
            var datasets = new DatasetCache(sections, options.QueryCacheBytes);
            var recentJobs = new Recent<FinishedJob>(RecentJobsMax);
            void Done(JobResult job)
            {
                recentJobs.Add(FinishedJob.Of(time.GetUtcNow(), job));
                // What was read from the sources would only be in the way of what is read from the blocks.
                datasets.Forget(job.Sources.ToHashSet(StringComparer.Ordinal));
                metrics.Compacted(job);
            }
            var compactor = new Compactor(catalogue, store, sections, ingester, options.Compactor, time, Report, Done, new RetentionLimits(limits).For, metrics.Removed, space);
            metrics.Gauge("kagari_ingester_pending_bytes", "Bytes of rows that wait for a segment.", () => ingester.PendingBytes);
            metrics.Gauge("kagari_ingester_dictionary_bytes", "Memory of warm dictionaries.", () => ingester.DictionaryBytes);
            metrics.Gauge("kagari_query_cache_bytes", "Memory of decoded datasets.", () => datasets.MemoryBytes);
            metrics.Gauge("kagari_catalogue_segments", "Segments that are not compacted.", () => catalogue.SegmentCount);
            metrics.Gauge("kagari_catalogue_blocks", "Blocks in the catalogue.", () => catalogue.BlockCount);
            metrics.Gauge("kagari_compactor_doomed_objects", "Replaced objects that wait for their deletion.", () => compactor.DoomedObjects);
            metrics.Gauge("kagari_compactor_postponed_jobs", "How often a job was put off or made smaller because the disk had no room for its result.", () => compactor.PostponedJobs);
            metrics.Gauge("kagari_storage_free_bytes", "Free bytes of the disk; -1 where nobody knows.", () => space.FreeBytes ?? -1);
            metrics.Gauge("kagari_storage_min_free_bytes", "Below so many free bytes pushes are refused, or the oldest data goes.", () => space.LimitBytes);
            return new EmbeddedStorage(store, catalogue, log, ingester, datasets, compactor, recentJobs);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Begins to compact.</summary>
    /// <param name="observer">Sees what comes from the log; null: nobody.</param>
    public void StartCompaction(IFirstBlocksObserver? observer)
    {
        if (observer is not null) Compactor.Observe(observer);
        _compaction = Task.Run(() => Compactor.RunAsync(_stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _compaction;
        _stop.Dispose();
        await Ingester.DisposeAsync();
        _log.Dispose();
        _catalogue.Dispose();
        _store.Dispose();
    }
}
