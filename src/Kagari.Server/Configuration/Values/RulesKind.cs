using System.Diagnostics.CodeAnalysis;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration.Values;

/// <summary>A list of mappings; as flag or variable the same in one line (JSON works).</summary>
/// <param name="what">What the rules are called in errors, in the plural.</param>
/// <param name="example">A list with one rule, for those who wrote none.</param>
internal abstract class RulesKind<T>(string what, string example) : ValueKind<IReadOnlyList<T>>
    where T : class
{
    public override string Name => "rules";

    public override string Format(IReadOnlyList<T> value) => value switch
    {
        RuleList<T> list => list.Source,
        [] => "[]",
        _ => "[" + string.Join(", ", value.Select(FormatRule)) + "]",
    };

    public override bool TryRead(YamlNode node, [NotNullWhen(true)] out IReadOnlyList<T>? value, [NotNullWhen(false)] out string? error)
    {
        value = null;
        if (node is YamlScalarNode) return base.TryRead(node, out value, out error);
        if (node is not YamlSequenceNode rules)
        {
            error = $"expected a list of {what}";
            return false;
        }
        var read = new List<T>();
        foreach (var (index, rule) in rules.Index())
        {
            if (rule is not YamlMappingNode mapping) error = "is no mapping";
            else if (TryReadRule(mapping, out var one, out error))
            {
                read.Add(one);
                continue;
            }
            error = $"rule {index + 1}: {error}";
            return false;
        }
        value = new RuleList<T>(YamlText.Inline(rules), read);
        error = null;
        return true;
    }

    /// <summary>A rule that did not come from a configuration, as one line of YAML.</summary>
    protected abstract string FormatRule(T rule);

    protected abstract bool TryReadRule(YamlMappingNode mapping, [NotNullWhen(true)] out T? rule, [NotNullWhen(false)] out string? error);

    /// <summary>The key of an entry; false with the error where it is none of <paramref name="keys"/>.</summary>
    protected static bool TryKeyOf(YamlNode node, string[] keys, out string key, [NotNullWhen(false)] out string? error)
    {
        key = (node as YamlScalarNode)?.Value ?? "";
        error = keys.Contains(key) ? null : $"unknown key '{key}'; did you mean '{NearestName.Of(key, keys)}'?";
        return error is null;
    }

    protected sealed override bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<T>? value, [NotNullWhen(false)] out string? error)
    {
        value = null;
        if (!YamlText.TryParse(text, out var node, out error)) return false;
        if (node is not YamlScalarNode) return TryRead(node, out value, out error);
        if (YamlText.IsNull(node))
        {
            value = [];
            return true;
        }
        error = $"'{text}' is no list of {what}; write it as {example}";
        return false;
    }
}
