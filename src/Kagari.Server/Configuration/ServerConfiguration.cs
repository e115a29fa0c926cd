using Kagari.Server.Configuration.Values;
using Kagari.Server.Hosting;

namespace Kagari.Server.Configuration;

/// <summary>Reads the settings of a server: defaults, then the YAML file, then the environment, then flags.</summary>
public static class ServerConfiguration
{
    private static readonly Dictionary<string, Setting<ServerOptions>> ByFlag = ServerSettings.All.ToDictionary(s => s.Flag, StringComparer.Ordinal);

    /// <summary>Edits up to which a variable counts as mistyped; others with our prefix may belong to whatever runs the process.</summary>
    private const int TypoDistance = 2;

    /// <summary>Reads all sources.</summary>
    /// <exception cref="ConfigurationException">Something in them is wrong; it lists everything that is.</exception>
    public static LoadedConfiguration Load(ConfigurationSources sources)
    {
        var findings = new Findings();
        var flags = FlagReader.Read(sources.Arguments, KindOf, findings);
        if (Answer(flags) is { } answer) return new LoadedConfiguration(new ServerOptions(), [], answer);

        var options = ApplyFile(new ServerOptions(), flags, sources, findings);
        options = ApplyEnvironment(options, sources.Environment, findings);
        options = ApplyFlags(options, flags, findings);
        Check(options, findings);
        findings.ThrowIfAny();
        return new LoadedConfiguration(options, findings.Notices, Answer: null);
    }

    private static FlagKind KindOf(string name)
    {
        if (ByFlag.TryGetValue(name, out var setting)) return setting.Kind.IsSwitch ? FlagKind.Switch : FlagKind.Value;
        if (IsHelp(name)) return FlagKind.Switch;
        var command = CommandSetting.All.FirstOrDefault(c => c.Flag == name);
        return command is null ? FlagKind.Foreign : command.Kind is null ? FlagKind.Switch : FlagKind.Value;
    }

    private static bool IsHelp(string name) => name is "help" or "h" or "help-all";

    private static string? Answer(List<Flag> flags)
    {
        if (flags.Any(f => IsHelp(f.Name))) return HelpText.Write();
        if (flags.Any(f => f.Name == CommandSetting.Version.Flag)) return HelpText.Version();
        return flags.Any(f => f.Name == CommandSetting.Modules.Flag) ? HelpText.Roles() : null;
    }

    private static ServerOptions ApplyFile(ServerOptions options, List<Flag> flags, ConfigurationSources sources, Findings findings)
    {
        var file = ValueOf(CommandSetting.File, flags, sources.Environment);
        if (file is null or "") return options;
        string text;
        try
        {
            text = sources.ReadFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Error($"-{CommandSetting.File.Flag}: '{file}' cannot be read: {e.Message}");
            return options;
        }
        if (ValueOf(CommandSetting.ExpandEnv, flags, sources.Environment) is { } expand && IsTrue(expand, findings))
            text = EnvironmentExpansion.Expand(text, sources.Environment, name => findings.Notice($"{file}: ${{{name}}} is not set; empty text stands in for it."));
        if (YamlText.TryParse(text, out var root, out var error))
            return new YamlSettings<ServerOptions>(ServerSettings.All, "", "", findings).Apply(root, options, file);
        findings.Error($"{file}: {error}");
        return options;
    }

    private static bool IsTrue(string text, Findings findings)
    {
        if (new SwitchKind().TryRead(new YamlDotNet.RepresentationModel.YamlScalarNode(text), out var value, out var error)) return value;
        findings.Error($"-{CommandSetting.ExpandEnv.Flag}: {error}");
        return false;
    }

    private static string? ValueOf(CommandSetting command, List<Flag> flags, IReadOnlyDictionary<string, string> environment)
    {
        var index = flags.FindLastIndex(f => f.Name == command.Flag);
        return index >= 0 ? flags[index].Value : command.Variable is { } variable ? environment.GetValueOrDefault(variable) : null;
    }

    private static ServerOptions ApplyEnvironment(ServerOptions options, IReadOnlyDictionary<string, string> environment, Findings findings)
    {
        foreach (var setting in ServerSettings.All)
        {
            // An empty variable is none, as container platforms set empty ones for what is not filled in.
            var variable = setting.Variable;
            if (environment.GetValueOrDefault(variable, "").Length == 0) variable = EnvironmentVariables.OfPeer.GetValueOrDefault(setting.Flag, variable);
            if (!environment.TryGetValue(variable, out var text) || text.Length == 0) continue;
            if (setting.TryApply(options, text, out var result, out var error)) options = result;
            else findings.Error($"environment variable {variable}: {error}");
        }
        var known = ServerSettings.All.Select(s => s.Variable).Concat(CommandSetting.All.Select(c => c.Variable).OfType<string>()).ToList();
        foreach (var name in environment.Keys.Where(n => n.StartsWith(EnvironmentVariables.Prefix, StringComparison.Ordinal) && !known.Contains(n)).Order(StringComparer.Ordinal))
            if (NearestName.Of(name, known) is var nearest && NearestName.Distance(name, nearest) <= TypoDistance)
                findings.Notice($"environment variable {name} is no setting; the nearest is {nearest}.");
        return options;
    }

    private static ServerOptions ApplyFlags(ServerOptions options, List<Flag> flags, Findings findings)
    {
        foreach (var (name, value) in flags)
        {
            if (ByFlag.TryGetValue(name, out var setting))
            {
                if (setting.TryApply(options, value, out var result, out var error)) options = result;
                else findings.Error($"flag -{name}: {error}");
                continue;
            }
            if (CommandSetting.All.Any(c => c.Flag == name)) continue;
            var nearest = NearestName.Of(name, ByFlag.Keys.Concat(CommandSetting.All.Select(c => c.Flag)));
            var peer = PeerKeys.OfFlag(name);
            if (peer is null || (peer.Flag != name && NearestName.Distance(name, nearest) <= TypoDistance))
                findings.Error($"unknown flag -{name}; the nearest known flag is -{nearest}");
            else if (peer.IsRefused) findings.Error($"flag {peer.Say("-" + name)}");
            else findings.Notice($"flag {peer.Say("-" + name)}");
        }
        return options;
    }

    private static void Check(ServerOptions options, Findings findings)
    {
        if (options.Target.Split(',') is var roles && !roles.Contains(TargetKind.All))
            findings.Notice($"target '{options.Target}': this version runs all roles in one process.");
        if (TimeSpan.TicksPerHour % options.Compactor.FirstWindow.Ticks != 0)
            findings.Error($"compactor.first_window: {new DurationKind().Format(options.Compactor.FirstWindow)} does not divide an hour; write 1m, 5m, 10m, 15m, 30m or 1h");
        if (LimitChecks.Find(options.Limits) is { } error) findings.Error($"limits: {error}");
    }
}
