using Kagari.Profiles;
using Kagari.Query;

namespace Kagari.Server.Profefe;

/// <summary>The types of profefe and the families of profiles that they stand for here.</summary>
/// <remarks>
/// A profile keeps its type in its family (<c>__name__</c>), so that profiles of other clients have one too: what profefe
/// has no name for is <c>other</c>.
/// </remarks>
internal static class ProfefeType
{
    public const string Other = "other", Trace = "trace";

    /// <summary>The first family is the one that a posted profile gets.</summary>
    private static readonly (string Type, string[] Families)[] Types =
    [
        ("cpu", ["process_cpu"]),
        ("heap", ["memory", "heap"]),
        ("block", ["block"]),
        ("mutex", ["mutex"]),
        ("goroutine", ["goroutine", "goroutines"]),
        ("threadcreate", ["threadcreate"]),
    ];

    public static bool IsKnown(string type) => type is Other or Trace || Types.Any(t => t.Type == type);

    /// <summary>The family of a posted profile.</summary>
    public static string FamilyOf(string type) => Types.FirstOrDefault(t => t.Type == type) is { Families: { } families } ? families[0] : Other;

    /// <summary>The type of a stored profile.</summary>
    public static string OfFamily(string family) => Types.FirstOrDefault(t => t.Families.Contains(family, StringComparer.Ordinal)).Type ?? Other;

    /// <summary>Selects the families of a type.</summary>
    public static LabelMatcher Matcher(string type)
    {
        var (sign, families) = type == Other
            ? (MatchOperator.NotRegex, Types.SelectMany(t => t.Families))
            : (MatchOperator.Regex, Types.First(t => t.Type == type).Families);
        // Names of the table above: they are their own patterns.
        return LabelMatcher.TryCreate(LabelNames.Name, sign, string.Join('|', families), out var matcher, out var error)
            ? matcher : throw new InvalidOperationException($"BUG: the families of '{type}' make no selector: {error}");
    }
}
