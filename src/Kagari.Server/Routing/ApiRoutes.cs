using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Status;
using Kagari.Server.Ui;

namespace Kagari.Server.Routing;

/// <summary>All routes: the source of docs/guide/api.md and of <c>/api/swagger.json</c>. A test holds it equal to what is mapped.</summary>
internal static class ApiRoutes
{
    private const string Ingest = "Sending profiles", Query = "Asking", Functions = "Functions", Profefe = "profefe", Symbols = "Debug information",
        Tenants = "Tenants", Snapshots = "Snapshots", Status = "Operations", Absent = "Not here";

    private const string Pusher = "/push.v1.PusherService/", Querier = "/querier.v1.QuerierService/", Debuginfo = "/debuginfo.v1alpha1.DebuginfoService/",
        Rules = "/settings.v1.RecordingRulesService/";

    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        Rpc(Ingest, Pusher + "Push", Access.Write, "Series with pprof profiles, gzip or not. A push with good and bad series stores the good ones and answers 400."),
        Post(Ingest, "/ingest", Access.Write, "One profile: pprof, JFR, speedscope or a text form, by `format` and content; `name`, `from`, `until`, `sampleRate`, `units`, `aggregationType`, `spyName` as SDKs send them.", 200, 400, 405, 422),
        Post(Ingest, "/pyroscope/ingest", Access.Write, "The same.", 200, 400, 405, 422),
        Rpc(Ingest, "/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export", Access.Write, "OpenTelemetry profiles by gRPC."),
        Post(Ingest, "/v1development/profiles", Access.Write, "OpenTelemetry profiles by HTTP, protobuf or JSON; errors are plain text.", 200, 400, 405, 415),

        Rpc(Query, Querier + "ProfileTypes", Access.Read, "Profile types in a range, by id."),
        Rpc(Query, Querier + "LabelNames", Access.Read, "Names of labels. Those beyond letters, digits and `_` only with `Accept: …; allow-utf8-labelnames=true`."),
        Rpc(Query, Querier + "LabelValues", Access.Read, "Values of a label."),
        Rpc(Query, Querier + "Series", Access.Read, "Label sets, whole or only some labels of them."),
        Rpc(Query, Querier + "SelectMergeStacktraces", Access.Read, "A flame graph, a tree, DOT, pprof, or tables of functions, by `format`."),
        Rpc(Query, Querier + "SelectMergeSpanProfile", Access.Read, "A flame graph of spans."),
        Rpc(Query, Querier + "SelectMergeProfile", Access.Read, "A pprof message."),
        Rpc(Query, Querier + "SelectSeries", Access.Read, "Values over time."),
        Rpc(Query, Querier + "SelectHeatmap", Access.Read, "Profiles or spans over time and value."),
        Rpc(Query, Querier + "Diff", Access.Read, "Two flame graphs in one."),
        Rpc(Query, Querier + "GetProfileStats", Access.Read, "Whether there is data, and from when to when."),
        Rpc(Query, Querier + "AnalyzeQuery", Access.Read, "What a query would read."),
        Get(Query, "/pyroscope/render", Access.Read, "A flame graph with its timeline, as JSON, or as DOT with `format=dot`: `query`, `from`, `until`, `maxNodes`, `groupBy`, `aggregation`.", 200, 400, 405),
        Get(Query, "/pyroscope/render-diff", Access.Read, "Two flame graphs in one: `leftQuery`, `leftFrom`, `leftUntil`, `rightQuery`, `rightFrom`, `rightUntil`, `maxNodes`.", 200, 400, 405),
        Get(Query, "/pyroscope/label-values", Access.Read, "Values of `label`; of `__name__` the profile types.", 200, 400, 405),
        Get(Query, "/pprof", Access.Read, "A merged profile for `go tool pprof`: `query`, `from`, `until`.", 200, 400, 404, 405),
        Get(Query, "/api/v1/export", Access.Read, "Every sample as a line or a row: `query` (without a type: all types), `from`, `until`, `format` (ndjson, csv, parquet). See [analysis](analysis.md).", 200, 400, 405),

