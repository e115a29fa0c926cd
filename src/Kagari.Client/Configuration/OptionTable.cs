namespace Kagari.Client.Configuration;

/// <summary>The table of options: the one source of keys, variables, limits, checks and guide.</summary>
/// <remarks>An option is a row here and a property of <see cref="KagariOptions"/>; nothing else has to know it.</remarks>
internal static class OptionTable
{
    /// <summary>Options that only code can set, with what the guide says about them.</summary>
    public static IReadOnlyList<(string Property, string Help)> CodeOnly { get; } =
    [
        (nameof(KagariOptions.Sink), "Takes the profiles instead of a server."),
        (nameof(KagariOptions.Log), "Takes what the profiler has to say. Default: standard error; with AddKagari the program's log, category Kagari.Client."),
    ];

    /// <summary>All others, in the order in which the guide shows them.</summary>
    public static IReadOnlyList<OptionRow> All { get; } =
    [
        OptionRow.Of(nameof(KagariOptions.Enabled), ValueReaders.Switch, o => o.Enabled, (o, v) => o.Enabled = v,
            "Whether the process is profiled at all.", "PYROSCOPE_PROFILING_ENABLED"),
        OptionRow.Of(nameof(KagariOptions.ServiceName), ValueReaders.Text, o => o.ServiceName, (o, v) => o.ServiceName = v,
            "The name of the service. Default: `OTEL_SERVICE_NAME`, else `service.name` in `OTEL_RESOURCE_ATTRIBUTES`, else the name of the entry assembly.", "PYROSCOPE_APPLICATION_NAME"),
        OptionRow.Of(nameof(KagariOptions.ServerAddress), ValueReaders.Address, o => o.ServerAddress, (o, v) => o.ServerAddress = v,
            "The server. A path is kept; `user:password@` is taken as basic authentication.", "PYROSCOPE_SERVER_ADDRESS"),
        OptionRow.OfMap(nameof(KagariOptions.Labels), o => o.Labels, _ => null,
            "Labels of all profiles. Names have letters, digits, `_` and `.`; others, and those that the profiler sets itself, are left out with a warning.", "PYROSCOPE_LABELS"),
        OptionRow.Of(nameof(KagariOptions.Profiles), ValueReaders.Kinds, o => o.Profiles, (o, v) => o.Profiles = v,
            "What is profiled from the start on; `Default` is all but `Wall`. The variables `PYROSCOPE_PROFILING_…_ENABLED` below switch single kinds."),
        OptionRow.Of(nameof(KagariOptions.CpuSource), ValueReaders.Source, o => o.CpuSource, (o, v) => o.CpuSource = v,
            "Where CPU profiles come from: the kernel's counters, the runtime's sampler, or the better of what is there."),
        OptionRow.Of(nameof(KagariOptions.CpuPeriod), ValueReaders.Duration(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1)), o => o.CpuPeriod, (o, v) => o.CpuPeriod = v,
            "CPU time between two samples of a thread."),
        OptionRow.Of(nameof(KagariOptions.UploadInterval), ValueReaders.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)), o => o.UploadInterval, (o, v) => o.UploadInterval = v,
            "Time between two uploads.", "PYROSCOPE_UPLOAD_INTERVAL"),
        OptionRow.Of(nameof(KagariOptions.OverheadBudget), ValueReaders.Share(0.001, 1), o => o.OverheadBudget, (o, v) => o.OverheadBudget = v,
            "The share of the program's CPU time that profiling may take before it slows itself down."),
        OptionRow.Of(nameof(KagariOptions.LabelSetsMax), ValueReaders.Number(1, 100_000), o => o.LabelSetsMax, (o, v) => o.LabelSetsMax = v,
            "Different sets of labels in one upload; samples of further ones keep the labels of all profiles only."),
        OptionRow.Of(nameof(KagariOptions.ExceptionsPerSecondMax), ValueReaders.Number(1, 1_000_000), o => o.ExceptionsPerSecondMax, (o, v) => o.ExceptionsPerSecondMax = v,
            "Exceptions a second of which each is counted; of more, profiling of exceptions rests until the next upload."),
        OptionRow.Of(nameof(KagariOptions.FoldInfrastructure), ValueReaders.Switch, o => o.FoldInfrastructure, (o, v) => o.FoldInfrastructure = v,
            "Whether what the runtime runs between async methods is left out of stacks."),
        OptionRow.Of(nameof(KagariOptions.SourceLines), ValueReaders.Switch, o => o.SourceLines, (o, v) => o.SourceLines = v,
            "Whether frames have the file and line where their method begins, from portable PDBs beside the assemblies or within them."),
        OptionRow.Of(nameof(KagariOptions.Spans), ValueReaders.Switch, o => o.Spans, (o, v) => o.Spans = v,
            "Whether spans (`System.Diagnostics.Activity`) mark their samples."),
        OptionRow.Of(nameof(KagariOptions.EndpointLabel), ValueReaders.Switch, o => o.EndpointLabel, (o, v) => o.EndpointLabel = v,
            "Whether requests of ASP.NET Core get the label `endpoint`."),
        OptionRow.Of(nameof(KagariOptions.BasicAuthUser), ValueReaders.Text, o => o.BasicAuthUser, (o, v) => o.BasicAuthUser = v,
            "User for basic authentication.", "PYROSCOPE_BASIC_AUTH_USER"),
        OptionRow.Of(nameof(KagariOptions.BasicAuthPassword), ValueReaders.Text, o => o.BasicAuthPassword, (o, v) => o.BasicAuthPassword = v,
            "Password for basic authentication.", "PYROSCOPE_BASIC_AUTH_PASSWORD"),
        OptionRow.Of(nameof(KagariOptions.BearerToken), ValueReaders.Secret, o => o.BearerToken, (o, v) => o.BearerToken = v,
            "Token for bearer authentication; where configuration and environment set both, it is sent instead of user and password.", "PYROSCOPE_AUTH_TOKEN"),
        OptionRow.Of(nameof(KagariOptions.TenantId), ValueReaders.HeaderText, o => o.TenantId, (o, v) => o.TenantId = v,
            "The tenant, sent as `X-Scope-OrgID`.", "PYROSCOPE_TENANT_ID"),
        OptionRow.OfMap(nameof(KagariOptions.Headers), o => o.Headers, HeaderRules.Check,
            "Further headers of each upload; they win over all others.", "PYROSCOPE_HTTP_HEADERS"),
        OptionRow.Of(nameof(KagariOptions.QueueLength), ValueReaders.Number(1, 1000), o => o.QueueLength, (o, v) => o.QueueLength = v,
            "Uploads that wait for a server that does not answer; of more the oldest are dropped.", "PYROSCOPE_PUSH_QUEUE_CAPACITY"),
        OptionRow.Of(nameof(KagariOptions.LogLevel), ValueReaders.Severity, o => o.LogLevel, (o, v) => o.LogLevel = v,
            "Least severe messages that are told. Default: warnings on standard error, all with a log of one's own.", "PYROSCOPE_LOG_LEVEL"),
    ];
}
