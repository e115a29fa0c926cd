using Kagari.Server.Configuration.Values;
using Kagari.Server.Limits;

namespace Kagari.Server.Configuration;

/// <summary>The rows of the table that are limits: keys below <c>limits:</c> and in the file of overrides.</summary>
internal static class LimitSettings
{
    private static readonly NumberKind<int> Count = new("number", 0, int.MaxValue);
    private static readonly NumberKind<long> Nodes = new("number", 0, int.MaxValue);
    private static readonly NumberKind<double> MiB = new("MiB", 0, 1 << 30);
    private static readonly DurationKind Duration = new();

    /// <summary>All limits.</summary>
    public static IReadOnlyList<Setting<TenantLimits>> All { get; } =
    [
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "ingestion_rate_mb", "distributor.ingestion-rate-limit-mb", MiB, l => l.IngestionRateMb, (l, v) => l with { IngestionRateMb = v },
            "MiB a second that a tenant may push, decompressed; 0: no limit."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "ingestion_burst_size_mb", "distributor.ingestion-burst-size-mb", MiB, l => l.IngestionBurstSizeMb, (l, v) => l with { IngestionBurstSizeMb = v },
            "MiB by which a burst may exceed the rate."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "ingestion_body_limit_mb", "distributor.ingestion-body-limit-mb", MiB, l => l.IngestionBodyLimitMb, (l, v) => l with { IngestionBodyLimitMb = v },
            "MiB of one request, as received and together decompressed."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "max_profile_size_bytes", "validation.max-profile-size-bytes", new BytesKind(), l => l.MaxProfileSizeBytes, (l, v) => l with { MaxProfileSizeBytes = v },
            "Bytes of one profile, decompressed."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "max_profile_stacktrace_samples", "validation.max-profile-stacktrace-samples", Count, l => l.MaxProfileStacktraceSamples, (l, v) => l with { MaxProfileStacktraceSamples = v },
            "Samples of one profile."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "max_profile_stacktrace_sample_labels", "validation.max-profile-stacktrace-sample-labels", Count, l => l.MaxProfileStacktraceSampleLabels, (l, v) => l with { MaxProfileStacktraceSampleLabels = v },
            "Labels of one sample."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "max_profile_stacktrace_depth", "validation.max-profile-stacktrace-depth", Count, l => l.MaxProfileStacktraceDepth, (l, v) => l with { MaxProfileStacktraceDepth = v },
            "Frames of one stack; deeper ones lose leaf frames."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "max_profile_symbol_value_length", "validation.max-profile-symbol-value-length", Count, l => l.MaxProfileSymbolValueLength, (l, v) => l with { MaxProfileSymbolValueLength = v },
            "Bytes of one string of a profile; longer ones keep their tail."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "reject_older_than", "validation.reject-older-than", Duration, l => l.RejectOlderThan, (l, v) => l with { RejectOlderThan = v },
            "How old a profile may be."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "reject_newer_than", "validation.reject-newer-than", Duration, l => l.RejectNewerThan, (l, v) => l with { RejectNewerThan = v },
            "How far in the future a profile may lie."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "max_label_names_per_series", "validation.max-label-names-per-series", Count, l => l.MaxLabelNamesPerSeries, (l, v) => l with { MaxLabelNamesPerSeries = v },
            "Labels of one series."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "max_label_name_length", "validation.max-length-label-name", Count, l => l.MaxLabelNameLength, (l, v) => l with { MaxLabelNameLength = v },
            "Bytes of a label name."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "max_label_value_length", "validation.max-length-label-value", Count, l => l.MaxLabelValueLength, (l, v) => l with { MaxLabelValueLength = v },
            "Bytes of a label value."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "max_sessions_per_series", "validation.max-sessions-per-series", Count, l => l.MaxSessionsPerSeries, (l, v) => l with { MaxSessionsPerSeries = v },
            "Different sessions kept per series; 0 drops the session label."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "disable_label_sanitization", "validation.disable-label-sanitization", new SwitchKind(), l => l.DisableLabelSanitization, (l, v) => l with { DisableLabelSanitization = v },
            "Whether label names may be any text; false maps dots to underscores and refuses the rest."),