        Function("functions", "Functions with self and total, page by page.", 404),
        Function("sandwich", "Who calls a function, and what it calls.", 404),
        Function("flamegraph", "A tree, or what lies under a call site.", 404),
        Function("flamegraph/diff", "Two trees of the same nodes, each with the values of its side.", 404),
        Function("changes", "What changed between two selections, and whether it is more than noise.", 404),
        Function("breakdown", "Which label values a total belongs to."),
        Function("breakdown/changes", "Which label values carry a change."),
        Function("top", "The heaviest functions of all services."),
        Function("seen", "When a function was first and last on a stack."),
        Function("movers", "Functions of services by how much they changed."),
        Function("profiles", "Single stored profiles of a selection."),
        Function("services", "All services with types, totals, instances, the last profile and the hottest function."),
        Function("lines", "Self and total of a function by file and line, and where its source is.", 404),

        Post(Profefe, "/api/0/profiles", Access.Write, "Stores a pprof or an execution trace: `service`, `type`, `labels`, `created_at`. See [profefe](profefe.md).", 200, 400),
        Get(Profefe, "/api/0/profiles", Access.Read, "Profiles of a service in a range.", 200, 400, 404),
        Get(Profefe, "/api/0/profiles/merge", Access.Read, "Their sum.", 200, 400, 404, 405),
        Get(Profefe, "/api/0/profiles/{**ids}", Access.Read, "One as it was posted, or the sum of several joined by `+`. What is no id is 500, as in profefe.", 200, 400, 404, 500),
        Get(Profefe, "/api/0/services", Access.Read, "Names of services.", 200, 404),
        Get(Profefe, "/api/0/version", Access.Read, "What is running.", 200),

        Rpc(Symbols, Debuginfo + "ShouldInitiateUpload", Access.Write, "Whether the debug information of a binary is wanted. See [symbols](symbols.md)."),
        Post(Symbols, Debuginfo + "Upload/{buildId}", Access.Write, "The file, between the calls before and after; errors are plain text.", 200, 400, 412, 413),
        Rpc(Symbols, Debuginfo + "UploadFinished", Access.Write, "The file is whole.", 404),
        Rpc(Symbols, Debuginfo + "ListDebuginfo", Access.Read, "What was uploaded."),
        Rpc(Symbols, Debuginfo + "DeleteDebuginfo", Access.Admin, "Removes one."),

        Rpc(Tenants, "/adhocprofiles.v1.AdHocProfileService/Upload", Access.Write, "A file of any form, kept beside the profiles."),
        Rpc(Tenants, "/adhocprofiles.v1.AdHocProfileService/Get", Access.Read, "Its flame graph.", 404),
        Rpc(Tenants, "/adhocprofiles.v1.AdHocProfileService/List", Access.Read, "What was uploaded, latest first."),
        Rpc(Tenants, "/adhocprofiles.v1.AdHocProfileService/Diff", Access.Read, "Two of them in one flame graph.", 404),
        Post(Snapshots, "/api/v1/snapshots", Access.Read, "Keeps a view with the answers it was drawn from, to be shared; 413 beyond `max_snapshot_bytes`, 429 beyond `max_snapshots`. See [snapshots](snapshots.md).", 200, 400, 413, 429),
        Get(Snapshots, "/api/v1/snapshots", Access.Read, "What is kept, latest first.", 200),
        Get(Snapshots, "/api/v1/snapshots/{id}", Access.Read, "One as it was sent.", 200, 404),
        new(Snapshots, "DELETE", "/api/v1/snapshots/{id}", Access.Admin, "Removes one.", 204, 404),

        Rpc(Tenants, "/settings.v1.SettingsService/Get", Access.Read, "What user interfaces remember."),
        Rpc(Tenants, "/settings.v1.SettingsService/Set", Access.Read, "Remembers it; 409 where something newer is known.", 409),
        Rpc(Tenants, "/settings.v1.SettingsService/Delete", Access.Read, "Forgets it."),
        Rpc(Tenants, Rules + "GetRecordingRule", Access.Read, "One recording rule. See [recording rules](recording-rules.md).", 404),
        Rpc(Tenants, Rules + "ListRecordingRules", Access.Read, "All of them; 501 for every call where they are switched off."),
        Rpc(Tenants, Rules + "UpsertRecordingRule", Access.Admin, "Makes or changes one; 409 where another change came first, 429 beyond `max_recording_rules`.", 409, 429),
        Rpc(Tenants, Rules + "DeleteRecordingRule", Access.Admin, "Removes one.", 404),
        Rpc(Tenants, "/capabilities.v1.FeatureFlagsService/GetFeatureFlags", Access.Read, "What user interfaces may rely on."),
        Rpc("Source code", "/vcs.v1.VCSService/GithubApp", Access.Read, "The GitHub app to log in by; 501 where none is configured. See [sources](sources.md).", 501),
        Sources("GithubLogin", "A code of GitHub's login becomes a cookie.", 501),
        Sources("GithubRefresh", "A cookie becomes a newer one.", 501),
        Sources("GetFile", "The source file behind a path of a profile.", 404),
        Sources("GetCommit", "A commit by hash, branch or tag.", 404),
        Sources("GetCommits", "Several."),
        Get(Tenants, "/api/v1/tenant_limits", Access.Read, "The limits of the tenant.", 200),
        Post(Tenants, "/api/v1/delete", Access.Admin, "Deletes profiles by selector and time. See [retention](retention.md).", 200, 400),

