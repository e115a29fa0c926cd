using static Kagari.Server.Tests.Configuration.Loading;

namespace Kagari.Server.Tests.Configuration;

public sealed class ConfigurationErrorTests
{
    [Theory]
    [InlineData("server:\n  http_listen_prot: 1", "kagari.yaml:2: unknown key 'server.http_listen_prot'; the nearest known key is 'server.http_listen_port'")]
    [InlineData("http_listen_port: 1", "kagari.yaml:1: unknown key 'http_listen_port'; the nearest known key is 'server.http_listen_port'")]
    [InlineData("\n\nmultitenancy_enable: true", "kagari.yaml:3: unknown key 'multitenancy_enable'; the nearest known key is 'multitenancy_enabled'")]
    [InlineData("segment_writer: {segment_duratoin: 1s}", "kagari.yaml:1: unknown key 'segment_writer.segment_duratoin'; the nearest known key is 'segment_writer.segment_duration'")]
    [InlineData("server: 5", "kagari.yaml:1: 'server' must be a section with keys")]
    [InlineData("[1]", "kagari.yaml:1: the file must be a section with keys")]
    [InlineData("server: {http_listen_port: many}", "kagari.yaml:1: server.http_listen_port: 'many' is no port (a whole number)")]
    [InlineData("server: {http_listen_port: 70000}", "kagari.yaml:1: server.http_listen_port: 70000 is out of range; expected 0 to 65535")]
    [InlineData("server: {http_listen_port: [1]}", "kagari.yaml:1: server.http_listen_port: expected a port, found a list")]
    [InlineData("limits: {reject_older_than: soon}", "kagari.yaml:1: limits.reject_older_than: 'soon' is no duration; write it as 500ms, 30s, 10m, 1h30m or 7d")]
    [InlineData("limits: {max_profile_size_bytes: big}", "kagari.yaml:1: limits.max_profile_size_bytes: 'big' is no number of bytes; write it as 67108864, 64MiB or 64MB")]
    [InlineData("storage: {backend: s3}", "kagari.yaml:1: storage.backend: backend 's3' is not supported by this version; supported: filesystem")]
    [InlineData("limits: {retention_period: 30d}", "kagari.yaml:1: 'limits.retention_period' is a setting of Pyroscope that is not supported: here it is limits.compactor_blocks_retention_period (-compactor.blocks-retention-period). Remove it to start.")]
    [InlineData("limits: {retention_rules: [{selector: '{a=1}', period: 1d}]}", "kagari.yaml:1: limits.retention_rules: rule 1: selector: parse error at char 4 of '{a=1}': expected a quoted value for label 'a'")]
    [InlineData("limits: {retention_rules: [{selector: '{}', period: 1d}, {selector: '{}'}]}", "kagari.yaml:1: limits.retention_rules: rule 2: has no period")]
    [InlineData("limits: {retention_rules: [{period: soon, selector: '{}'}]}", "kagari.yaml:1: limits.retention_rules: rule 1: period: 'soon' is no duration; write it as 500ms, 30s, 10m, 1h30m or 7d")]
    [InlineData("limits: {retention_rules: [{selecter: '{}'}]}", "kagari.yaml:1: limits.retention_rules: rule 1: unknown key 'selecter'; did you mean 'selector'?")]
    [InlineData("storage: {when_full: panic}", "kagari.yaml:1: storage.when_full: 'panic' is not known; known: refuse, delete_oldest")]
    [InlineData("compactor: {first_window: 7m}", "compactor.first_window: 7m does not divide an hour; write 1m, 5m, 10m, 15m, 30m or 1h")]
    [InlineData("compactor: {hour_dlay: 7m}", "kagari.yaml:1: unknown key 'compactor.hour_dlay'; the nearest known key is 'compactor.hour_delay'")]
    [InlineData("target: everything", "kagari.yaml:1: target: 'everything' is no role; known: all, distributor, ingester, compactor, query-frontend, query-scheduler, querier, store-gateway")]
    [InlineData("limits: {max_flamegraph_nodes_default: 10, max_flamegraph_nodes_max: 5}", "limits: max_flamegraph_nodes_default (10) is above max_flamegraph_nodes_max (5)")]
    [InlineData("limits: {ingestion_relabeling_rules: [{action: burn}]}", "kagari.yaml:1: limits.ingestion_relabeling_rules: rule 1: action 'burn' is not known; known: replace, keep, drop, keepequal, dropequal, hashmod, labelmap, labeldrop, labelkeep, lowercase, uppercase")]
    [InlineData("limits: {ingestion_relabeling_rules: [{action: keep}, {regx: a}]}", "kagari.yaml:1: limits.ingestion_relabeling_rules: rule 2: unknown key 'regx'; did you mean 'regex'?")]
    [InlineData("limits: {ingestion_relabeling_rules: [{action: replace}]}", "kagari.yaml:1: limits.ingestion_relabeling_rules: rule 1: relabel rule: action 'Replace' needs target_label")]
    public void Load_WrongFile_SaysPlaceAndRepair(string yaml, string error) => Errors(yaml: yaml).ShouldBe(error);

