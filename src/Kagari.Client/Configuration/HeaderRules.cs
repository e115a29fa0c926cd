using System.Buffers;

namespace Kagari.Client.Configuration;

/// <summary>What a header of a request may look like (RFC 9110 §5): anything else could not be sent.</summary>
internal static class HeaderRules
{
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>What is wrong with the first header that cannot be sent, or null. Values may be secrets and are not told.</summary>
    public static string? Check(KagariOptions options)
    {
        foreach (var (name, value) in options.Headers)
            if (Problem(name, value) is { } problem) return problem;
        return null;
    }

    public static string? Problem(string name, string? value)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(Token)) return $"has the header name '{name}'; expected letters, digits and !#$%&'*+-.^_`|~";
        if (value is null || value.AsSpan().ContainsAnyExceptInRange(' ', '~')) return $"has a value for the header '{name}' with control characters or others than ASCII, or none; expected printable ASCII";
        // They are what the request is made of: another value would break it, not extend it.
        if (name.ToUpperInvariant() is "CONTENT-LENGTH" or "TRANSFER-ENCODING" or "CONTENT-TYPE" or "CONTENT-ENCODING")
            return $"has the header '{name}', which describes the upload itself; expected another";
        return null;
    }
}
