using System.Diagnostics.CodeAnalysis;
using Kagari.Server.Limits;
using Kagari.Server.Retention;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration.Values;

/// <summary>A list of <c>{selector: …, period: …}</c>; as flag or variable the same in one line (JSON works).</summary>
internal sealed class RetentionRulesKind : ValueKind<IReadOnlyList<RetentionLimit>>
{
    private static readonly string[] Keys = ["selector", "period"];
    private static readonly DurationKind Period = new();

    public override string Name => "rules";

    public override string Format(IReadOnlyList<RetentionLimit> value) => value switch
    {
        RetentionLimitList list => list.Source,
        [] => "[]",
        _ => "[" + string.Join(", ", value.Select(r => $"{{\"selector\": {YamlText.Quote(r.Selector.ToString())}, \"period\": {YamlText.Quote(Period.Format(r.Period))}}}")) + "]",
    };

    public override bool TryRead(YamlNode node, [NotNullWhen(true)] out IReadOnlyList<RetentionLimit>? value, [NotNullWhen(false)] out string? error)
    {
        value = null;
        if (node is YamlScalarNode) return base.TryRead(node, out value, out error);
        if (node is not YamlSequenceNode rules)
        {
            error = "expected a list of retention rules";
            return false;
        }
        var read = new List<RetentionLimit>();
        foreach (var (index, rule) in rules.Index())
        {
            if (TryReadRule(rule, out var one, out error))
            {
                read.Add(one);
                continue;
            }
            error = $"rule {index + 1}: {error}";
            return false;
        }
        value = new RetentionLimitList(YamlText.Inline(rules), read);
        error = null;
        return true;
    }

    protected override bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<RetentionLimit>? value, [NotNullWhen(false)] out string? error)
    {
        value = null;
        if (!YamlText.TryParse(text, out var node, out error)) return false;
        if (node is not YamlScalarNode) return TryRead(node, out value, out error);
        if (YamlText.IsNull(node))
        {
            value = [];
            return true;
        }
        error = $"'{text}' is no list of retention rules; write it as [{{selector: '{{service_name=\"cart\"}}', period: 30d}}]";
        return false;
    }

    private static bool TryReadRule(YamlNode node, [NotNullWhen(true)] out RetentionLimit? rule, [NotNullWhen(false)] out string? error)
    {
        rule = null;
        if (node is not YamlMappingNode mapping)
        {
            error = "is no mapping";
            return false;
        }
        Query.Selector? selector = null;
        TimeSpan? period = null;
        foreach (var (keyNode, value) in mapping.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            if (!Keys.Contains(key))
            {
                error = $"unknown key '{key}'; did you mean '{NearestName.Of(key, Keys)}'?";
                return false;
            }
            if (value is not YamlScalarNode { Value: { } text })
            {
                error = $"{key} is no text";
                return false;
            }
            if (key == "selector" && !SeriesSelectors.TryParse(text, out selector, out error))
            {
                error = $"selector: {error}";
                return false;
            }
            if (key != "period") continue;
            if (!Period.TryRead(value, out var length, out error))
            {
                error = $"period: {error}";
                return false;
            }
            period = length;
        }
        error = selector is null ? "has no selector" : period is null ? "has no period" : null;
        if (error is null) rule = new RetentionLimit(selector!, period!.Value);
        return error is null;
    }
}