        View("/", "The user interface: where to look first. A server that was built without it leads to `/status`."),
        .. UiEndpoints.Views.Select(v => View(v.Path, v.What)),
        new("User interface", "GET, HEAD", "/assets/{**file}", Access.Public, "Its scripts, styles and fonts.", 200, 404),
        Get("User interface", "/api/v1/ui/config", Access.Public, "What it has to know first: version, ways to log in, limits, what is switched on.", 200),

        Operator("blocks", "What is stored, object by object: `tenant`, `service`, `kind` (log, block, rollup), `level`, `offset`, `limit`.", 400),
        Operator("compaction", "Jobs that wait, run, failed and were done."),
        Operator("queries", "The last questions, and what they cost: `limit`.", 400),
        Operator("ingest", "What tenants sent in the last quarter of an hour, and what was not stored."),
        Operator("tenants", "Tenants with what they have stored, and their limits that differ from the defaults."),
        Operator("retention", "How long data is kept, by tenant and service."),
        Operator("tokens", "Who has credentials, and for what; never a secret."),

        Get(Status, "/status", Access.Known, "Tenants and services, for people without the user interface.", 200),
        Get(Status, "/ready", Access.Public, "Whether requests are taken; 503 with a reason where they are not.", 200),
        Get(Status, "/metrics", Access.Public, "Prometheus' text format.", 200),
        Get(Status, "/api/v1/status/buildinfo", Access.Public, "The version.", 200),
        Get(Status, "/api/v1/status/config", Access.Server, "The settings in force, as YAML.", 200),
        Get(Status, "/api/v1/status/config/diff", Access.Server, "Those that are not at their defaults.", 200),
        Get(Status, "/api/v1/status/config/default", Access.Server, "The defaults.", 200),
        Get(Status, "/runtime_config", Access.Server, "The limits of tenants with limits of their own, as YAML; `mode=diff`: only what differs.", 200),
        Get(Status, "/api/swagger.json", Access.Public, "This table as OpenAPI.", 200),
        Rpc(Status, "/version.v1.Version/Version", Access.Public, "The version of the API."),
        Rpc(Status, "/grpc.health.v1.Health/Check", Access.Public, "gRPC's health check; 404 for a service that is not known.", 404),

        .. AbsentRoutes.All.Select(a => Get(Absent, a.Path, Access.Public, a.Why, 404)),
    ];

    private static ApiRoute Rpc(string section, string path, Access access, string summary, params int[] more) =>
        new(section, ApiRoute.Rpc, path, access, summary, [200, 400, 405, 415, .. more]);

    private static ApiRoute Get(string section, string path, Access access, string summary, params int[] statuses) => new(section, "GET", path, access, summary, statuses);

    private static ApiRoute Post(string section, string path, Access access, string summary, params int[] statuses) => new(section, "POST", path, access, summary, statuses);

    private static ApiRoute View(string path, string summary) => new("User interface", "GET, HEAD", path, Access.Public, summary, 200);

    /// <summary>Answered with 401 where a person is not logged in to the host.</summary>
    private static ApiRoute Sources(string name, string summary, params int[] more) => Rpc("Source code", "/vcs.v1.VCSService/" + name, Access.Read, summary, [401, .. more]);

    private static ApiRoute Operator(string name, string summary, params int[] more) =>
        new("Administration", "GET", $"/api/v1/admin/{name}", Access.Operator, summary + " See [admin](admin.md).", [200, .. more]);

    private static ApiRoute Function(string name, string summary, params int[] more) =>
        new(Functions, "GET, POST", $"/api/v1/{name}", Access.Read, summary + " See [functions](functions.md).", [200, 400, .. more]);
}
