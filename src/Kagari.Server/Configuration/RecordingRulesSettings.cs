using Kagari.Server.Configuration.Values;
using Kagari.Server.Hosting;

namespace Kagari.Server.Configuration;

/// <summary>Rows of <see cref="ServerSettings"/> about recording rules and their export. Names are those of the peer where it has them.</summary>
internal static class RecordingRulesSettings
{
    private static readonly SwitchKind Switch = new();

    public static IReadOnlyList<Setting<ServerOptions>> All { get; } =
    [
        Setting<ServerOptions>.Of(SettingGroups.RecordingRules, "tenant_settings.recording_rules.enabled", "tenant-settings.recording-rules.enabled", Switch, o => o.RecordingRulesEnabled, (o, v) => o with { RecordingRulesEnabled = v },
            "Whether recording rules can be made by calls. Without, the calls answer 501, and only rules of the configuration are evaluated."),
        Setting<ServerOptions>.Of(SettingGroups.RecordingRules, "compaction_worker.metrics_exporter.enabled", "compaction-worker.metrics-exporter.enabled", Switch, o => o.MetricsExporter.Enabled, (o, v) => o with { MetricsExporter = o.MetricsExporter with { Enabled = v } },
            "Whether recording rules are evaluated and their values sent."),
        Setting<ServerOptions>.Of(SettingGroups.RecordingRules, "compaction_worker.metrics_exporter.remote_write_address", "compaction-worker.metrics-exporter.remote-write-address", new TextKind("URL", t => t.Trim(), Check, Show), o => o.MetricsExporter.RemoteWriteAddress, (o, v) => o with { MetricsExporter = o.MetricsExporter with { RemoteWriteAddress = v } },
            "Where Prometheus' remote write is taken, as http://prometheus:9090/api/v1/write. A user and a password may stand in it: http://user:password@host/…"),
        Setting<ServerOptions>.Of(SettingGroups.RecordingRules, "compaction_worker.metrics_exporter.bearer_token_file", "compaction-worker.metrics-exporter.bearer-token-file", new TextKind("file"), o => o.MetricsExporter.BearerTokenFile, (o, v) => o with { MetricsExporter = o.MetricsExporter with { BearerTokenFile = v } },
            "File with a token that is sent with every request, and read for it."),
        Setting<ServerOptions>.Of(SettingGroups.RecordingRules, "compaction_worker.metrics_exporter.timeout", "compaction-worker.metrics-exporter.timeout", new DurationKind(TimeSpan.FromMilliseconds(100)), o => o.MetricsExporter.Timeout, (o, v) => o with { MetricsExporter = o.MetricsExporter with { Timeout = v } },
            "How long one request may take; then it is sent again."),
        Setting<ServerOptions>.Of(SettingGroups.RecordingRules, "compaction_worker.metrics_exporter.queue_bytes_max", "compaction-worker.metrics-exporter.queue-bytes-max", new BytesKind(1 << 10), o => o.MetricsExporter.QueueBytesMax, (o, v) => o with { MetricsExporter = o.MetricsExporter with { QueueBytesMax = v } },
            "Bytes of values that wait on disk while they cannot be sent; beyond it the oldest are dropped and counted."),
    ];

    private static string? Check(string text) =>
        text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") ? null : $"is '{Show(text)}'; expected an address such as http://prometheus:9090/api/v1/write";

    /// <summary>The configuration in force is shown to readers: not its passwords.</summary>
    private static string Show(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.UserInfo.IndexOf(':') < 0) return text;
        return new UriBuilder(url) { Password = "xxxxx" }.Uri.ToString();
    }
}
