using System.Diagnostics.Metrics;
using Kagari.Client.Delivery;

namespace Kagari.Client.Collecting;

/// <summary>What sampling measures about itself, in the meter of <see cref="ClientMetrics"/>.</summary>
internal sealed class SamplingMetrics
{
    private readonly Counter<long> _samples, _lost, _labelsLost;
    private double _overhead;

    public SamplingMetrics(Meter meter)
    {
        _samples = meter.CreateCounter<long>("kagari.client.samples", "{sample}", "Samples by source.");
        _lost = meter.CreateCounter<long>("kagari.client.samples.lost", "{sample}", "Samples by source that were lost, because a buffer was full.");
        _labelsLost = meter.CreateCounter<long>("kagari.client.labels.lost", "{sample}", "Samples whose labels were lost: the thread changed them too often, or there were too many different ones.");
        meter.CreateObservableGauge("kagari.client.overhead", () => Volatile.Read(ref _overhead), "1", "Share of the program's CPU time that profiling took in the last upload interval.");
    }

    public void Samples(long count, string source) => Add(_samples, count, source);

    public void SamplesLost(long count, string source) => Add(_lost, count, source);

    public void LabelsLost(long count) => Add(_labelsLost, count, null);

    public void Overhead(double share) => Volatile.Write(ref _overhead, share);

    private static void Add(Counter<long> counter, long count, string? source)
    {
        if (count <= 0) return;
        if (source is null) counter.Add(count);
        else counter.Add(count, new KeyValuePair<string, object?>("source", source));
    }
}
