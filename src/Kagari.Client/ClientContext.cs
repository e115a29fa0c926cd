using Kagari.Client.Collecting;
using Kagari.Client.Diagnostics;

namespace Kagari.Client;

/// <summary>What all parts of a running profiler share.</summary>
internal sealed class ClientContext(KagariOptions options, SamplingMetrics metrics, string port, Action wake)
{
    public KagariOptions Options => options;

    public SamplingMetrics Metrics => metrics;

    /// <summary>Address of the runtime's diagnostic port.</summary>
    public string Port => port;

    /// <summary>Has the profiler look soon what is due. Can be called from anywhere.</summary>
    public void Wake() => wake();

    public ProfilerThreads Threads { get; } = new();

    public SampleWindow NewWindow() => new() { LabelSetsMax = options.LabelSetsMax };

    /// <summary>The labels that a thread had at a time of the clock that events and <see cref="System.Diagnostics.Stopwatch"/> have.</summary>
    public LabelContext? LabelsOf(int thread, long ticks)
    {
        if (ThreadLabels.Find(thread, ticks, out var labels) == LabelLookup.Lost) metrics.LabelsLost(1);
        return labels;
    }

    /// <summary>Counts what was sampled in a window.</summary>
    public void Count(SampleWindow window, string source)
    {
        metrics.Samples(window.Count, source);
        metrics.SamplesLost(window.Dropped, source);
        metrics.LabelsLost(window.LabelsDropped);
    }
}
