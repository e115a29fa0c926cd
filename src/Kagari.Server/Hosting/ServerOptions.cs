using Kagari.Server.Authentication;
using Kagari.Server.Authentication.Tls;
using Kagari.Server.Limits;

namespace Kagari.Server.Hosting;

/// <summary>Settings of a server process; names in YAML, flags and environment are in docs/guide/configuration.md.</summary>
public sealed record ServerOptions
{
    /// <summary>Roles to run, separated by commas. Default: all.</summary>
    public string Target { get; init; } = "all";

    /// <summary>Address to listen on. Default: all addresses.</summary>
    public string HttpListenAddress { get; init; } = "";

    /// <summary>Port of all APIs; 0 takes a free one. Default: 4040.</summary>
    public int HttpListenPort { get; init; } = 4040;

    /// <summary>A second port for the same routes, as 10100 where profefe listened. Default 0: none.</summary>
    public int ProfefeListenPort { get; init; }

    /// <summary>Prefix of every route, as <c>/pyroscope</c>. Default: none.</summary>
    public string PathPrefix { get; init; } = "";

    /// <summary>Least severe log entries written: debug, info, warn, error. Default: info.</summary>
    public string LogLevel { get; init; } = "info";

    /// <summary>How long running requests may take at shutdown. Default: 30 seconds.</summary>
    public TimeSpan GracefulShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether requests must name a tenant. Default: false, and all data is the tenant's <c>anonymous</c>.</summary>
    public bool MultitenancyEnabled { get; init; }

    /// <summary>Whether the server profiles itself, as service <c>kagari</c>. Default: true.</summary>
    public bool SelfProfilingEnabled { get; init; } = true;

    /// <summary>The tenant that the server's own profiles belong to. Default: <c>anonymous</c>.</summary>
    public string SelfProfilingTenant { get; init; } = Tenancy.TenantId.Anonymous;

    /// <summary>Where data is kept. Default, and all that this version knows: filesystem.</summary>
    public string StorageBackend { get; init; } = "filesystem";

    /// <summary>Directory of the embedded store. Default: ./data.</summary>
    public string StorageDirectory { get; init; } = "./data";

    /// <summary>Memory for decoded symbols of queries, bytes. Default: 96 MiB.</summary>
    public long QueryCacheBytes { get; init; } = 96 << 20;

    /// <summary>Whether agents may upload debug information. Default: true.</summary>
    public bool DebugInfoEnabled { get; init; } = true;

    /// <summary>Bytes of one uploaded file of debug information. Default: 1 GiB.</summary>
    public long DebugInfoUploadBytesMax { get; init; } = 1L << 30;

    /// <summary>Where debug information is fetched that nobody uploaded.</summary>
    public Debuginfo.DebuginfodOptions Debuginfod { get; init; } = new();

    /// <summary>Where source code is.</summary>
    public Vcs.VcsOptions Vcs { get; init; } = new();

    /// <summary>Whether recording rules can be made by calls. Default: true (the peer: false).</summary>
    public bool RecordingRulesEnabled { get; init; } = true;

    /// <summary>Where values of recording rules are sent.</summary>
    public RecordingRules.Exporting.MetricsExporterOptions MetricsExporter { get; init; } = new();

    /// <summary>Settings of the ingester.</summary>
    public Storage.IngesterOptions Ingester { get; init; } = new();

    /// <summary>Settings of the compactor.</summary>
    public Storage.CompactorOptions Compactor { get; init; } = new();

    /// <summary>How full the disk may become, and what gives way then.</summary>
    public Storage.DiskSpaceOptions DiskSpace { get; init; } = new();

    /// <summary>Limits of tenants without their own.</summary>
    public TenantLimits Limits { get; init; } = new();

    /// <summary>File with limits of single tenants; see <see cref="RuntimeOverrides"/>. Default: none.</summary>
    public string RuntimeConfigFile { get; init; } = "";

    /// <summary>How often that file is read. Default: 10 seconds.</summary>
    public TimeSpan RuntimeConfigPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Who may ask and send what. Default: everyone everything.</summary>
    public AuthenticationOptions Authentication { get; init; } = new();

    /// <summary>TLS of the port. Default: none.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>The user interface to serve; null: the one that was built in.</summary>
    internal Ui.UiBundle? UiBundle { get; init; }
}
