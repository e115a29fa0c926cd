using Kagari.Server.Authentication;
using Kagari.Server.Authentication.Tls;
using Kagari.Server.Configuration;
using Kagari.Server.Configuration.Values;
using Kagari.Server.Hosting;

namespace Kagari.Server.Tests.Configuration;

/// <summary>The table against itself: every row must be reachable in every way that it promises.</summary>
public sealed class EverySettingTests
{
    private static readonly ServerOptions Defaults = new();

    /// <summary>Those that nobody needs to set have no row: see the count below.</summary>

    public static TheoryData<string> Flags() => [.. ServerSettings.All.Select(s => s.Flag)];

    [Theory]
    [MemberData(nameof(Flags))]
    public void Setting_GivenInEachSource_TakesTheSameValue(string flag)
    {
        var setting = Of(flag);
        var text = Another(setting);
        var expected = setting.TryApply(Defaults, text, out var options, out var error) ? setting.Format(options) : error;
        // A backend other than the default does not exist yet, so only its name can be given again.
        if (flag != "storage.backend") expected.ShouldNotBe(setting.Format(Defaults), "the row sets nothing, or another property");

        if (!setting.Kind.IsSwitch) Shown(Loading.Load([$"-{flag}", text])).ShouldBe(expected);
        Shown(Loading.Load([$"--{flag}={text}"])).ShouldBe(expected);
        Shown(Loading.Load([], null, $"{setting.Variable}={text}")).ShouldBe(expected);
        Shown(Loading.Load("", Nest(setting.Key!, text))).ShouldBe(expected);

        string Shown(LoadedConfiguration loaded)
        {
            loaded.Notices.Where(n => !n.StartsWith("target", StringComparison.Ordinal)).ShouldBeEmpty();
            // Nothing else may have changed.
            foreach (var other in ServerSettings.All.Where(s => s.Flag != flag)) other.Format(loaded.Options).ShouldBe(other.Format(Defaults));
            return setting.Format(loaded.Options);
        }
    }

    [Theory]
    [MemberData(nameof(Flags))]
    public void Format_OfDefaultAndAnother_IsReadBack(string flag)
    {
        var setting = Of(flag);
        foreach (var text in new[] { setting.Format(Defaults), Another(setting) })
        {
            setting.TryApply(Defaults, text, out var options, out var error).ShouldBeTrue(error);
            var formatted = setting.Format(options!);
            setting.TryApply(Defaults, formatted, out var again, out error).ShouldBeTrue(error);
            setting.Format(again!).ShouldBe(formatted);
        }
    }

    [Fact]
    public void Table_NamesAreUnique()
    {
        ServerSettings.All.Select(s => s.Flag).Concat(CommandSetting.All.Select(c => c.Flag)).ShouldBeUnique();
        ServerSettings.All.Select(s => s.Key).ShouldBeUnique();
        ServerSettings.All.Select(s => s.Variable).ShouldBeUnique();
    }

    [Fact]
    public void Table_KnowsEveryProperty()
    {
        // A property without a row cannot be set by anybody: count both.
        var nested = new[]
        {
            nameof(ServerOptions.Limits), nameof(ServerOptions.Ingester), nameof(ServerOptions.Compactor), nameof(ServerOptions.DiskSpace),
            nameof(ServerOptions.Authentication), nameof(ServerOptions.Tls), nameof(ServerOptions.Debuginfod), nameof(ServerOptions.Vcs), nameof(ServerOptions.MetricsExporter),
        };
        var properties = typeof(ServerOptions).GetProperties().Count(p => !nested.Contains(p.Name))
            + typeof(Kagari.Server.Limits.TenantLimits).GetProperties().Length
            + typeof(Kagari.Storage.IngesterOptions).GetProperties().Length
            + typeof(Kagari.Storage.CompactorOptions).GetProperties().Length
            + typeof(Kagari.Storage.DiskSpaceOptions).GetProperties().Length
            + typeof(Kagari.Server.Vcs.VcsOptions).GetProperties().Length
            + typeof(Kagari.Server.Debuginfo.DebuginfodOptions).GetProperties().Length
            + typeof(Kagari.Server.RecordingRules.Exporting.MetricsExporterOptions).GetProperties().Length
            + typeof(AuthenticationOptions).GetProperties().Count(p => p.Name != nameof(AuthenticationOptions.Oidc))
            + typeof(OidcOptions).GetProperties().Length
            + typeof(TlsOptions).GetProperties().Length;
        ServerSettings.All.Count.ShouldBe(properties);
    }

