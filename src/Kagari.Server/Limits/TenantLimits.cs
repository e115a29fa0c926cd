using Kagari.Profiles;
using Kagari.Server.Relabeling;

namespace Kagari.Server.Limits;

/// <summary>What one tenant may send and ask. Names and meanings are those that users of the peer know; 0 switches a limit off.</summary>
/// <remarks>Where the default is wider than the peer's, the peer needed the limit because it is slow.</remarks>
public sealed record TenantLimits
{
    /// <summary>Bytes a second that a tenant may push, decompressed, in MiB. Default 0: no limit.</summary>
    public double IngestionRateMb { get; init; }

    /// <summary>How far a burst may exceed the rate, in MiB. Default 2.</summary>
    public double IngestionBurstSizeMb { get; init; } = 2;

    /// <summary>Bytes of one request, as received and together decompressed, in MiB. Default 256.</summary>
    public double IngestionBodyLimitMb { get; init; } = 256;

    /// <summary>Bytes of a label name. Default 1024.</summary>
    public int MaxLabelNameLength { get; init; } = 1024;

    /// <summary>Bytes of a label value. Default 2048.</summary>
    public int MaxLabelValueLength { get; init; } = 2048;

    /// <summary>Labels of one series. Default 64 (the peer: 30).</summary>
    public int MaxLabelNamesPerSeries { get; init; } = 64;

    /// <summary>Different sessions kept per series; 0 drops the session label. Default 0.</summary>
    public int MaxSessionsPerSeries { get; init; }

    /// <summary>Whether label names may be any text. Default true; false maps dots to underscores and refuses the rest.</summary>
    public bool DisableLabelSanitization { get; init; } = true;

    /// <summary>Bytes of one profile, decompressed. Default 32 MiB (the peer: 4).</summary>
    public long MaxProfileSizeBytes { get; init; } = 32 << 20;

    /// <summary>Samples of one profile. Default 200,000 (the peer: 16,000).</summary>
    public int MaxProfileStacktraceSamples { get; init; } = 200_000;

    /// <summary>Labels of one sample. Default 100.</summary>
    public int MaxProfileStacktraceSampleLabels { get; init; } = 100;

    /// <summary>Frames of one stack; deeper ones lose leaf frames. Default 1000.</summary>
    public int MaxProfileStacktraceDepth { get; init; } = 1000;

    /// <summary>Bytes of one string of a profile; longer ones keep their tail. Default 65,535.</summary>
    public int MaxProfileSymbolValueLength { get; init; } = 65_535;

    /// <summary>How old a profile may be. Default 24 hours (the peer: 1): an agent that was cut off delivers late.</summary>
    public TimeSpan RejectOlderThan { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How far in the future a profile may lie. Default 10 minutes.</summary>
    public TimeSpan RejectNewerThan { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far back queries look. Default 0: as far as there is data (the peer: 7 days).</summary>
    public TimeSpan MaxQueryLookback { get; init; }

    /// <summary>How long a range one query may cover. Default 0: any (the peer: 24 hours).</summary>
    public TimeSpan MaxQueryLength { get; init; }

    /// <summary>Nodes of a flame graph where the query names no number. Default 8192.</summary>
    public long MaxFlamegraphNodesDefault { get; init; } = 8192;

    /// <summary>Most nodes that a query may ask for. Default 1,048,576.</summary>
    public long MaxFlamegraphNodesMax { get; init; } = 1_048_576;

    /// <summary>Memory that one query may hold, bytes. Default: 512 MiB.</summary>
    public long MaxQueryMemoryBytes { get; init; } = 512L << 20;

    /// <summary>Rules applied to the labels of every series, after or before the default rules.</summary>
    public IReadOnlyList<RelabelRule> IngestionRelabelingRules { get; init; } = [];

    /// <summary>Where the default rules stand: <c>first</c> (default), <c>last</c> or <c>disabled</c>.</summary>
    public string IngestionRelabelingDefaultRulesPosition { get; init; } = "first";

    /// <summary>Rules that drop sample types of series, before all others. Default: none.</summary>
    public IReadOnlyList<RelabelRule> SampleTypeRelabelingRules { get; init; } = [];

    /// <summary>Parts of the tenant's profiles that are counted by themselves. Default: none.</summary>
    public IReadOnlyList<UsageGroup> DistributorUsageGroups { get; init; } = [];

    /// <summary>The part of a usage group's profiles that is kept, 0 to 1. Default: all of all.</summary>
    public IReadOnlyDictionary<string, double> DistributorSampling { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Bytes of a period. Default: no limit.</summary>
    public IngestionLimit IngestionLimit { get; init; } = IngestionLimit.None;

    /// <summary>How long profiles are kept. Default 0: forever.</summary>
    public TimeSpan CompactorBlocksRetentionPeriod { get; init; }

    /// <summary>How long some series are kept, as those of a service or a profile type; the first rule that matches counts. Default: none.</summary>
    public IReadOnlyList<RetentionLimit> RetentionRules { get; init; } = [];

    /// <summary>How long rollups are kept. Default 0: as long as profiles; they are never kept shorter.</summary>
    public TimeSpan RollupRetentionPeriod { get; init; }

    /// <summary>Bytes of stored blocks; the oldest go first. Default 0: any number.</summary>
    public long RetentionBytesMax { get; init; }

    /// <summary>Whether addresses become functions by debug information. Default true (the peer: false).</summary>
    public bool SymbolizerEnabled { get; init; } = true;

    /// <summary>Bytes of uploaded debug information; then uploads are declined. Default 20 GiB; 0: any number.</summary>
    public long DebugInfoBytesMax { get; init; } = 20L << 30;

    /// <summary>How long profiles posted to <c>/api/0</c> are kept as they came, and traces. Default 5 days (profefe's data-ttl); 0: forever.</summary>
    /// <remarks>Profiles live on in blocks, so that later they still come back, made anew.</remarks>
    public TimeSpan ProfefeOriginalsPeriod { get; init; } = TimeSpan.FromDays(5);

    /// <summary>Recording rules that calls may make. Default 25; 0: any number.</summary>
    public int MaxRecordingRules { get; init; } = 25;

    /// <summary>Recording rules that stand in the configuration. Default: none.</summary>
    public IReadOnlyList<Wire.Settings.RecordingRule> RecordingRules { get; init; } = [];

    /// <summary>Bytes of one snapshot of a view. Default 32 MiB; 0: any number.</summary>
    public long MaxSnapshotBytes { get; init; } = 32 << 20;

    /// <summary>Snapshots that a tenant may have. Default 1000; 0: any number.</summary>
    public int MaxSnapshots { get; init; } = 1000;

    internal DecodeLimits ToDecodeLimits() => new()
    {
        BytesMax = MaxProfileSizeBytes,
        SamplesMax = MaxProfileStacktraceSamples,
        SampleLabelsMax = MaxProfileStacktraceSampleLabels,
        DepthMax = MaxProfileStacktraceDepth,
        StringBytesMax = MaxProfileSymbolValueLength,
    };
}
