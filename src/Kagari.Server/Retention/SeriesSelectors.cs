using System.Diagnostics.CodeAnalysis;
using Kagari.Profiles;
using Kagari.Query;

namespace Kagari.Server.Retention;

/// <summary>Selectors of retention and deletion: <c>{service_name="cart"}</c>, a profile type with or without braces.</summary>
internal static class SeriesSelectors
{
    /// <summary>Reads a selector. A name with colons, as in <c>memory:inuse_space:bytes:space:bytes{}</c>, is a profile type.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Selector? selector, [NotNullWhen(false)] out string? error)
    {
        if (!SelectorParser.TryParse(text, out selector, out error)) return false;
        var matchers = new List<LabelMatcher>();
        foreach (var matcher in selector.Matchers)
        {
            var isType = matcher is { Name: LabelNames.Name, Operator: MatchOperator.Equal } && matcher.Value.Contains(':');
            if (isType && !ProfileTypeId.TryParse(matcher.Value, out _, out error)) return false;
            matchers.Add(isType ? LabelMatcher.Equal(LabelNames.ProfileType, matcher.Value) : matcher);
        }
        selector = new Selector(matchers);
        return true;
    }
}
