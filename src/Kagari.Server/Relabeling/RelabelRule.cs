using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Kagari.Query;

namespace Kagari.Server.Relabeling;

/// <summary>One rule of a <c>relabel_config</c>: prometheus.io/docs/prometheus/latest/configuration, "relabel_config".</summary>
public sealed class RelabelRule
{
    private readonly Regex _regex;

    /// <summary>A rule with Prometheus' defaults for what is not given.</summary>
    /// <exception cref="ArgumentException">The pattern or the combination is invalid.</exception>
    public RelabelRule(
        RelabelAction action,
        IReadOnlyList<string>? sourceLabels = null,
        string separator = ";",
        string regex = "(.*)",
        string targetLabel = "",
        string replacement = "$1",
        ulong modulus = 0)
    {
        if (!Re2.TryCreate(regex, anchored: true, out var compiled, out var error))
            throw new ArgumentException($"relabel rule: regex '{regex}': {error}", nameof(regex));
        var needsTarget = action is RelabelAction.Replace or RelabelAction.HashMod or RelabelAction.Lowercase
            or RelabelAction.Uppercase or RelabelAction.KeepEqual or RelabelAction.DropEqual;
        if (needsTarget && targetLabel.Length == 0)
            throw new ArgumentException($"relabel rule: action '{action}' needs target_label", nameof(targetLabel));
        if (action == RelabelAction.HashMod && modulus == 0)
            throw new ArgumentException("relabel rule: action 'hashmod' needs a modulus above 0", nameof(modulus));
        Action = action;
        SourceLabels = sourceLabels ?? [];
        Separator = separator;
        TargetLabel = targetLabel;
        Replacement = replacement;
        Modulus = modulus;
        _regex = compiled;
    }

    /// <summary>What it does.</summary>
    public RelabelAction Action { get; }

    /// <summary>Labels whose values are joined and matched.</summary>
    public IReadOnlyList<string> SourceLabels { get; }

    /// <summary>What they are joined with.</summary>
    public string Separator { get; }

    /// <summary>The label that is set.</summary>
    public string TargetLabel { get; }

    /// <summary>What it is set to; <c>$1</c> and <c>${name}</c> stand for groups of the pattern.</summary>
    public string Replacement { get; }

    /// <summary>For <see cref="RelabelAction.HashMod"/>.</summary>
    public ulong Modulus { get; }

    /// <summary>Applies the rule in place; false where the series is dropped.</summary>
    public bool Apply(SortedDictionary<string, string> labels)
    {
        var source = string.Join(Separator, SourceLabels.Select(n => labels.GetValueOrDefault(n, "")));
        switch (Action)
        {
            case RelabelAction.Keep: return _regex.IsMatch(source);
            case RelabelAction.Drop: return !_regex.IsMatch(source);
            case RelabelAction.KeepEqual: return source == labels.GetValueOrDefault(TargetLabel, "");
            case RelabelAction.DropEqual: return source != labels.GetValueOrDefault(TargetLabel, "");
            case RelabelAction.Replace:
                if (_regex.Match(source) is { Success: true } match) Set(labels, Expand(match, TargetLabel), Expand(match, Replacement));
                return true;
            case RelabelAction.HashMod:
                Set(labels, TargetLabel, (HashOf(source) % Modulus).ToString());
                return true;
            case RelabelAction.LabelMap:
                foreach (var (name, value) in labels.ToList())
                    if (_regex.Match(name) is { Success: true } named) Set(labels, Expand(named, Replacement), value);
                return true;
            case RelabelAction.LabelDrop: return RemoveWhere(labels, name => _regex.IsMatch(name));
            case RelabelAction.LabelKeep: return RemoveWhere(labels, name => !_regex.IsMatch(name));
            case RelabelAction.Lowercase:
                Set(labels, TargetLabel, source.ToLowerInvariant());
                return true;
            case RelabelAction.Uppercase:
                Set(labels, TargetLabel, source.ToUpperInvariant());
                return true;
            default: throw new InvalidOperationException($"BUG: relabel action {Action} is not implemented.");
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Prometheus defines hashmod by MD5; it protects nothing.")]
    private static ulong HashOf(string source) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(MD5.HashData(Encoding.UTF8.GetBytes(source)).AsSpan(8));

    private static void Set(SortedDictionary<string, string> labels, string name, string value)
    {
        if (value.Length == 0) labels.Remove(name);
        else if (name.Length > 0) labels[name] = value;
    }

    private static bool RemoveWhere(SortedDictionary<string, string> labels, Func<string, bool> condition)
    {
        foreach (var name in labels.Keys.Where(condition).ToList()) labels.Remove(name);
        return true;
    }

    /// <summary>Go's template syntax: <c>$1</c>, <c>$name</c>, <c>${1}</c>, <c>$$</c>.</summary>
    private static string Expand(Match match, string template)
    {
        var result = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '$' || i + 1 == template.Length)
            {
                result.Append(template[i]);
                continue;
            }
            if (template[i + 1] == '$')
            {
                result.Append('$');
                i++;
                continue;
            }
            var braced = template[i + 1] == '{';
            var start = i + (braced ? 2 : 1);
            var end = start;
            while (end < template.Length && (char.IsAsciiLetterOrDigit(template[end]) || template[end] == '_')) end++;
            if (end == start || (braced && (end == template.Length || template[end] != '}')))
            {
                result.Append('$');
                continue;
            }
            result.Append(match.Groups[template[start..end]].Value);
            i = braced ? end : end - 1;
        }
        return result.ToString();
    }
}
