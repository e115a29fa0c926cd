namespace Kagari.Client;

/// <summary>What all parts of a running profiler share.</summary>
internal sealed class ClientContext(KagariOptions options, ClientMetrics metrics, string port)
{
    public KagariOptions Options => options;

    public ClientMetrics Metrics => metrics;

    /// <summary>Address of the runtime's diagnostic port.</summary>
    public string Port => port;

    public ProfilerThreads Threads { get; } = new();

    public SampleWindow NewWindow() => new() { LabelSetsMax = options.LabelSetsMax };

    /// <summary>The labels that a thread had at a time of the clock that events and <see cref="System.Diagnostics.Stopwatch"/> have.</summary>
    public LabelContext? LabelsOf(int thread, long ticks)
    {
        if (ThreadLabels.Find(thread, ticks, out var labels) == LabelLookup.Lost) metrics.LabelsLost();
        return labels;
    }
}
