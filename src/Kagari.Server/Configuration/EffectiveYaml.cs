using System.Text;
using Kagari.Server.Configuration.Values;
using Kagari.Server.Hosting;

namespace Kagari.Server.Configuration;

/// <summary>Options as a YAML file that gives the same options again: what <c>/api/v1/status/config</c> shows.</summary>
internal static class EffectiveYaml
{
    /// <summary>All settings, for people: secrets are masked.</summary>
    public static string WriteMasked(ServerOptions options) => Write(ServerSettings.All, options, _ => true, isMasked: true);

    /// <summary>All settings.</summary>
    public static string Write(ServerOptions options) => Write(ServerSettings.All, options, _ => true);

    /// <summary>Only what differs from the defaults; empty text where nothing does.</summary>
    /// <param name="options">The options.</param>
    /// <param name="isMasked">Whether secrets are masked.</param>
    public static string WriteDifferences(ServerOptions options, bool isMasked = false)
    {
        var defaults = new ServerOptions();
        return Write(ServerSettings.All, options, s => s.Format(options) != s.Format(defaults), isMasked);
    }

    /// <summary>All limits of a tenant.</summary>
    public static string Write(Limits.TenantLimits limits) => Write(LimitSettings.All, limits, _ => true);

    /// <summary>Only what differs from the limits of everyone.</summary>
    public static string WriteDifferences(Limits.TenantLimits limits, Limits.TenantLimits defaults) =>
        Write(LimitSettings.All, limits, s => s.Format(limits) != s.Format(defaults));

    private static string Write<TOptions>(IReadOnlyList<Setting<TOptions>> table, TOptions options, Func<Setting<TOptions>, bool> shown, bool isMasked = false)
    {
        var text = new StringBuilder();
        var open = Array.Empty<string>();
        // Sorted by key, so that each section opens once.
        foreach (var setting in table.Where(s => s.Key is not null && shown(s)).OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var path = setting.Key!.Split('.');
            var shared = 0;
            while (shared < path.Length - 1 && shared < open.Length && open[shared] == path[shared]) shared++;
            for (var depth = shared; depth < path.Length - 1; depth++) text.Append(' ', 2 * depth).Append(path[depth]).Append(":\n");
            open = path[..^1];
            text.Append(' ', 2 * open.Length).Append(path[^1]).Append(": ").Append(Value(setting.Kind, setting.Format(options), isMasked)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Texts are quoted: an empty one or <c>off</c> would be read as something else.</summary>
    private static string Value(IValueKind kind, string formatted, bool isMasked) =>
        kind is SecretKind ? YamlText.Quote(isMasked && formatted.Length > 0 ? SecretKind.Masked : formatted)
            : kind is TextKind ? YamlText.Quote(formatted) : formatted;
}
