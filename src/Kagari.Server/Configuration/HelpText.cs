using System.Reflection;
using System.Text;
using Kagari.Server.Configuration.Values;
using Kagari.Server.Hosting;

namespace Kagari.Server.Configuration;

/// <summary>What <c>kagari server -help</c> and its kin print; written from the table of settings.</summary>
internal static class HelpText
{
    private const int Width = 100;

    public static string Write()
    {
        var text = new StringBuilder();
        text.Append("usage: kagari server [flags]\n\n");
        text.Append("Each setting is also a YAML key (-config.file) and an environment variable:\n");
        text.Append($"-server.http-listen-port is server.http_listen_port and {EnvironmentVariables.NameOf("server.http-listen-port")}.\n");
        text.Append("Flags win over the environment, the environment wins over the file.\n");
        text.Append("\nStart\n");
        foreach (var command in CommandSetting.All) Entry(text, command.Flag, command.Kind, command.Help, byDefault: null);
        var defaults = new ServerOptions();
        foreach (var group in ServerSettings.All.GroupBy(s => s.Group))
        {
            text.Append('\n').Append(group.Key).Append('\n');
            foreach (var setting in group)
                Entry(text, setting.Flag, setting.Kind.IsSwitch ? null : setting.Kind.Name, setting.Help, setting.Format(defaults));
        }
        return text.ToString();
    }

    public static string Version() => $"kagari {VersionNumber}\n";

    public static string Roles()
    {
        var width = TargetKind.Known.Max(k => k.Name.Length);
        return string.Concat(TargetKind.Known.Select(k => $"{k.Name.PadRight(width)}  {k.What}\n"));
    }

    private static string VersionNumber =>
        typeof(HelpText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";

    private static void Entry(StringBuilder text, string flag, string? kind, string help, string? byDefault)
    {
        text.Append("  -").Append(flag);
        if (kind is not null) text.Append(' ').Append(kind.Contains('|') ? kind : $"<{kind}>");
        var isLong = byDefault?.Length > Width / 2;
        if (byDefault is not null && !isLong) text.Append(byDefault.Length == 0 ? "  (default: none)" : $"  (default: {byDefault})");
        text.Append('\n');
        if (isLong) help += $" Default: {byDefault}";
        foreach (var line in Wrap(help, Width - 6)) text.Append("      ").Append(line).Append('\n');
    }

    private static IEnumerable<string> Wrap(string sentence, int width)
    {
        var line = new StringBuilder();
        foreach (var word in sentence.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }
        yield return line.ToString();
    }
}
