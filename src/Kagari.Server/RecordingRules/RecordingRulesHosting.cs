using Kagari.Query;
using Kagari.Server.Configuration;
using Kagari.Server.Hosting;
using Kagari.Server.Limits;
using Kagari.Server.Metrics;
using Kagari.Server.Objects;
using Kagari.Server.RecordingRules.Evaluation;
using Kagari.Server.RecordingRules.Exporting;
using Kagari.Storage;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.RecordingRules;

/// <summary>Puts rules, evaluation and export together; they end with it.</summary>
internal sealed class RecordingRulesHosting : IAsyncDisposable
{
    private MetricsExporter? _exporter;

    private RecordingRulesHosting(RuleBook book) => Book = book;

    /// <summary>The rules of all tenants.</summary>
    public RuleBook Book { get; }

    /// <summary>Sees new blocks; null where nothing is exported, and so nothing evaluated.</summary>
    public IFirstBlocksObserver? Observer { get; private set; }

    /// <summary>Finds settings that do not go together.</summary>
    /// <exception cref="ConfigurationException">Some do not.</exception>
    public static void Check(ServerOptions options)
    {
        if (options.MetricsExporter.Enabled && options.MetricsExporter.RemoteWriteAddress.Length == 0)
            throw new ConfigurationException(["compaction_worker.metrics_exporter.enabled: compaction_worker.metrics_exporter.remote_write_address is empty; write where to send, as http://prometheus:9090/api/v1/write"]);
    }

    /// <summary>Opens the queue of samples that an earlier process left, and begins to send.</summary>
    /// <remarks>Before compaction runs: what is left over is told by the logs that the catalogue has.</remarks>
    public static async Task<RecordingRulesHosting> OpenAsync(
        ServerOptions options, ILimitsProvider limits, EmbeddedStorage storage, QueryEngine engine, ServerMetrics metrics, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var hosting = new RecordingRulesHosting(new RuleBook(new TenantDocuments(storage.Objects, "recording-rules"), limits, options.RecordingRulesEnabled));
        if (!options.MetricsExporter.Enabled) return hosting;
        var outbox = new Outbox(new TenantDocuments(storage.Objects, "recorded-samples"), options.MetricsExporter.QueueBytesMax, metrics.Exporter, loggers.CreateLogger<Outbox>());
        var last = await outbox.RecoverAsync(storage.Catalogue.Segments().Select(s => s.ObjectKey).ToHashSet(StringComparer.Ordinal), cancellation);
        metrics.Gauge("kagari_metrics_exporter_queue_bytes", "Bytes of samples that wait for their export.", () => outbox.Waiting.Bytes);
        metrics.Gauge("kagari_metrics_exporter_queue_samples", "Samples that wait for their export.", () => outbox.Waiting.Samples);
        hosting.Observer = new RuleEvaluator(hosting.Book, engine, outbox, limits, metrics.Exporter, time, loggers.CreateLogger<RuleEvaluator>(), last);
        var client = new RemoteWriteClient(options.MetricsExporter, options.MultitenancyEnabled, time);
        hosting._exporter = new MetricsExporter(outbox, client, metrics.Exporter, time, loggers.CreateLogger<MetricsExporter>());
        hosting._exporter.Start();
        return hosting;
    }

    public async ValueTask DisposeAsync()
    {
        if (_exporter is not null) await _exporter.DisposeAsync();
        Book.Dispose();
    }
}
