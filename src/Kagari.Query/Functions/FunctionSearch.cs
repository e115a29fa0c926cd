using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Kagari.Query;

/// <summary>Chooses functions by name: those that contain a text in any case, or that a pattern matches.</summary>
public sealed class FunctionSearch
{
    private readonly string _text;
    private readonly Regex? _pattern;

    private FunctionSearch(string text, Regex? pattern)
    {
        _text = text;
        _pattern = pattern;
    }

    /// <summary>Finds all.</summary>
    public static FunctionSearch All { get; } = new("", null);

    /// <summary>Finds names with this text in them, in upper or lower case. Letters are compared one by one, whatever the culture.</summary>
    public static FunctionSearch Contains(string text) => text.Length == 0 ? All : new FunctionSearch(text, null);

    /// <summary>Finds names that some part of matches (<see cref="Re2"/>, case counts unless the pattern says <c>(?i)</c>).</summary>
    public static bool TryMatch(string pattern, [NotNullWhen(true)] out FunctionSearch? search, [NotNullWhen(false)] out string? error)
    {
        search = Re2.TryCreate(pattern, anchored: false, out var regex, out error) ? new FunctionSearch(pattern, regex) : null;
        return search is not null;
    }

    /// <summary>Whether a name is found.</summary>
    public bool Finds(string name) => _pattern?.IsMatch(name) ?? name.Contains(_text, StringComparison.OrdinalIgnoreCase);

    internal bool FindsAll => _pattern is null && _text.Length == 0;
}