    [Fact]
    public void EffectiveYaml_OfChangedOptions_GivesThemAgain()
    {
        var options = Defaults;
        foreach (var setting in ServerSettings.All)
            options = setting.TryApply(options, Another(setting), out var changed, out var error) ? changed : throw new InvalidOperationException(error);

        foreach (var yaml in new[] { EffectiveYaml.Write(options), EffectiveYaml.WriteDifferences(options) })
        {
            var again = Loading.Load("", yaml).Options;
            foreach (var setting in ServerSettings.All) setting.Format(again).ShouldBe(setting.Format(options), setting.Flag);
        }
    }

    [Fact]
    public void EffectiveYaml_DifferencesOfDefaults_IsEmpty() => EffectiveYaml.WriteDifferences(Defaults).ShouldBe("");

    private static Setting<ServerOptions> Of(string flag) => ServerSettings.All.Single(s => s.Flag == flag);

    /// <summary>A value that is not the default.</summary>
    private static string Another(Setting<ServerOptions> setting)
    {
        var now = setting.Format(Defaults);
        return setting.Kind switch
        {
            SwitchKind => now == "true" ? "false" : "true",
            DurationKind => setting.Flag == "compactor.first-window" ? "12m" : "77s",
            RetentionRulesKind => """[{selector: '{service_name="cart", pod=~"a.*"}', period: 30d}, {selector: 'process_cpu{}', period: 0}]""",
            RecordingRulesKind => """[{metric_name: profiles_recorded_cpu, matchers: ['{__profile_type__="process_cpu:cpu:nanoseconds:cpu:nanoseconds", service_name="cart"}'], group_by: [pod], external_labels: [{name: env, value: dev}], stacktrace_filter: {function_name: {function_name: "a\"b", metric_type: TOTAL}}}]""",
            UsageGroupsKind => """{team-a: '{service_name=~"a-.*"}', "by-${labels.env}": '{env!=""}'}""",
            SamplingKind => "{usage_groups: {team-a: {probability: 0.25}}}",
            IngestionLimitKind => "{period_type: day, period_limit_mb: 5, limit_reset_time: 1767225600, limit_reached: true, sampling: {num_requests: 2, period: 1m}, usage_groups: {team-a: {period_limit_mb: 1, limit_reached: true}}}",
            TextKind { Name: "URL" } => "https://debuginfod.example",
            TextKind { Name: "template" } => "https://git.example/{repository}/raw/{ref}/{path}",
            NamesKind => "pod,zone",
            FullDiskKind => "delete_oldest",
            ClientAuthKind => "RequestClientCert",
            BytesKind => "77MiB",
            NumberKind<int> => "77",
            NumberKind<long> => setting.Flag.EndsWith("-max", StringComparison.Ordinal) ? "77_000" : "77",
            NumberKind<double> => "77.5",
            TargetKind => "querier,ingester",
            RelabelRulesKind => """[{action: drop, source_labels: [env, zone], regex: "dev;.*"}]""",
            TextKind { Name: "path" } => "/profiles",
            TextKind { Name: "tenant" } => "operators",
            TextKind { Name: "name" } => "filesystem",
            TextKind { Name: var words } when words.Contains('|') => words.Split('|').First(w => w != now),
            _ => "some/text",
        };
    }

    private static string Nest(string key, string value)
    {
        var parts = key.Split('.');
        var lines = parts.Select((part, depth) => new string(' ', 2 * depth) + part + ":");
        return string.Join('\n', lines) + " " + value + "\n";
    }
}
