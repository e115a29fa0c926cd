namespace Kagari.Server.Configuration;

/// <summary>Settings of the peer that have no row in the table of this house.</summary>
/// <remarks>
/// A configuration written for the peer should start this server. So what only concerns the peer's inside is accepted and
/// said to be ignored. What would change what users see is refused, because ignoring it silently would be a lie.
/// </remarks>
internal static class PeerKeys
{
    private const string OneProcess = "all roles run in one process here, so there is nothing to connect";
    private const string OtherStorage = "it tunes the peer's storage; this one is different";
    private const string NotYet = "this version does not have it";

    private static readonly Entry[] Entries =
    [
        Ignored("memberlist", "memberlist", "there is no gossip here"),
        Ignored("metastore", "metastore", "the catalogue is a file beside the data"),
        Ignored("pyroscopedb", "pyroscopedb", OtherStorage),
        Ignored("architecture_storage", "architecture.storage", "there is one storage"),
        Ignored("adaptive_placement", "adaptive-placement", OneProcess),
        Ignored("segment_writer", "segment-writer", OtherStorage),
        Ignored("compaction_worker", "compaction-worker", OtherStorage),
        Ignored("compactor", "compactor", OtherStorage),
        Ignored("store_gateway", "store-gateway", OtherStorage),
        Ignored("ingester.lifecycler", "ingester.lifecycler", OneProcess),
        Ignored("distributor", "distributor.ring", OneProcess),
        Ignored("query_backend", "query-backend", OneProcess),
        Ignored("query_scheduler", "query-scheduler", OneProcess),
        Ignored("frontend", "query-frontend", OneProcess),
        Ignored("frontend_worker", "querier.frontend-client", OneProcess),
        Ignored("overrides_exporter", "overrides-exporter", "limits are not exported as metrics"),
        Ignored("server.grpc_listen_port", "server.grpc-listen-port", "gRPC is served on the HTTP port"),
        Ignored("server.grpc_listen_address", "server.grpc-listen-address", "gRPC is served on the HTTP port"),
        Ignored("server.log_format", "log.format", "the format of the log is fixed"),
        Ignored("server.http_server_read_timeout", "server.http-read-timeout", "the server sets its own timeouts"),
        Ignored("server.http_server_write_timeout", "server.http-write-timeout", "the server sets its own timeouts"),
        Ignored("server.http_server_idle_timeout", "server.http-idle-timeout", "the server sets its own timeouts"),
        Ignored("analytics", "usage-stats", "nothing is reported to anybody"),
        Ignored("self_profiling", "self-profiling", "of self-profiling only disable_push and tenant can be set"),
        Ignored("tracing", "tracing", "there is no tracing"),
        Ignored("embedded_grafana", "embedded-grafana", "there is no embedded Grafana"),
        Ignored("admin_server", "admin-server", "there is no second port"),
        Ignored("show_banner", "show-banner", "there is no banner"),
        Ignored("api.base_url", "api.base-url", "server.path-prefix does both"),
        Ignored("api.base-url", null, "server.http_path_prefix does both"),
        Ignored("storage.s3", "storage.s3", "storage.backend is filesystem"),
        Ignored("storage.gcs", "storage.gcs", "storage.backend is filesystem"),
        Ignored("storage.azure", "storage.azure", "storage.backend is filesystem"),
        Ignored("storage.swift", "storage.swift", "storage.backend is filesystem"),
        Ignored("storage.cos", "storage.cos", "storage.backend is filesystem"),
        Ignored("limits.push_max_concurrency", "distributor.push.max-concurrent", "pushes are bounded by ingester.pending_bytes_max"),
        Ignored("limits.enforce_labels_order", "validation.enforce-labels-order", "labels have one order"),
        Ignored("limits.max_local_series_per_tenant", "ingester.max-local-series-per-tenant", "series cost too little to be limited"),
        Ignored("limits.max_global_series_per_tenant", "ingester.max-global-series-per-tenant", "series cost too little to be limited"),
        Ignored("limits.ingestion_tenant_shard_size", "distributor.ingestion-tenant-shard-size", OneProcess),
        Ignored("limits.max_query_parallelism", "querier.max-query-parallelism", OneProcess),
        Ignored("limits.split_queries_by_interval", "querier.split-queries-by-interval", "queries are not split"),
        Ignored("limits.query_sanitize_on_merge", "querier.sanitize-on-merge", "profiles are sanitized when they arrive"),
        Ignored("limits.query_analysis_enabled", "querier.query-analysis-enabled", "queries are not analysed"),
        Ignored("limits.query_analysis_series_enabled", "querier.query-analysis-series-enabled", "queries are not analysed"),
        Ignored("limits.write_path", "write-path", "there is one write path"),

        Refused("limits.retention_period", "retention-period", "here it is limits.compactor_blocks_retention_period (-compactor.blocks-retention-period)"),
        Refused("storage.prefix", "storage.prefix", $"{NotYet}: choose another storage.filesystem.dir"),
        Refused("tenant_settings", "tenant-settings", NotYet),
        Refused("limits.symbolizer.max_symbol_size_bytes", "validation.symbolizer.max-symbol-size-bytes", "here it is symbolizer.max_symbol_size_bytes, for all tenants"),
        Ignored("limits.symbolizer.symbol_ref_trees_enabled", "validation.symbolizer.symbol-ref-trees-enabled", "symbols are looked up where the tree is made"),
    ];

    /// <summary>Whether this YAML key is the peer's; the longest entry wins.</summary>
    public static Entry? OfKey(string key) => Find(key, e => e.Key);

    /// <summary>Whether this flag is the peer's; the longest entry wins.</summary>
    public static Entry? OfFlag(string flag) => Find(flag, e => e.Flag);

    /// <summary>Whether any entry lies below this YAML section.</summary>
    public static bool HasBelow(string section) => Entries.Any(e => e.Key.StartsWith(section + ".", StringComparison.Ordinal));

    private static Entry? Find(string name, Func<Entry, string?> by) =>
        Entries.Where(e => by(e) is { } known && (name == known || name.StartsWith(known + ".", StringComparison.Ordinal)))
            .MaxBy(e => by(e)!.Length);

    private static Entry Ignored(string key, string? flag, string why) => new(key, flag, why, IsRefused: false);

    private static Entry Refused(string key, string? flag, string why) => new(key, flag, why, IsRefused: true);

    /// <summary>A key or a whole section of the peer.</summary>
    /// <param name="Key">YAML key or section.</param>
    /// <param name="Flag">Flag, or what flags of the section start with.</param>
    /// <param name="Why">The rest of the sentence "… is ignored: ".</param>
    /// <param name="IsRefused">Whether the server does not start with it.</param>
    internal sealed record Entry(string Key, string? Flag, string Why, bool IsRefused)
    {
        /// <summary>The sentence for the log or the error.</summary>
        public string Say(string name) =>
            IsRefused ? $"'{name}' is a setting of Pyroscope that is not supported: {Why}. Remove it to start." : $"'{name}' is ignored: {Why}.";
    }
}
