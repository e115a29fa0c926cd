using System.Diagnostics.CodeAnalysis;
using Kagari.Server.Limits;
using Kagari.Server.Retention;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration.Values;

/// <summary>A list of <c>{selector: …, period: …}</c>; as flag or variable the same in one line (JSON works).</summary>
internal sealed class RetentionRulesKind() : RulesKind<RetentionLimit>("retention rules", "[{selector: '{service_name=\"cart\"}', period: 30d}]")
{
    private static readonly string[] Keys = ["selector", "period"];
    private static readonly DurationKind Period = new();

    protected override string FormatRule(RetentionLimit rule) =>
        $"{{\"selector\": {YamlText.Quote(rule.Selector.ToString())}, \"period\": {YamlText.Quote(Period.Format(rule.Period))}}}";

    protected override bool TryReadRule(YamlMappingNode mapping, [NotNullWhen(true)] out RetentionLimit? rule, [NotNullWhen(false)] out string? error)
    {
        rule = null;
        Query.Selector? selector = null;
        TimeSpan? period = null;
        foreach (var (keyNode, value) in mapping.Children)
        {
            if (!TryKeyOf(keyNode, Keys, out var key, out error)) return false;
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
