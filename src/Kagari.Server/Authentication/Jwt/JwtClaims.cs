using System.Text.Json;

namespace Kagari.Server.Authentication.Jwt;

/// <summary>Reads claims of a token whose signature was checked.</summary>
internal static class JwtClaims
{
    private const int TextsMax = 1000;

    /// <summary>A claim by its name; else, with dots, a claim within claims, as <c>realm_access.roles</c>.</summary>
    public static JsonElement? Find(JsonElement claims, string name)
    {
        if (claims.TryGetProperty(name, out var found)) return found;
        foreach (var part in name.Split('.'))
        {
            if (claims.ValueKind != JsonValueKind.Object || !claims.TryGetProperty(part, out found)) return null;
            claims = found;
        }
        return found;
    }

    /// <summary>The texts of a claim: a list, or one text that may be cut at blanks. Null where it is missing.</summary>
    public static List<string>? Texts(JsonElement claims, string name, bool isCut)
    {
        if (Find(claims, name) is not { } claim) return null;
        return claim.ValueKind switch
        {
            JsonValueKind.String when isCut => [.. claim.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            JsonValueKind.String => [claim.GetString()!],
            JsonValueKind.Array => [.. claim.EnumerateArray().Take(TextsMax).Where(c => c.ValueKind == JsonValueKind.String).Select(c => c.GetString()!)],
            _ => [],
        };
    }

    /// <summary>Seconds since 1970, which may have a fraction (RFC 7519 §2).</summary>
    public static double? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.Number && claim.TryGetDouble(out var seconds) && double.IsFinite(seconds) ? seconds : null;

    public static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;
}
