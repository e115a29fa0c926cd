using Kagari.Server.Configuration.Values;
using Kagari.Server.Hosting;

namespace Kagari.Server.Configuration;

/// <summary>The table of settings: the one source of YAML keys, flags, variables, help, defaults and guide.</summary>
/// <remarks>
/// Names are those that users of the peer know, where the meaning is the same. A setting is a row here and a property of
/// <see cref="ServerOptions"/> or <see cref="Limits.TenantLimits"/>; nothing else has to know it.
/// </remarks>
internal static class ServerSettings
{
    private static readonly SwitchKind Switch = new();
    private static readonly DurationKind Duration = new();
    private static readonly BytesKind Bytes = new();

    /// <summary>All settings, in the order in which help and guide show them.</summary>
    public static IReadOnlyList<Setting<ServerOptions>> All { get; } =
    [
        Setting<ServerOptions>.Of(SettingGroups.Process, "target", "target", new TargetKind(), o => o.Target, (o, v) => o with { Target = v },
            "Roles to run, separated by commas."),
        Setting<ServerOptions>.Of(SettingGroups.Process, "multitenancy_enabled", "auth.multitenancy-enabled", Switch, o => o.MultitenancyEnabled, (o, v) => o with { MultitenancyEnabled = v },
            "Whether requests must name a tenant in X-Scope-OrgID. Without, all data belongs to the tenant 'anonymous'."),
        Setting<ServerOptions>.Of(SettingGroups.Process, "server.log_level", "log.level", TextKind.OneOf("debug", "info", "warn", "error"), o => o.LogLevel, (o, v) => o with { LogLevel = v },
            "Least severe log entries that are written."),
        Setting<ServerOptions>.Of(SettingGroups.Process, "self_profiling.disable_push", "self-profiling.disable-push", Switch, o => !o.SelfProfilingEnabled, (o, v) => o with { SelfProfilingEnabled = !v },
            "Whether the server does not profile itself. It does by default, as service 'kagari', without a request over the network."),
        Setting<ServerOptions>.Of(SettingGroups.Process, "self_profiling.tenant", "self-profiling.tenant", new TextKind("tenant", t => t.Trim(), CheckTenant), o => o.SelfProfilingTenant, (o, v) => o with { SelfProfilingTenant = v },
            "The tenant that the server's own profiles belong to."),

        Setting<ServerOptions>.Of(SettingGroups.Http, "server.http_listen_address", "server.http-listen-address", new TextKind("address", t => t.Trim()), o => o.HttpListenAddress, (o, v) => o with { HttpListenAddress = v },
            "Address to listen on; empty: all addresses."),
        Setting<ServerOptions>.Of(SettingGroups.Http, "server.http_listen_port", "server.http-listen-port", new NumberKind<int>("port", 0, 65_535), o => o.HttpListenPort, (o, v) => o with { HttpListenPort = v },
            "Port of all APIs, HTTP/1.1 and HTTP/2; 0 takes a free one."),
        Setting<ServerOptions>.Of(SettingGroups.Http, "profefe.http_listen_port", "profefe.http-listen-port", new NumberKind<int>("port", 0, 65_535), o => o.ProfefeListenPort, (o, v) => o with { ProfefeListenPort = v },
            "A second port for all APIs, as 10100, where clients of profefe look; 0: none."),
        Setting<ServerOptions>.Of(SettingGroups.Http, "server.http_path_prefix", "server.path-prefix", new TextKind("path", NormalizePrefix), o => o.PathPrefix, (o, v) => o with { PathPrefix = v },
            "Prefix of every route, as /pyroscope."),
        Setting<ServerOptions>.Of(SettingGroups.Http, "server.graceful_shutdown_timeout", "server.graceful-shutdown-timeout", Duration, o => o.GracefulShutdownTimeout, (o, v) => o with { GracefulShutdownTimeout = v },
            "How long running requests may take at shutdown."),

        .. AuthenticationSettings.All,

        Setting<ServerOptions>.Of(SettingGroups.Storage, "storage.backend", "storage.backend", new TextKind("name", t => t.Trim(), CheckBackend), o => o.StorageBackend, (o, v) => o with { StorageBackend = v },
            "Where data is kept. This version knows filesystem."),
        Setting<ServerOptions>.Of(SettingGroups.Storage, "storage.filesystem.dir", "storage.filesystem.dir", new TextKind("directory", check: t => t.Length == 0 ? "is empty; expected a directory" : null), o => o.StorageDirectory, (o, v) => o with { StorageDirectory = v },
            "Directory of the data; created if it is missing. One process at a time."),
        Setting<ServerOptions>.Of(SettingGroups.Storage, "segment_writer.segment_duration", "segment-writer.segment-duration", Duration, o => o.Ingester.FlushInterval, (o, v) => o with { Ingester = o.Ingester with { FlushInterval = v } },
            "Shortest time between two segments. Pushes that arrive meanwhile share a segment and one fdatasync; longer makes fewer, larger segments and slower acknowledgements."),
        Setting<ServerOptions>.Of(SettingGroups.Storage, "ingester.log_file_bytes_max", "ingester.log-file-bytes-max", new BytesKind(1 << 20), o => o.Ingester.LogFileBytesMax, (o, v) => o with { Ingester = o.Ingester with { LogFileBytesMax = v } },
            "A log file is ended when it has this many bytes."),
        Setting<ServerOptions>.Of(SettingGroups.Storage, "ingester.pending_bytes_max", "ingester.pending-bytes-max", new BytesKind(1 << 20), o => o.Ingester.PendingBytesMax, (o, v) => o with { Ingester = o.Ingester with { PendingBytesMax = v } },
            "Profiles may wait for a segment up to this many bytes; then pushes are refused."),
        Setting<ServerOptions>.Of(SettingGroups.Storage, "ingester.dictionary_bytes_max", "ingester.dictionary-bytes-max", new BytesKind(1 << 20), o => o.Ingester.DictionaryBytesMax, (o, v) => o with { Ingester = o.Ingester with { DictionaryBytesMax = v } },
            "Memory for warm dictionaries of the services; the least recently used give way."),
        Setting<ServerOptions>.Of(SettingGroups.Storage, "storage.min_free_bytes", "storage.min-free-bytes", Bytes, o => o.DiskSpace.MinFreeBytes, (o, v) => o with { DiskSpace = o.DiskSpace with { MinFreeBytes = v } },
            "Bytes of the disk that stay free; 0: nobody watches. Of a disk below 10 GiB at most a twentieth."),
        Setting<ServerOptions>.Of(SettingGroups.Storage, "storage.when_full", "storage.when-full", new FullDiskKind(), o => o.DiskSpace.WhenFull, (o, v) => o with { DiskSpace = o.DiskSpace with { WhenFull = v } },
            "What gives way when less is free: refuse answers pushes with an error until there is space, delete_oldest deletes the oldest profiles of all tenants."),

        Setting<ServerOptions>.Of(SettingGroups.Compaction, "compactor.first_window", "compactor.first-window", new DurationKind(TimeSpan.FromSeconds(1)), o => o.Compactor.FirstWindow, (o, v) => o with { Compactor = o.Compactor with { FirstWindow = v } },
            "Length of the first blocks' windows, and how often the log starts a new file. An hour must be a whole number of them."),
        Setting<ServerOptions>.Of(SettingGroups.Compaction, "compactor.hour_delay", "compactor.hour-delay", Duration, o => o.Compactor.HourDelay, (o, v) => o with { Compactor = o.Compactor with { HourDelay = v } },
            "How long after its end an hour is merged: late profiles come meanwhile."),
        Setting<ServerOptions>.Of(SettingGroups.Compaction, "compactor.day_delay", "compactor.day-delay", Duration, o => o.Compactor.DayDelay, (o, v) => o with { Compactor = o.Compactor with { DayDelay = v } },
            "How long after its end a day is merged."),
        Setting<ServerOptions>.Of(SettingGroups.Compaction, "compactor.deletion_delay", "compactor.deletion-delay", Duration, o => o.Compactor.DeletionDelay, (o, v) => o with { Compactor = o.Compactor with { DeletionDelay = v } },
            "How long replaced and expired objects stay for queries that still read them."),
        Setting<ServerOptions>.Of(SettingGroups.Compaction, "compactor.interval", "compactor.interval", new DurationKind(TimeSpan.FromMilliseconds(10)), o => o.Compactor.Interval, (o, v) => o with { Compactor = o.Compactor with { Interval = v } },
            "Time between two looks for something to merge or to expire."),
        Setting<ServerOptions>.Of(SettingGroups.Compaction, "compactor.lease_duration", "compactor.lease-duration", new DurationKind(TimeSpan.FromSeconds(1)), o => o.Compactor.LeaseDuration, (o, v) => o with { Compactor = o.Compactor with { LeaseDuration = v } },
            "A job that is not done or extended after this time may be taken over."),
        Setting<ServerOptions>.Of(SettingGroups.Compaction, "compactor.memory_bytes_max", "compactor.memory-bytes-max", new BytesKind(1 << 20), o => o.Compactor.MemoryBytesMax, (o, v) => o with { Compactor = o.Compactor with { MemoryBytesMax = v } },
            "Memory of one merge; what does not fit is divided in time."),
        Setting<ServerOptions>.Of(SettingGroups.Compaction, "compactor.block_bytes_max", "compactor.block-bytes-max", new BytesKind(1 << 20), o => o.Compactor.BlockBytesMax, (o, v) => o with { Compactor = o.Compactor with { BlockBytesMax = v } },
            "A block ends at the next service when it has this many bytes."),
        Setting<ServerOptions>.Of(SettingGroups.Compaction, "compactor.log_files_max", "compactor.log-files-max", new NumberKind<int>("number", 1, 10_000), o => o.Compactor.LogFilesMax, (o, v) => o with { Compactor = o.Compactor with { LogFilesMax = v } },
            "Log files that one job merges."),
        Setting<ServerOptions>.Of(SettingGroups.Compaction, "compactor.rollup_dropped_labels", "compactor.rollup-dropped-labels", new NamesKind(), o => o.Compactor.RollupDroppedLabels, (o, v) => o with { Compactor = o.Compactor with { RollupDroppedLabels = v } },
            "Labels that rollups drop: those that tell instances of a service apart."),
        Setting<ServerOptions>.Of(SettingGroups.Compaction, "compactor.rollup_rows_per_slot_min", "compactor.rollup-rows-per-slot-min", new NumberKind<int>("number", 0, int.MaxValue), o => o.Compactor.RollupRowsPerSlotMin, (o, v) => o with { Compactor = o.Compactor with { RollupRowsPerSlotMin = v } },
            "Profiles that a slot of a rollup must stand for on average; where there are fewer, none is made."),

        Setting<ServerOptions>.Of(SettingGroups.Queries, "querier.cache_bytes", "querier.cache-bytes", Bytes, o => o.QueryCacheBytes, (o, v) => o with { QueryCacheBytes = v },
            "Memory for decoded symbols of queries."),

        Setting<ServerOptions>.Of(SettingGroups.Symbols, "debug_info.enabled", "debug-info.enabled", Switch, o => o.DebugInfoEnabled, (o, v) => o with { DebugInfoEnabled = v },
            "Whether agents may upload debug information."),
        Setting<ServerOptions>.Of(SettingGroups.Symbols, "debug_info.max_upload_size", "debug-info.max-upload-size", new BytesKind(1), o => o.DebugInfoUploadBytesMax, (o, v) => o with { DebugInfoUploadBytesMax = v },
            "Bytes of one uploaded file of debug information."),
        Setting<ServerOptions>.Of(SettingGroups.Symbols, "symbolizer.debuginfod_url", "symbolizer.debuginfod-url", new TextKind("URL", t => t.Trim(), CheckUrl), o => o.Debuginfod.Url, (o, v) => o with { Debuginfod = o.Debuginfod with { Url = v } },
            "A debuginfod server, as https://debuginfod.elfutils.org, that is asked for debug information nobody uploaded. It learns which binaries run here; empty asks nobody."),
        Setting<ServerOptions>.Of(SettingGroups.Symbols, "symbolizer.max_debuginfod_concurrency", "symbolizer.max-debuginfod-concurrency", new NumberKind<int>("number", 1, 1000), o => o.Debuginfod.ConcurrencyMax, (o, v) => o with { Debuginfod = o.Debuginfod with { ConcurrencyMax = v } },
            "Files that are fetched at once."),
        Setting<ServerOptions>.Of(SettingGroups.Symbols, "symbolizer.resolve_timeout", "symbolizer.resolve-timeout", Duration, o => o.Debuginfod.ResolveTimeout, (o, v) => o with { Debuginfod = o.Debuginfod with { ResolveTimeout = v } },
            "How long a query waits for a file; what takes longer is there for the next query."),
        Setting<ServerOptions>.Of(SettingGroups.Symbols, "symbolizer.max_symbol_size_bytes", "symbolizer.max-symbol-size-bytes", new BytesKind(1), o => o.Debuginfod.BytesMax, (o, v) => o with { Debuginfod = o.Debuginfod with { BytesMax = v } },
            "Bytes of one fetched file."),

        Setting<ServerOptions>.Of(SettingGroups.Sources, "vcs.github_client_id", "vcs.github-client-id", new TextKind("id", t => t.Trim()), o => o.Vcs.GithubClientId, (o, v) => o with { Vcs = o.Vcs with { GithubClientId = v } },
            "Client id of a GitHub app, by which people log in to see source code; also GITHUB_CLIENT_ID."),
        Setting<ServerOptions>.Of(SettingGroups.Sources, "vcs.github_client_secret", "vcs.github-client-secret", new SecretKind(), o => o.Vcs.GithubClientSecret, (o, v) => o with { Vcs = o.Vcs with { GithubClientSecret = v } },
            "Its secret; also GITHUB_CLIENT_SECRET."),
        Setting<ServerOptions>.Of(SettingGroups.Sources, "vcs.github_callback_url", "vcs.github-callback-url", new TextKind("address", t => t.Trim()), o => o.Vcs.GithubCallbackUrl, (o, v) => o with { Vcs = o.Vcs with { GithubCallbackUrl = v } },
            "Where GitHub sends people back to; also GITHUB_CALLBACK_URL."),
        Setting<ServerOptions>.Of(SettingGroups.Sources, "vcs.github_session_secret", "vcs.github-session-secret", new SecretKind(), o => o.Vcs.GithubSessionSecret, (o, v) => o with { Vcs = o.Vcs with { GithubSessionSecret = v } },
            "Encrypts the tokens that people keep in a cookie; also GITHUB_SESSION_SECRET."),
        Setting<ServerOptions>.Of(SettingGroups.Sources, "vcs.github_url", "vcs.github-url", new TextKind("URL", t => t.Trim(), CheckUrl), o => o.Vcs.GithubUrl, (o, v) => o with { Vcs = o.Vcs with { GithubUrl = v } },
            "GitHub, or a server of one's own."),
        Setting<ServerOptions>.Of(SettingGroups.Sources, "vcs.github_api_url", "vcs.github-api-url", new TextKind("URL", t => t.Trim(), CheckUrl), o => o.Vcs.GithubApiUrl, (o, v) => o with { Vcs = o.Vcs with { GithubApiUrl = v } },
            "Its API, as https://git.example/api/v3."),
        Setting<ServerOptions>.Of(SettingGroups.Sources, "vcs.gitlab_url", "vcs.gitlab-url", new TextKind("URL", t => t.Trim(), CheckUrl), o => o.Vcs.GitlabUrl, (o, v) => o with { Vcs = o.Vcs with { GitlabUrl = v } },
            "GitLab, or a server of one's own."),
        Setting<ServerOptions>.Of(SettingGroups.Sources, "vcs.gitlab_token", "vcs.gitlab-token", new SecretKind(), o => o.Vcs.GitlabToken, (o, v) => o with { Vcs = o.Vcs with { GitlabToken = v } },
            "A token that reads repositories there, for everybody who may read profiles; without it only public ones are read."),
        Setting<ServerOptions>.Of(SettingGroups.Sources, "vcs.raw_url_template", "vcs.raw-url-template", new TextKind("template", t => t.Trim(), Vcs.Hosts.TemplateHost.Check), o => o.Vcs.RawUrlTemplate, (o, v) => o with { Vcs = o.Vcs with { RawUrlTemplate = v } },
            "Address of a file in all other repositories, with {repository}, {owner}, {name}, {host}, {ref} and {path}, as https://git.example/{repository}/raw/{ref}/{path}."),
        Setting<ServerOptions>.Of(SettingGroups.Sources, "vcs.raw_url_authorization", "vcs.raw-url-authorization", new SecretKind(), o => o.Vcs.RawUrlAuthorization, (o, v) => o with { Vcs = o.Vcs with { RawUrlAuthorization = v } },
            "The header Authorization that goes with it, as 'Bearer …'."),

        .. RecordingRulesSettings.All,

        Setting<ServerOptions>.Of(SettingGroups.Overrides, "runtime_config.file", "runtime-config.file", new TextKind("file"), o => o.RuntimeConfigFile, (o, v) => o with { RuntimeConfigFile = v },
            "File with limits of single tenants: 'overrides: {TENANT: {LIMIT: VALUE}}'. It is read again while the server runs."),
        Setting<ServerOptions>.Of(SettingGroups.Overrides, "runtime_config.period", "runtime-config.reload-period", new DurationKind(TimeSpan.FromSeconds(1)), o => o.RuntimeConfigPeriod, (o, v) => o with { RuntimeConfigPeriod = v },
            "How often that file is read."),

        .. LimitSettings.All.Select(s => s.Within<ServerOptions>("limits", o => o.Limits, (o, v) => o with { Limits = v })),
    ];

    private static string NormalizePrefix(string text)
    {
        var trimmed = text.Trim().Trim('/');
        return trimmed.Length == 0 ? "" : "/" + trimmed;
    }

    private static string? CheckUrl(string text) =>
        text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") ? null : $"is '{text}'; expected an address such as https://debuginfod.elfutils.org";

    private static string? CheckTenant(string tenant) => Tenancy.TenantId.Check(tenant) is { } problem ? $"is no tenant: {problem}" : null;

    private static string? CheckBackend(string backend) =>
        backend == "filesystem" ? null : $"backend '{backend}' is not supported by this version; supported: filesystem";
}
