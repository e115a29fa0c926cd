using System.Buffers;
using System.Text;

namespace Kagari.Client.Configuration;

/// <summary>
/// Which labels people may give to all profiles. A server refuses a whole series for one bad label, so what not every
/// server of the field takes is left out here, with a warning.
/// </summary>
internal static class LabelRules
{
    /// <summary>The defaults of the server's settings max_label_name_length and max_label_value_length.</summary>
    public const int NameBytesMax = 1024, ValueBytesMax = 2048;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("_.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Removes what cannot be sent and says so.</summary>
    public static void Clean(KagariOptions options, ICollection<ProfilerMessage> messages)
    {
        // Servers may turn dots into underscores; two names that are one then would be refused.
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in options.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).ToArray())
        {
            var problem = Problem(name, value);
            if (problem is null && !taken.TryAdd(Underscored(name), name)) problem = $"is the same as '{taken[Underscored(name)]}' where a server turns dots into underscores";
            if (problem is null) continue;
            options.Labels.Remove(name);
            messages.Add(new(ProfilerSeverity.Warning, $"The label '{name}' {problem}. It is left out (option Labels)."));
        }
    }

    public static string? Problem(string name, string? value)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || name.AsSpan().ContainsAnyExcept(NameCharacters))
            return "has a name that not every server takes; expected letters, digits, '_' and '.', and no digit first";
        if (name.StartsWith("__", StringComparison.Ordinal)) return "starts with two underscores, which only servers may set";
        if (Underscored(name) == "service_name") return "is set by the option ServiceName";
        if (SeriesLabels.Own.Contains(Underscored(name))) return "is set by the profiler itself";
        if (name.Length > NameBytesMax) return $"has a name of {name.Length} bytes; at most {NameBytesMax} are taken";
        if (string.IsNullOrEmpty(value)) return "has no value";
        if (!IsText(value)) return "has a value that is no valid text";
        var bytes = Encoding.UTF8.GetByteCount(value);
        return bytes > ValueBytesMax ? $"has a value of {bytes} bytes; at most {ValueBytesMax} are taken" : null;
    }

    internal static string Underscored(string name) => name.Replace('.', '_');

    /// <summary>Whether no half of a surrogate pair stands alone and nothing was lost before it came here.</summary>
    private static bool IsText(string value)
    {
        foreach (var rune in value.EnumerateRunes())
            if (rune == Rune.ReplacementChar) return false;
        return true;
    }
}
