using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Kagari.Query;

/// <summary>One condition of a selector, as <c>pod=~"api-.*"</c>. An absent label reads as the empty string.</summary>
public sealed class LabelMatcher
{
    private readonly Regex? _regex;

    private LabelMatcher(string name, MatchOperator @operator, string value, Regex? regex)
    {
        Name = name;
        Operator = @operator;
        Value = value;
        _regex = regex;
    }

    /// <summary>The label.</summary>
    public string Name { get; }

    /// <summary>The comparison.</summary>
    public MatchOperator Operator { get; }

    /// <summary>What it is compared with.</summary>
    public string Value { get; }

    /// <summary>A matcher for equality.</summary>
    public static LabelMatcher Equal(string name, string value) => new(name, MatchOperator.Equal, value, null);

    /// <summary>A matcher; false where its regular expression cannot be read.</summary>
    public static bool TryCreate(
        string name, MatchOperator @operator, string value, [NotNullWhen(true)] out LabelMatcher? matcher, [NotNullWhen(false)] out string? error)
    {
        Regex? regex = null;
        error = null;
        matcher = null;
        if (@operator is MatchOperator.Regex or MatchOperator.NotRegex && !Re2.TryCreate(value, anchored: true, out regex, out error)) return false;
        matcher = new LabelMatcher(name, @operator, value, regex);
        return true;
    }

    /// <summary>Whether a label with this value passes.</summary>
    public bool Matches(string value) => Operator switch
    {
        MatchOperator.Equal => value == Value,
        MatchOperator.NotEqual => value != Value,
        MatchOperator.Regex => _regex!.IsMatch(value),
        _ => !_regex!.IsMatch(value),
    };

    /// <inheritdoc/>
    public override string ToString()
    {
        var sign = Operator switch
        {
            MatchOperator.Equal => "=",
            MatchOperator.NotEqual => "!=",
            MatchOperator.Regex => "=~",
            _ => "!~",
        };
        return $"{Name}{sign}\"{Value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
    }
}
