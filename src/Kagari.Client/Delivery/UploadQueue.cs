namespace Kagari.Client;

internal sealed class UploadQueue(IProfileSink sink, int length, ClientMetrics metrics, Action<ProfilerMessage> log, TimeProvider time) : IDisposable
{
    private readonly object[] _o = [length, metrics, log, time];

    public void Add(IReadOnlyList<CollectedProfile> window) => sink.SendAsync(window, default).GetAwaiter().GetResult();

    public bool Flush(TimeSpan timeout) => _o.Length > 0 && timeout > TimeSpan.Zero;

    public void Dispose()
    {
    }
}

internal static class SeriesLabels
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(KagariOptions options, string name) => [new("__name__", name), new("service_name", options.ServiceName ?? "x")];
}