    [Theory]
    [InlineData("a: [", "kagari.yaml: line 2, column 1")]
    [InlineData("target: all\ntarget: all", "kagari.yaml: line 2")]
    [InlineData("target: all\n---\ntarget: all", "kagari.yaml: has 2 documents; expected one")]
    [InlineData("limits: {ingestion_relabeling_rules: [{action: keep, regex: '('}]}", "kagari.yaml:1: limits.ingestion_relabeling_rules: rule 1: relabel rule: regex '(':")]
    public void Load_FileThatIsNoYaml_SaysWhere(string yaml, string start) => Errors(yaml: yaml).ShouldStartWith(start);

    [Theory]
    [InlineData("-server.http-listen-prot=1", "unknown flag -server.http-listen-prot; the nearest known flag is -server.http-listen-port")]
    [InlineData("-server.http-listen-port", "flag -server.http-listen-port needs a value")]
    [InlineData("-server.http-listen-port=x", "flag -server.http-listen-port: 'x' is no port (a whole number)")]
    [InlineData("start", "argument 'start' is no flag; flags are written -name=value or -name value")]
    [InlineData("-auth.multitenancy-enabled=maybe", "flag -auth.multitenancy-enabled: 'maybe' is neither true nor false")]
    [InlineData("-auth.multitenancy-enabled false", "argument 'false' is no flag; flags are written -name=value or -name value")]
    [InlineData("-storage.backend=gcs", "flag -storage.backend: backend 'gcs' is not supported by this version; supported: filesystem")]
    [InlineData("-config.file=gone.yaml", "-config.file: 'gone.yaml' cannot be read: Could not find file 'gone.yaml'.")]
    [InlineData("-log.level=loud", "flag -log.level: 'loud' is not known; known: debug, info, warn, error")]
    [InlineData("-distributor.ingestion-relabeling-rules=5", "flag -distributor.ingestion-relabeling-rules: '5' is no list of relabel rules; write it as [{action: drop, source_labels: [env], regex: dev}]")]
    public void Load_WrongFlag_SaysFlagAndRepair(string flags, string error) => Errors(flags).ShouldBe(error);

    [Fact]
    public void Load_WrongVariable_NamesIt() =>
        Errors(variables: ["KAGARI_LOG_LEVEL=loud"]).ShouldBe("environment variable KAGARI_LOG_LEVEL: 'loud' is not known; known: debug, info, warn, error");

    [Fact]
    public void Load_SeveralErrors_TellsAll()
    {
        var errors = Errors("-log.level=loud -nonsense", "a: 1\ntarget: x", "KAGARI_SERVER_HTTP_LISTEN_PORT=x").Split('\n');
        errors.Length.ShouldBe(5);
    }

    [Fact]
    public void Load_MistypedVariable_IsNoticedButStarts()
    {
        var loaded = Load(variables: ["KAGARI_LOG_LEVLE=debug", "KAGARI_PORT=tcp://10.0.0.1:4040", "KAGARI_TOKEN=x"]);
        loaded.Notices.ShouldBe(["environment variable KAGARI_LOG_LEVLE is no setting; the nearest is KAGARI_LOG_LEVEL."]);
    }

    [Theory]
    [InlineData("memberlist: {join_members: [a, b]}", "kagari.yaml:1: 'memberlist' is ignored: there is no gossip here.")]
    [InlineData("server: {grpc_listen_port: 9095}", "kagari.yaml:1: 'server.grpc_listen_port' is ignored: gRPC is served on the HTTP port.")]
    [InlineData("segment_writer: {upload_timeout: 3s}", "kagari.yaml:1: 'segment_writer.upload_timeout' is ignored: it tunes the peer's storage; this one is different.")]
    [InlineData("compactor: {data_dir: /x, block_ranges: [1h]}", "kagari.yaml:1: 'compactor.data_dir' is ignored: it tunes the peer's storage; this one is different.", "kagari.yaml:1: 'compactor.block_ranges' is ignored: it tunes the peer's storage; this one is different.")]
    [InlineData("storage: {s3: {bucket_name: b}}", "kagari.yaml:1: 'storage.s3' is ignored: storage.backend is filesystem.")]
    [InlineData("analytics: {reporting_enabled: false}", "kagari.yaml:1: 'analytics' is ignored: nothing is reported to anybody.")]
    public void Load_PeersInsideInFile_IsIgnoredWithANotice(string yaml, params string[] notices) => Load(yaml: yaml).Notices.ShouldBe(notices);

    [Theory]
    [InlineData("-memberlist.bind-port=1")]
    [InlineData("-memberlist.bind-port 1")]
    [InlineData("-memberlist.bind-port -log.level=info")]
    public void Load_PeersInsideAsFlag_IsIgnoredWithANotice(string flags) =>
        Load(flags).Notices.ShouldBe(["flag '-memberlist.bind-port' is ignored: there is no gossip here."]);

    [Fact]
    public void Load_SomeRoles_SaysThatAllRun() =>
        Load("-target=querier").Notices.ShouldBe(["target 'querier': this version runs all roles in one process."]);
}
