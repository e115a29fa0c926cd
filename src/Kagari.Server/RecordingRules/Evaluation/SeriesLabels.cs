using Kagari.Profiles;
using Kagari.Wire.Prometheus;
using Kagari.Wire.Settings;
using PrometheusLabel = Kagari.Wire.Prometheus.Label;
using PrometheusSample = Kagari.Wire.Prometheus.Sample;

namespace Kagari.Server.RecordingRules.Evaluation;

/// <summary>The series of a rule's group.</summary>
internal static class SeriesLabels
{
    /// <summary>A series with one sample: the metric's name, the rule, its external labels, the labels grouped by.</summary>
    public static TimeSeries Series(RecordingRule rule, LabelSet group, long value, long timeMillis)
    {
        // Sorted by name as the protocol wants it; an empty value would be a label that is not there.
        var labels = group.Select(l => (l.Name, l.Value))
            .Concat(rule.ExternalLabels.Select(l => (l.Name, l.Value)))
            .Append((LabelNames.Name, rule.MetricName))
            .Append((RuleChecks.RuleIdLabel, rule.Id))
            .Where(l => l.Item2.Length > 0)
            .OrderBy(l => l.Item1, StringComparer.Ordinal);
        var series = new TimeSeries { Samples = { new PrometheusSample { Value = value, Timestamp = timeMillis } } };
        series.Labels.AddRange(labels.Select(l => new PrometheusLabel { Name = l.Item1, Value = l.Item2 }));
        return series;
    }
}
