using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Kagari.Server.Authentication.Jwt;

/// <summary>A signed token (RFC 7519 in the compact form of RFC 7515), taken apart and not believed yet.</summary>
internal sealed class JsonWebToken
{
    private JsonWebToken(string algorithm, string? keyId, JsonElement claims, byte[] signed, byte[] signature) =>
        (Algorithm, KeyId, Claims, Signed, Signature) = (algorithm, keyId, claims, signed, signature);

    public string Algorithm { get; }

    public string? KeyId { get; }

    public JsonElement Claims { get; }

    /// <summary>The bytes that the signature is of.</summary>
    public byte[] Signed { get; }

    public byte[] Signature { get; }

    /// <summary>Whether a text has the shape of one, so that other tokens are not called broken ones.</summary>
    public static bool HasShape(string text) => text.AsSpan().Count('.') == 2;

    /// <summary>Takes a token apart. Errors name the part, never the content.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out JsonWebToken? token, [NotNullWhen(false)] out string? error)
    {
        token = null;
        var parts = text.Split('.');
        if (parts.Length != 3)
        {
            error = "has no three parts";
            return false;
        }
        if (!TryDecode(parts[0], out var header) || !TryDecode(parts[1], out var payload) || !TryDecode(parts[2], out var signature))
        {
            error = "is no base64url";
            return false;
        }
        if (!SoundJson.TryReadObject(header, out var head) || !SoundJson.TryReadObject(payload, out var claims))
        {
            error = "is no JSON object, or has a name twice";
            return false;
        }
        var algorithm = Text(head, "alg");
        error = algorithm is null ? "names no algorithm"
            // RFC 7515 §4.1.11: what must be understood and is not makes it invalid. Nothing of that kind is understood here.
            : head.TryGetProperty("crit", out _) ? "holds extensions that must be understood"
            : head.TryGetProperty("kid", out var kid) && kid.ValueKind != JsonValueKind.String ? "names its key by something else than a text"
            : null;
        if (error is null) token = new JsonWebToken(algorithm!, Text(head, "kid"), claims, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature);
        return token is not null;
    }

    private static bool TryDecode(string part, out byte[] bytes)
    {
        bytes = [];
        // The decoder skips white space, of which a token has none.
        if (part.Length == 0 || part.AsSpan().ContainsAnyExceptInRange('!', '~') || part.Contains('=')) return false;
        bytes = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        if (Base64Url.DecodeFromChars(part, bytes, out _, out var length) != OperationStatus.Done) return false;
        Array.Resize(ref bytes, length);
        return true;
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
