using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Kagari.Server.Rpc;

/// <summary>A parser of <c>Accept</c> values: media ranges with parameters (RFC 9110 §12.5.1, §5.6).</summary>
/// <remarks>
/// Laxer than the RFC where real clients are: a range may lack its subtype (Java sends <c>*; q=.2</c>), list elements
/// may be empty, a parameter list may end in a semicolon.
/// </remarks>
internal static class AcceptHeader
{
    private const string Utf8LabelNames = "allow-utf8-labelnames";

    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool TryParse(string? header, out bool allowsUtf8LabelNames, [NotNullWhen(false)] out string? error)
    {
        allowsUtf8LabelNames = false;
        error = null;
        var rest = header.AsSpan();
        while (true)
        {
            rest = rest.TrimStart(" \t,");
            if (rest.IsEmpty) return true;
            if (!TrySkipRange(ref rest)) return Fail("expected a media type", header!, rest, out error);
            while (TrySkip(ref rest, ';'))
            {
                rest = rest.TrimStart(" \t");
                if (rest.IsEmpty || rest[0] is ',' or ';') continue;
                var name = TakeToken(ref rest);
                if (name.IsEmpty || !TrySkip(ref rest, '=')) return Fail("expected name=value after ';'", header!, rest, out error);
                if (!TryTakeValue(ref rest, out var value)) return Fail("expected a value after '='", header!, rest, out error);
                if (name.Equals(Utf8LabelNames, StringComparison.OrdinalIgnoreCase) && value.Equals("true", StringComparison.OrdinalIgnoreCase))
                    allowsUtf8LabelNames = true;
            }
            if (!rest.IsEmpty && rest[0] != ',') return Fail("expected ',' or ';'", header!, rest, out error);
        }
    }

    private static bool TrySkipRange(ref ReadOnlySpan<char> rest)
    {
        if (TakeToken(ref rest).IsEmpty) return false;
        var subtype = rest.TrimStart(" \t");
        if (subtype.IsEmpty || subtype[0] != '/')
        {
            rest = subtype;
            return true;
        }
        rest = subtype[1..];
        if (TakeToken(ref rest).IsEmpty) return false;
        rest = rest.TrimStart(" \t");
        return true;
    }

    private static bool TryTakeValue(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> value)
    {
        if (rest.IsEmpty || rest[0] != '"')
        {
            value = TakeToken(ref rest);
            rest = rest.TrimStart(" \t");
            return !value.IsEmpty;
        }
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '\\') i++;
            else if (rest[i] == '"')
            {
                // Escapes stay as they are: the one value we look for has none.
                value = rest[1..i];
                rest = rest[(i + 1)..].TrimStart(" \t");
                return true;
            }
        }
        value = default;
        return false;
    }

    private static ReadOnlySpan<char> TakeToken(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyExcept(TokenChars);
        var token = end < 0 ? rest : rest[..end];
        rest = rest[token.Length..];
        return token;
    }

    private static bool TrySkip(ref ReadOnlySpan<char> rest, char c)
    {
        if (rest.IsEmpty || rest[0] != c) return false;
        rest = rest[1..];
        return true;
    }

    private static bool Fail(string expected, string header, ReadOnlySpan<char> rest, out string error)
    {
        error = $"Accept is '{header}'; {expected} at character {header.Length - rest.Length}";
        return false;
    }
}
