using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Wire.Settings;

namespace Kagari.Server.RecordingRules;

/// <summary>What makes a recording rule valid: those of the API and those of the configuration.</summary>
internal static partial class RuleChecks
{
    /// <summary>What the name of every recorded metric begins with.</summary>
    public const string MetricPrefix = "profiles_recorded_";

    /// <summary>The label that tells the metrics of two rules apart.</summary>
    public const string RuleIdLabel = "profiles_rule_id";

    /// <summary>Rules are kept whole in memory while they are evaluated; nobody writes one so long.</summary>
    private const int CharactersMax = 16 << 10;

    /// <summary>Checks a rule; false with a sentence that names what is wrong.</summary>
    public static bool TryCompile(RecordingRule rule, [NotNullWhen(true)] out CompiledRule? compiled, [NotNullWhen(false)] out string? error)
    {
        compiled = null;
        error = CheckTexts(rule) ?? CheckLabels(rule);
        if (error is not null || !TrySelector(rule.Matchers, out var selector, out var type, out error)) return false;
        if (rule.StacktraceFilter?.FunctionName is { } function)
        {
            if (function.FunctionName.Length == 0) error = "stacktrace_filter.function_name.function_name is empty; expected the name of a function";
            else if (function.MetricType != MetricType.Total) error = $"stacktrace_filter.function_name.metric_type {(int)function.MetricType} is not known; known: TOTAL";
            if (error is not null) return false;
        }
        var shown = rule.Clone();
        shown.ProfileType = type;
        var filter = rule.StacktraceFilter?.FunctionName is { } name ? new StackFilter { IncludeNames = [name.FunctionName] } : StackFilter.None;
        compiled = new CompiledRule(shown, selector, filter);
        return true;
    }

    private static string? CheckTexts(RecordingRule rule)
    {
        if (rule.Id.Length > 0 && !IdForm().IsMatch(rule.Id)) return $"id '{Cut(rule.Id)}' must be letters only ([a-zA-Z]+); leave it empty to get one";
        if (rule.Generation < 0) return $"generation {rule.Generation} is negative; expected that of the rule as it was read, or 0";
        if (rule.MetricName.Length == 0) return $"metric_name is missing; expected a name that begins with {MetricPrefix}";
        if (!MetricForm().IsMatch(rule.MetricName)) return $"metric_name '{Cut(rule.MetricName)}' is no name of a metric ([a-zA-Z_:][a-zA-Z0-9_:]*)";
        if (!rule.MetricName.StartsWith(MetricPrefix, StringComparison.Ordinal)) return $"metric_name '{Cut(rule.MetricName)}' must begin with {MetricPrefix}";
        var characters = rule.MetricName.Length + rule.Id.Length + rule.Matchers.Sum(m => m.Length) + rule.GroupBy.Sum(g => g.Length)
            + rule.ExternalLabels.Sum(l => l.Name.Length + l.Value.Length) + (rule.StacktraceFilter?.FunctionName?.FunctionName.Length ?? 0);
        return characters > CharactersMax ? $"the rule has {characters} characters; the limit is {CharactersMax}" : null;
    }

    private static string? CheckLabels(RecordingRule rule)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (field, name) in rule.GroupBy.Select(g => ("group_by", g)).Concat(rule.ExternalLabels.Select(l => ("external_labels", l.Name))))
        {
            if (!LabelForm().IsMatch(name)) return $"{field}: '{Cut(name)}' is no name of a label in Prometheus ([a-zA-Z_][a-zA-Z0-9_]*)";
            if (name is LabelNames.Name or RuleIdLabel) return $"{field}: '{name}' is set by the server";
            if (!seen.Add(name)) return $"{field}: '{name}' is named twice";
        }
        return null;
    }

    /// <summary>Whether braces are around the matchers, with a name in front or without: a value may have braces too.</summary>
    private static bool HasBraces(string text) =>
        text.IndexOf('{') is var brace and >= 0 && text.AsSpan(0, brace).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_: ") < 0;

    private static bool TrySelector(IEnumerable<string> texts, [NotNullWhen(true)] out Selector? selector, out string type, [NotNullWhen(false)] out string? error)
    {
        selector = Selector.All;
        type = "";
        error = null;
        foreach (var text in texts)
        {
            // Braces may be left out, as in the matchers of Prometheus' own API.
            var whole = HasBraces(text) ? text : "{" + text + "}";
            if (!SelectorParser.TryParse(whole, out var own, out error))
            {
                error = $"matchers: {error}";
                return false;
            }
            selector = selector.And(own);
        }
        var types = selector.Matchers.Where(m => m is { Name: LabelNames.ProfileType, Operator: MatchOperator.Equal }).Select(m => m.Value).ToList();
        if (types.Count != 1) error = $"matchers have {types.Count} equality matchers for {LabelNames.ProfileType}; expected one, as {{{LabelNames.ProfileType}=\"process_cpu:cpu:nanoseconds:cpu:nanoseconds\"}}";
        else if (!ProfileTypeId.TryParse(type = types[0], out _, out var wrong)) error = $"matchers: {LabelNames.ProfileType}: {wrong}";
        return error is null;
    }

    private static string Cut(string text) => text.Length <= 100 ? text : text[..100] + "…";

    [GeneratedRegex("^[a-zA-Z]+\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IdForm();

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetricForm();

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelForm();
}
