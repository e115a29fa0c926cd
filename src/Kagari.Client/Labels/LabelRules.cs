using System.Buffers;
using System.Text;
using Kagari.Profiles;

namespace Kagari.Client;

/// <summary>Which labels a program may put on its samples. A server refuses whole profiles for one wrong label, so nothing wrong leaves.</summary>
internal static class LabelRules
{
    /// <summary>Labels of one sample: servers of the field take 30 for a series, and some are ours.</summary>
    public const int CountMax = 16;

    /// <summary>Bytes of a name in UTF-8, the default limit of the field's servers.</summary>
    public const int NameBytesMax = 1024;

    /// <summary>Bytes of a value in UTF-8, the default limit of the field's servers.</summary>
    public const int ValueBytesMax = 2048;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>The name as it is sent: dots become underscores, as servers have it.</summary>
    /// <exception cref="ArgumentException">The name is not one of a label, or it means something else.</exception>
    public static string Name(string? name)
    {
        if (string.IsNullOrEmpty(name)) throw Refused(name, "it is empty");
        if (name.Length > NameBytesMax) throw Refused(name[..64] + "…", $"it has {name.Length} characters; the limit is {NameBytesMax}");
        if (char.IsAsciiDigit(name[0])) throw Refused(name, "it begins with a digit");
        var sent = name.Contains('.') ? name.Replace('.', '_') : name;
        if (sent.AsSpan().ContainsAnyExcept(NameCharacters)) throw Refused(name, "only letters, digits, '_' and '.' of ASCII are allowed");
        if (IsReserved(sent)) throw Refused(name, "it is reserved: names with two underscores at the beginning, service_name, span_id, span_name, trace_id, profile_id and pyroscope_spy are set by the profiler");
        return sent;
    }

    /// <summary>The nearest name that is allowed; null where there is none. For programs written for another client, which took any name.</summary>
    public static string? NearestName(string? name)
    {
        if (string.IsNullOrEmpty(name)) return null;
        var text = new StringBuilder(name.Length + 1);
        if (char.IsAsciiDigit(name[0])) text.Append('_');
        foreach (var c in name.AsSpan(0, Math.Min(name.Length, NameBytesMax - 1))) text.Append(NameCharacters.Contains(c) ? c : '_');
        var nearest = text.ToString();
        return IsReserved(nearest) ? null : nearest;
    }

    /// <summary>The value as it is sent: at most <see cref="ValueBytesMax"/> bytes, and well-formed.</summary>
    public static string Value(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        // Three bytes are the most that one UTF-16 unit takes.
        if (value.Length <= ValueBytesMax / 3 && !value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !value.Contains('\uFFFD')) return value;
        var text = new StringBuilder(Math.Min(value.Length, ValueBytesMax));
        var bytes = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            // What is not well-formed arrives here as U+FFFD, and servers refuse that.
            var kept = rune == Rune.ReplacementChar ? new Rune('?') : rune;
            bytes += kept.Utf8SequenceLength;
            if (bytes > ValueBytesMax) break;
            text.Append(kept);
        }
        return text.ToString();
    }

    private static bool IsReserved(string name) =>
        name.StartsWith("__", StringComparison.Ordinal)
        || name is LabelNames.ServiceName or LabelNames.SpanId or LabelNames.TraceId or LabelNames.ProfileId or LabelNames.Spy or "span_name";

    private static ArgumentException Refused(string? name, string why) => new($"'{name}' is no name of a label: {why}.", nameof(name));
}
