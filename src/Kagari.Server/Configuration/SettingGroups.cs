namespace Kagari.Server.Configuration;

/// <summary>Headings of help and guide, in their order.</summary>
internal static class SettingGroups
{
    public const string Process = "Process", Http = "HTTP", Tls = "TLS", Authentication = "Authentication", Storage = "Storage", Queries = "Queries", Symbols = "Symbols", Sources = "Source code", Overrides = "Limits of single tenants",
        IngestLimits = "Limits of ingestion", QueryLimits = "Limits of queries", Relabeling = "Relabelling",
        Usage = "Usage groups", Compaction = "Compaction", Retention = "Retention", RecordingRules = "Recording rules";
}
