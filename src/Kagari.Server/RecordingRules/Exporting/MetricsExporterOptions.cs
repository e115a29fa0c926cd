namespace Kagari.Server.RecordingRules.Exporting;

/// <summary>Where the values of recording rules go.</summary>
public sealed record MetricsExporterOptions
{
    /// <summary>Whether recording rules are evaluated and their values sent. Default: false.</summary>
    public bool Enabled { get; init; }

    /// <summary>Where Prometheus' remote write 1.0 is taken, as <c>http://prometheus:9090/api/v1/write</c>; a user and a password may stand in it. Default: none.</summary>
    public string RemoteWriteAddress { get; init; } = "";

    /// <summary>File with a token that is sent as <c>Authorization: Bearer</c>; read for every request. Default: none.</summary>
    public string BearerTokenFile { get; init; } = "";

    /// <summary>How long one request may take. Default: 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of values that wait on disk for their export; beyond it the oldest are dropped. Default: 64 MiB.</summary>
    /// <remarks>A thousand series are about 100 KB every 5 minutes, so that an outage of two days fits.</remarks>
    public long QueueBytesMax { get; init; } = 64L << 20;
}