        Setting<TenantLimits>.Of(SettingGroups.Relabeling, "ingestion_relabeling_rules", "distributor.ingestion-relabeling-rules", new RelabelRulesKind(), l => l.IngestionRelabelingRules, (l, v) => l with { IngestionRelabelingRules = v },
            "Rules on the labels of every series, with the names of Prometheus' relabel_config."),
        Setting<TenantLimits>.Of(SettingGroups.Relabeling, "ingestion_relabeling_default_rules_position", "distributor.ingestion-relabeling-default-rules-position", TextKind.OneOf("first", "last", "disabled"), l => l.IngestionRelabelingDefaultRulesPosition, (l, v) => l with { IngestionRelabelingDefaultRulesPosition = v },
            "Where the default rules stand, which bring the names of Go's delta profiles and of CPU time in wall profiles in order."),

        Setting<TenantLimits>.Of(SettingGroups.QueryLimits, "max_query_lookback", "querier.max-query-lookback", Duration, l => l.MaxQueryLookback, (l, v) => l with { MaxQueryLookback = v },
            "How far back queries look; 0: as far as there is data."),
        Setting<TenantLimits>.Of(SettingGroups.QueryLimits, "max_query_length", "querier.max-query-length", Duration, l => l.MaxQueryLength, (l, v) => l with { MaxQueryLength = v },
            "How long a range one query may cover; 0: any."),
        Setting<TenantLimits>.Of(SettingGroups.QueryLimits, "max_flamegraph_nodes_default", "querier.max-flamegraph-nodes-default", Nodes, l => l.MaxFlamegraphNodesDefault, (l, v) => l with { MaxFlamegraphNodesDefault = v },
            "Nodes of a flame graph where the query names no number."),
        Setting<TenantLimits>.Of(SettingGroups.QueryLimits, "max_flamegraph_nodes_max", "querier.max-flamegraph-nodes-max", Nodes, l => l.MaxFlamegraphNodesMax, (l, v) => l with { MaxFlamegraphNodesMax = v },
            "Most nodes that a query may ask for."),
        Setting<TenantLimits>.Of(SettingGroups.QueryLimits, "max_query_memory_bytes", "querier.max-query-memory-bytes", new BytesKind(1 << 20), l => l.MaxQueryMemoryBytes, (l, v) => l with { MaxQueryMemoryBytes = v },
            "Memory that one query may hold; one that needs more is refused."),

