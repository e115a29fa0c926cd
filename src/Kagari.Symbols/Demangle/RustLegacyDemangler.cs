using System.Globalization;
using System.Text;

namespace Kagari.Symbols;

/// <summary>Names of Rust as mangled up to 2025: those of C++ with escapes, and a hash at the end.</summary>
internal static class RustLegacyDemangler
{
    private const int HashChars = 17;

    /// <param name="name">Starts with <c>_ZN</c>.</param>
    /// <returns>Null where it is not of Rust.</returns>
    public static string? TryDemangle(ReadOnlySpan<char> name)
    {
        var at = 3;
        var parts = new List<Range>();
        while (at < name.Length && char.IsAsciiDigit(name[at]))
        {
            var length = 0;
            for (; at < name.Length && char.IsAsciiDigit(name[at]) && length < 1 << 20; at++) length = (length * 10) + (name[at] - '0');
            if (length == 0 || length > name.Length - at) return null;
            parts.Add(at..(at + length));
            at += length;
        }
        if (parts.Count < 2 || at >= name.Length || name[at] != 'E' || !IsHash(name[parts[^1]])) return null;
        // What optimizers append (.llvm.123, .0) is left out, so that all copies of a function are one.
        if (at + 1 < name.Length && name[at + 1] != '.') return null;
        var text = new StringBuilder();
        for (var i = 0; i < parts.Count - 1; i++)
        {
            if (i > 0) text.Append("::");
            if (!TryUnescape(name[parts[i]], text)) return null;
        }
        return text.ToString();
    }

    private static bool IsHash(ReadOnlySpan<char> part)
    {
        if (part.Length != HashChars || part[0] != 'h') return false;
        foreach (var c in part[1..]) if (!char.IsAsciiHexDigitLower(c)) return false;
        return true;
    }

    private static bool TryUnescape(ReadOnlySpan<char> part, StringBuilder text)
    {
        // What starts with an escape has an underscore before it, to be a name in C.
        if (part.StartsWith("_$")) part = part[1..];
        while (!part.IsEmpty)
        {
            if (part.StartsWith(".."))
            {
                text.Append("::");
                part = part[2..];
            }
            else if (part[0] == '$')
            {
                var end = part[1..].IndexOf('$');
                if (end < 0 || Escaped(part.Slice(1, end)) is not { } escaped) return false;
                text.Append(escaped);
                part = part[(end + 2)..];
            }
            else
            {
                text.Append(part[0]);
                part = part[1..];
            }
        }
        return true;
    }

    private static string? Escaped(ReadOnlySpan<char> code) => code switch
    {
        "SP" => "@",
        "BP" => "*",
        "RF" => "&",
        "LT" => "<",
        "GT" => ">",
        "LP" => "(",
        "RP" => ")",
        "C" => ",",
        _ => code.Length is > 1 and <= 7 && code[0] == 'u' && int.TryParse(code[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && Rune.IsValid(value) && value >= 0x20
            ? new Rune(value).ToString() : null,
    };
}
