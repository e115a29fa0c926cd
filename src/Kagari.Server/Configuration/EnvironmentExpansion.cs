using System.Text.RegularExpressions;

namespace Kagari.Server.Configuration;

/// <summary>Replaces <c>${NAME}</c> and <c>${NAME:-default}</c> in the text of a configuration file.</summary>
/// <remarks>
/// <c>$1</c> and <c>${1}</c> stay: they belong to relabel rules. <c>$${</c> stands for <c>${</c>. As in the shell, the default
/// also stands in for an empty variable.
/// </remarks>
internal static partial class EnvironmentExpansion
{
    /// <summary>The text with all references replaced; variables that are not set and have no default are named to <paramref name="missing"/>.</summary>
    public static string Expand(string text, IReadOnlyDictionary<string, string> environment, Action<string> missing) =>
        Reference().Replace(text, match =>
        {
            if (match.Value[1] == '$') return match.Value[1..];
            var name = match.Groups["name"].Value;
            if (environment.TryGetValue(name, out var value) && value.Length > 0) return value;
            if (match.Groups["default"].Success) return match.Groups["default"].Value;
            if (value is null) missing(name);
            return "";
        });

    [GeneratedRegex(@"\$\$\{|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^}]*))?\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
