using System.Diagnostics.Metrics;

namespace Kagari.Client.Delivery;

/// <summary>What the profiler measures about itself: meter <c>Kagari.Client</c>, for whoever listens (dotnet-counters, OpenTelemetry).</summary>
/// <remarks>Other parts of the profiler make their instruments with <see cref="Meter"/>; all end with it.</remarks>
internal sealed class ClientMetrics : IDisposable
{
    public const string MeterName = "Kagari.Client";

    private readonly Counter<long> _uploads;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _requestBytes;
    private Func<int>? _queueLength;

    public ClientMetrics()
    {
        Meter = new Meter(MeterName, Configuration.SeriesLabels.Version);
        _uploads = Meter.CreateCounter<long>("kagari.client.uploads", "{upload}", "Uploads by outcome: sent, failed (given up, or refused), dropped (the queue was full, or the program ended).");
        _requests = Meter.CreateCounter<long>("kagari.client.requests", "{request}", "Requests to the server by outcome: sent, retry, refused.");
        _requestBytes = Meter.CreateCounter<long>("kagari.client.request.bytes", "By", "Bytes of request bodies, each try counted.");
        Meter.CreateObservableGauge("kagari.client.queue.length", () => _queueLength?.Invoke() ?? 0, "{upload}", "Uploads that wait.");
    }

    public Meter Meter { get; }

    /// <summary>Whose length the gauge shows.</summary>
    public void Observe(Func<int> queueLength) => _queueLength = queueLength;

    public void Upload(UploadOutcome outcome) => _uploads.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString().ToLowerInvariant()));

    public void Request(PushOutcome outcome, int bytes)
    {
        _requests.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString().ToLowerInvariant()));
        _requestBytes.Add(bytes);
    }

    public void Dispose() => Meter.Dispose();
}
