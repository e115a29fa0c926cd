using Kagari.Server.Metrics;

namespace Kagari.Server.RecordingRules.Exporting;

/// <summary>What is counted of recording rules and their export.</summary>
internal sealed class ExporterMetrics
{
    private readonly MetricFamily _evaluations = new("kagari_recording_rules_evaluations_total", "counter", "Evaluations of recording rules over new blocks.", "tenant");
    private readonly MetricFamily _seconds = new("kagari_recording_rules_seconds_total", "counter", "Time spent evaluating recording rules.", "tenant");
    private readonly MetricFamily _failed = new("kagari_recording_rules_failed_evaluations_total", "counter", "Evaluations that failed: the profiles of their blocks are missing in the metric.", "tenant");
    private readonly MetricFamily _sent = new("kagari_metrics_exporter_sent_samples_total", "counter", "Samples that the receiver took.", "tenant");
    private readonly MetricFamily _dropped = new("kagari_metrics_exporter_dropped_samples_total", "counter", "Samples that were given up: refused by the receiver, too many in the queue, or not readable.", "reason", "tenant");
    private readonly MetricFamily _failures = new("kagari_metrics_exporter_failed_requests_total", "counter", "Requests that failed, by status or 'connection'; most are tried again.", "status");

    public IReadOnlyList<MetricFamily> Families => [_evaluations, _seconds, _failed, _sent, _dropped, _failures];

    public void Evaluated(string tenant, TimeSpan elapsed)
    {
        _evaluations.Add(1, tenant);
        _seconds.Add(elapsed.TotalSeconds, tenant);
    }

    public void EvaluationFailed(string tenant) => _failed.Add(1, tenant);

    public void Sent(string tenant, int samples) => _sent.Add(samples, tenant);

    public void Dropped(DropReason reason, string tenant, int samples) => _dropped.Add(samples, NameOf(reason), tenant);

    public void RequestFailed(string status) => _failures.Add(1, status);

    public double DroppedCount(DropReason reason, string tenant) => _dropped.Get(NameOf(reason), tenant);

    public double SentCount(string tenant) => _sent.Get(tenant);

    public double FailedEvaluations(string tenant) => _failed.Get(tenant);

    private static string NameOf(DropReason reason) => reason switch
    {
        DropReason.Refused => "refused",
        DropReason.QueueFull => "queue_full",
        DropReason.Unreadable => "unreadable",
        _ => "not_stored",
    };
}
