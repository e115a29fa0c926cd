using System.Diagnostics;
using System.Text;
using Kagari.Server.RecordingRules.Exporting;
using Kagari.Storage;

namespace Kagari.Server.Metrics;

/// <summary>All metrics of the server. Names with the prefix <c>pyroscope_</c> are those that existing dashboards read.</summary>
internal sealed class ServerMetrics
{
    private readonly MetricFamily _discardedSamples = new("pyroscope_discarded_samples_total", "counter", "Profiles or samples that were not stored.", "reason", "tenant");
    private readonly MetricFamily _discardedBytes = new("pyroscope_discarded_bytes_total", "counter", "Bytes of profiles that were not stored.", "reason", "tenant");
    private readonly MetricFamily _receivedBytes = new("pyroscope_distributor_received_decompressed_bytes_total", "counter", "Decompressed bytes of profiles received.", "tenant");
    private readonly MetricFamily _receivedCompressed = new("pyroscope_distributor_received_compressed_bytes_total", "counter", "Bytes of profiles as received.", "tenant");
    private readonly MetricFamily _receivedSamples = new("pyroscope_distributor_received_samples_total", "counter", "Samples received.", "tenant");
    private readonly MetricFamily _profiles = new("pyroscope_distributor_profiles_received_total", "counter", "Profiles received.", "tenant");
    private readonly MetricFamily _usageReceived = new("pyroscope_usage_group_received_decompressed_total", "counter", "Decompressed bytes received of a usage group.", "tenant", "usage_group");
    private readonly MetricFamily _usageDiscarded = new("pyroscope_usage_group_discarded_bytes_total", "counter", "Bytes of a usage group that were not stored.", "reason", "tenant", "usage_group");
    private readonly MetricFamily _segments = new("kagari_ingester_segments_total", "counter", "Segments written.");
    private readonly MetricFamily _segmentBytes = new("kagari_ingester_segment_bytes_total", "counter", "Bytes of segments written.");
    private readonly MetricFamily _encodeSeconds = new("kagari_ingester_encode_seconds_total", "counter", "Time spent encoding segments.");
    private readonly MetricFamily _writeSeconds = new("kagari_ingester_write_seconds_total", "counter", "Time spent writing segments and making them durable.");
    private readonly MetricFamily _jobs = new("kagari_compactor_jobs_total", "counter", "Compaction jobs done.", "level");
    private readonly MetricFamily _jobRows = new("kagari_compactor_rows_total", "counter", "Rows written by compaction.", "level");
    private readonly MetricFamily _jobDuplicates = new("kagari_compactor_duplicate_rows_total", "counter", "Rows that were stored more than once and are now once.");
    private readonly MetricFamily _jobRead = new("kagari_compactor_read_bytes_total", "counter", "Bytes of what compaction replaced.", "level");
    private readonly MetricFamily _jobWritten = new("kagari_compactor_written_bytes_total", "counter", "Bytes that compaction wrote.", "level");
    private readonly MetricFamily _jobSeconds = new("kagari_compactor_seconds_total", "counter", "Time spent compacting.", "level");
    private readonly MetricFamily _reports = new("kagari_storage_reports_total", "counter", "Damage, torn tails, rebuilt manifests and failed writes.", "kind");
    private readonly MetricFamily _removedBlocks = new("kagari_retention_removed_blocks_total", "counter", "Blocks that were removed or written anew without expired or deleted profiles.", "reason", "tenant");
    private readonly MetricFamily _removedRows = new("kagari_retention_removed_rows_total", "counter", "Stored rows that were removed.", "reason", "tenant");
    private readonly MetricFamily _removedBytes = new("kagari_retention_removed_bytes_total", "counter", "Bytes of blocks that were removed.", "reason", "tenant");
    private readonly MetricFamily _authFailures = new("kagari_auth_failures_total", "counter", "Requests that were refused for who sent them.", "reason");
    private readonly MetricFamily _build = new("pyroscope_build_info", "gauge", "The running version.", "version");
    private readonly List<(MetricFamily Family, Func<double> Read)> _gauges = [];

    public RequestDurations Requests { get; } = new("pyroscope_request_duration_seconds");