        Setting<TenantLimits>.Of(SettingGroups.QueryLimits, "symbolizer.enabled", "validation.symbolizer.enabled", new SwitchKind(), l => l.SymbolizerEnabled, (l, v) => l with { SymbolizerEnabled = v },
            "Whether addresses become functions by uploaded debug information, and by that of a debuginfod server where symbolizer.debuginfod_url names one."),
        Setting<TenantLimits>.Of(SettingGroups.Relabeling, "sample_type_relabeling_rules", "distributor.sample-type-relabeling-rules", new RelabelRulesKind(), l => l.SampleTypeRelabelingRules, (l, v) => l with { SampleTypeRelabelingRules = v },
            "Rules with Prometheus' names over the labels of a series with __type__ and __unit__; a sample type that one drops is not stored."),
        Setting<TenantLimits>.Of(SettingGroups.Usage, "distributor_usage_groups", "distributor.usage-groups", new UsageGroupsKind(), l => l.DistributorUsageGroups, (l, v) => l with { DistributorUsageGroups = v },
            "Parts of a tenant's profiles that are counted by themselves: {NAME: SELECTOR}, at most 50. A name may hold ${labels.X}: then every value of the label is a group. What no group takes is 'other'."),
        Setting<TenantLimits>.Of(SettingGroups.Usage, "distributor_sampling", "distributor.sampling", new SamplingKind(), l => l.DistributorSampling, (l, v) => l with { DistributorSampling = v },
            "The part of a usage group's profiles that is kept: {usage_groups: {NAME: {probability: 0.1}}}. Charts mark what stands for more than itself."),
        Setting<TenantLimits>.Of(SettingGroups.Usage, "ingestion_limit", "distributor.ingestion-limit", new IngestionLimitKind(), l => l.IngestionLimit, (l, v) => l with { IngestionLimit = v },
            "Bytes that a tenant or a usage group may push in a period: period_type, period_limit_mb, limit_reset_time, limit_reached, sampling {num_requests, period}, usage_groups. Who counts sets limit_reached in the file of overrides; pushes are refused then, but for the sampling."),
        Setting<TenantLimits>.Of(SettingGroups.IngestLimits, "debug_info_bytes_max", "validation.debug-info-bytes-max", new BytesKind(), l => l.DebugInfoBytesMax, (l, v) => l with { DebugInfoBytesMax = v },
            "Bytes of uploaded debug information; beyond them uploads are declined. 0: any number."),
        Setting<TenantLimits>.Of(SettingGroups.Retention, "compactor_blocks_retention_period", "compactor.blocks-retention-period", Duration, l => l.CompactorBlocksRetentionPeriod, (l, v) => l with { CompactorBlocksRetentionPeriod = v },
            "How long profiles are kept; 0: forever. Data goes by whole days, so the last of it up to a day later."),
        Setting<TenantLimits>.Of(SettingGroups.Retention, "retention_rules", "compactor.retention-rules", new RetentionRulesKind(), l => l.RetentionRules, (l, v) => l with { RetentionRules = v },
            "How long some series are kept, by service, profile type or any label: a list of {selector, period}. The first rule that matches a series counts instead of the period above."),
        Setting<TenantLimits>.Of(SettingGroups.Retention, "rollup_retention_period", "compactor.rollup-retention-period", Duration, l => l.RollupRetentionPeriod, (l, v) => l with { RollupRetentionPeriod = v },
            "How long rollups are kept; 0: as long as profiles, which is also the least."),
        Setting<TenantLimits>.Of(SettingGroups.Retention, "profefe_originals_period", "profefe.originals-period", Duration, l => l.ProfefeOriginalsPeriod, (l, v) => l with { ProfefeOriginalsPeriod = v },
            "How long profiles posted to /api/0/profiles are kept byte for byte, and execution traces; 0: forever. Profiles live on in blocks."),
        Setting<TenantLimits>.Of(SettingGroups.Retention, "retention_bytes_max", "compactor.retention-bytes-max", new BytesKind(), l => l.RetentionBytesMax, (l, v) => l with { RetentionBytesMax = v },
            "Bytes of a tenant's blocks; the oldest go first. 0: any number."),
        Setting<TenantLimits>.Of(SettingGroups.QueryLimits, "max_snapshot_bytes", "querier.max-snapshot-bytes", new BytesKind(), l => l.MaxSnapshotBytes, (l, v) => l with { MaxSnapshotBytes = v },
            "Bytes of one snapshot, a view that somebody froze to share it; 0: any number."),
        Setting<TenantLimits>.Of(SettingGroups.QueryLimits, "max_snapshots", "querier.max-snapshots", Count, l => l.MaxSnapshots, (l, v) => l with { MaxSnapshots = v },
            "Snapshots that a tenant may have; they are kept until somebody deletes them. 0: any number."),
        Setting<TenantLimits>.Of(SettingGroups.RecordingRules, "max_recording_rules", "validation.max-recording-rules", Count, l => l.MaxRecordingRules, (l, v) => l with { MaxRecordingRules = v },
            "Recording rules that calls may make; 0: any number."),
        Setting<TenantLimits>.Of(SettingGroups.RecordingRules, "recording_rules", "validation.recording-rules", new RecordingRulesKind(), l => l.RecordingRules, (l, v) => l with { RecordingRules = v },
            "Recording rules that calls show and cannot change: {id, metric_name, matchers, group_by, external_labels, stacktrace_filter}, as calls have them."),
    ];
}
