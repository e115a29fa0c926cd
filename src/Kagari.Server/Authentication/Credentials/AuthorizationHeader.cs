using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Kagari.Server.Authentication.Credentials;

/// <summary>What stands in <c>Authorization</c>: Basic (RFC 7617) or Bearer (RFC 6750).</summary>
/// <param name="User">Null with Bearer.</param>
/// <param name="Secret">The password, or the token.</param>
internal sealed record AuthorizationHeader(string? User, string Secret)
{
    /// <summary>Longer headers are nobody's credentials; tokens of identity providers have some kilobytes.</summary>
    public const int LengthMax = 16 << 10;

    // Bytes that are no UTF-8 must not become other bytes' replacement characters.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a header. Errors name the form, never the content.</summary>
    public static bool TryRead(string header, [NotNullWhen(true)] out AuthorizationHeader? read, [NotNullWhen(false)] out string? error)
    {
        read = null;
        if (header.Length > LengthMax)
        {
            error = $"The Authorization header has {header.Length} characters; the limit is {LengthMax}.";
            return false;
        }
        var text = header.AsSpan().Trim(' ');
        var blank = text.IndexOf(' ');
        var scheme = blank < 0 ? text : text[..blank];
        var rest = blank < 0 ? [] : text[blank..].TrimStart(' ');
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            error = rest.IsEmpty ? "The Bearer credentials are empty; expected a token."
                : rest.ContainsAnyExceptInRange('!', '~') ? "The Bearer credentials hold characters that no token has."
                : null;
            if (error is null) read = new AuthorizationHeader(null, rest.ToString());
        }
        else if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)) TryReadBasic(rest, out read, out error);
        else error = "The Authorization header is neither Basic nor Bearer.";
        return read is not null;
    }

    private static void TryReadBasic(ReadOnlySpan<char> rest, out AuthorizationHeader? read, out string? error)
    {
        read = null;
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(rest.Length)];
        if (!Convert.TryFromBase64Chars(rest, bytes, out var length))
        {
            error = "The Basic credentials are no base64.";
            return;
        }
        try
        {
            var pair = Utf8.GetString(bytes.AsSpan(0, length));
            var colon = pair.IndexOf(':');
            error = colon < 0 ? "The Basic credentials have no ':' between user and password."
                : pair.Any(char.IsControl) ? "The Basic credentials hold control characters."
                : null;
            if (error is null) read = new AuthorizationHeader(pair[..colon], pair[(colon + 1)..]);
        }
        catch (DecoderFallbackException)
        {
            error = "The Basic credentials are no UTF-8.";
        }
    }
}
