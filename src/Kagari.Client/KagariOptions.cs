namespace Kagari.Client;

/// <summary>What is profiled, under which name, and where the profiles go.</summary>
/// <remarks>
/// Values set in code win over <c>PYROSCOPE_*</c> environment variables, those over the section <c>Kagari</c> (or
/// <c>Pyroscope</c>) of the configuration, those over the defaults. Each option has a variable of its own, as
/// <c>KAGARI_UPLOAD_INTERVAL</c>, which wins over Pyroscope's. docs/guide/dotnet-configuration.md lists them all.
/// </remarks>
public sealed class KagariOptions
{
    /// <summary>Whether the process is profiled at all. Default: yes.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The name of the service. Default: <c>OTEL_SERVICE_NAME</c>, else the name of the entry assembly.</summary>
    public string? ServiceName { get; set; }

    /// <summary>The server; a path before <c>/push.v1…</c> is kept, user and password in it are taken. Default: http://localhost:4040, as all of the field's clients have it.</summary>
    public Uri ServerAddress { get; set; } = new("http://localhost:4040");

    /// <summary>Labels of all profiles, such as <c>region</c> or <c>version</c>.</summary>
    public IDictionary<string, string> Labels { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is profiled from the start on. Default: <see cref="ProfileKinds.Default"/>.</summary>
    public ProfileKinds Profiles { get; set; } = ProfileKinds.Default;

    /// <summary>Where CPU profiles come from. Default: <see cref="CpuSource.Auto"/>.</summary>
    public CpuSource CpuSource { get; set; }

    /// <summary>CPU time between two samples of a thread. Default: 10 ms, as most profilers of the field have it; 1 ms to 1 s. The runtime's sampler takes a tenth as many samples, in bursts.</summary>
    public TimeSpan CpuPeriod { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Time between two uploads. Default: 10 seconds; 1 second to 10 minutes.</summary>
    public TimeSpan UploadInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The share of the program's CPU time that profiling may take before it slows itself down. Default: 0.01 (1 %); 0.001 to 1.</summary>
    public double OverheadBudget { get; set; } = 0.01;

    /// <summary>Different sets of labels in one upload; samples of further ones keep the labels of all profiles only. Default: 1000; 1 to 100,000.</summary>
    public int LabelSetsMax { get; set; } = 1000;

    /// <summary>Exceptions a second of which each is counted; of more, profiling rests until the next upload. Default: 1000; 1 to 1,000,000.</summary>
    public int ExceptionsPerSecondMax { get; set; } = 1000;

    /// <summary>Whether what the runtime runs between async methods is left out of stacks. Default: yes.</summary>
    public bool FoldInfrastructure { get; set; } = true;

    /// <summary>Whether frames have the file and line where their method begins, from portable PDBs beside the assemblies or within them. Default: no.</summary>
    public bool SourceLines { get; set; }

    /// <summary>Whether spans (<see cref="System.Diagnostics.Activity"/>) mark their samples. Default: yes.</summary>
    public bool Spans { get; set; } = true;

    /// <summary>Whether requests of ASP.NET Core get the label <c>endpoint</c>. Default: yes.</summary>
    public bool EndpointLabel { get; set; } = true;

    /// <summary>User for basic authentication.</summary>
    public string? BasicAuthUser { get; set; }

    /// <summary>Password for basic authentication.</summary>
    public string? BasicAuthPassword { get; set; }

    /// <summary>Token for bearer authentication; not together with basic authentication.</summary>
    public string? BearerToken { get; set; }

    /// <summary>The tenant, sent as <c>X-Scope-OrgID</c>.</summary>
    public string? TenantId { get; set; }

    /// <summary>Further headers of each request; they win over all others.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Uploads that wait for a server that does not answer; of more the oldest are dropped. Default: 8; 1 to 1000.</summary>
    public int QueueLength { get; set; } = 8;

    /// <summary>Takes the profiles instead of a server: for tests, and for servers that profile themselves.</summary>
    public IProfileSink? Sink { get; set; }

    /// <summary>Least severe messages that are told. Default: warnings where they go to standard error, else all.</summary>
    public ProfilerSeverity? LogLevel { get; set; }

    /// <summary>Takes what the profiler has to say. Default: warnings and errors go to standard error.</summary>
    public Action<ProfilerMessage>? Log { get; set; }
}