    /// <summary>Recording rules and their export.</summary>
    public ExporterMetrics Exporter { get; } = new();

    public ServerMetrics(string version, TimeProvider? time = null)
    {
        _build.Set(1, version);
        Rates = new IngestRates(time ?? TimeProvider.System);
    }

    /// <summary>What tenants sent lately.</summary>
    public IngestRates Rates { get; }

    public void Discarded(string reason, string tenant, long count, long bytes)
    {
        _discardedSamples.Add(count, reason, tenant);
        _discardedBytes.Add(bytes, reason, tenant);
        Rates.Discarded(reason, tenant, count, bytes);
    }

    public void Received(string tenant, long bytes, long compressed, long samples)
    {
        _profiles.Add(1, tenant);
        _receivedBytes.Add(bytes, tenant);
        _receivedCompressed.Add(compressed, tenant);
        _receivedSamples.Add(samples, tenant);
        Rates.Received(tenant, bytes);
    }

    public void UsageGroupReceived(string tenant, string group, long bytes) => _usageReceived.Add(bytes, tenant, group);

    public void UsageGroupDiscarded(string reason, string tenant, string group, long bytes) => _usageDiscarded.Add(bytes, reason, tenant, group);

    public void Flushed(FlushStatistics flush)
    {
        _segments.Add(1);
        _segmentBytes.Add(flush.Bytes);
        _encodeSeconds.Add(flush.EncodeTime.TotalSeconds);
        _writeSeconds.Add(flush.WriteTime.TotalSeconds);
    }

    public void Compacted(JobResult job)
    {
        var level = job.Level.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _jobs.Add(1, level);
        _jobRows.Add(job.Rows, level);
        _jobDuplicates.Add(job.DuplicateRows);
        _jobRead.Add(job.SourceBytes, level);
        _jobWritten.Add(job.WrittenBytes, level);
        _jobSeconds.Add(job.Elapsed.TotalSeconds, level);
    }

    public void Removed(Removal removal)
    {
        var reason = removal.Reason.ToString().ToLowerInvariant();
        _removedBlocks.Add(removal.Blocks, reason, removal.Tenant);
        _removedRows.Add(removal.Rows, reason, removal.Tenant);
        _removedBytes.Add(removal.Bytes, reason, removal.Tenant);
    }

    public void AuthFailed(string reason) => _authFailures.Add(1, reason);

    public double AuthFailures(string reason) => _authFailures.Get(reason);

    public void Reported(StorageReport report) => _reports.Add(1, report.Kind.ToString());

    /// <summary>Adds a value that is read when the metrics are asked for.</summary>
    public void Gauge(string name, string help, Func<double> read) => _gauges.Add((new MetricFamily(name, "gauge", help), read));

    /// <summary>How many profiles or samples were discarded for a reason: for tests and the status page.</summary>
    public double DiscardedCount(string reason, string tenant) => _discardedSamples.Get(reason, tenant);

    public string Write()
    {
        var output = new StringBuilder();
        MetricFamily[] families =
        [
            _build, _profiles, _receivedBytes, _receivedCompressed, _receivedSamples, _discardedSamples, _discardedBytes,
            _usageReceived, _usageDiscarded,
            _segments, _segmentBytes, _encodeSeconds, _writeSeconds, _reports,
            _removedBlocks, _removedRows, _removedBytes,
            _jobs, _jobRows, _jobDuplicates, _jobRead, _jobWritten, _jobSeconds,
            _authFailures, .. Exporter.Families,
        ];
        foreach (var family in families) family.Write(output);
        foreach (var (family, read) in _gauges)
        {
            family.Set(read());
            family.Write(output);
        }
        Requests.Write(output);
        using var process = Process.GetCurrentProcess();
        output.Append("# HELP process_resident_memory_bytes Resident memory size in bytes.\n# TYPE process_resident_memory_bytes gauge\n")
            .Append("process_resident_memory_bytes ").Append(process.WorkingSet64).Append('\n')
            .Append("# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.\n# TYPE process_cpu_seconds_total counter\n")
            .Append("process_cpu_seconds_total ").Append(process.TotalProcessorTime.TotalSeconds.ToString("R")).Append('\n');
        return output.ToString();
    }
}
