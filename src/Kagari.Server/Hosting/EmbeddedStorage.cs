using Kagari.Server.Metrics;
using Kagari.Storage;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.Hosting;

/// <summary>Log, catalogue, ingester and chain cache over one local directory.</summary>
internal sealed class EmbeddedStorage : IAsyncDisposable
{
    private readonly LocalObjectStore _store;
    private readonly ManifestCatalogue _catalogue;
    private readonly SegmentLog _log;

    private EmbeddedStorage(LocalObjectStore store, ManifestCatalogue catalogue, SegmentLog log, Ingester ingester, ChainCache chains)
    {
        _store = store;
        _catalogue = catalogue;
        _log = log;
        Ingester = ingester;
        Chains = chains;
    }

    public ICatalogue Catalogue => _catalogue;

    public Ingester Ingester { get; }

    public ChainCache Chains { get; }

    /// <exception cref="IOException">The directory is in use or cannot be read.</exception>
    public static async Task<EmbeddedStorage> OpenAsync(
        ServerOptions options, ServerMetrics metrics, TimeProvider time, ILogger<EmbeddedStorage> logger, CancellationToken cancellation)
    {
        void Report(StorageReport report)
        {
            metrics.Reported(report);
            logger.Log(
                report.Kind == StorageReportKind.TornTail ? LogLevel.Warning : LogLevel.Error,
                "Storage: {Kind} in '{Object}' at byte {Offset}: {Message}", report.Kind, report.ObjectKey, report.Offset, report.Message);
        }

        var store = new LocalObjectStore(options.StorageDirectory);
        try
        {
            var catalogue = await ManifestCatalogue.OpenAsync(store, Report, cancellation);
            var log = await SegmentLog.OpenAsync(store, cancellation);
            var ingester = new Ingester(log, catalogue, options.Ingester, time, Report, metrics.Flushed);
            var chains = new ChainCache(new SectionReader(store, Report), options.QueryCacheBytes);
            metrics.Gauge("kagari_ingester_pending_bytes", "Bytes of rows that wait for a segment.", () => ingester.PendingBytes);
            metrics.Gauge("kagari_ingester_dictionary_bytes", "Memory of warm dictionaries.", () => ingester.DictionaryBytes);
            metrics.Gauge("kagari_query_chain_cache_bytes", "Memory of decoded symbols.", () => chains.MemoryBytes);
            metrics.Gauge("kagari_catalogue_segments", "Segments in the catalogue.", () => catalogue.Segments().Count);
            return new EmbeddedStorage(store, catalogue, log, ingester, chains);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Ingester.DisposeAsync();
        _log.Dispose();
        _catalogue.Dispose();
        _store.Dispose();
    }
}
