using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Kagari.Server.Authentication.Jwt;

/// <summary>The public keys of an issuer (RFC 7517 §5).</summary>
internal sealed class JwtKeySet(IReadOnlyList<JwtKey> keys)
{
    /// <summary>A token without a key's name tries all that fit; no issuer has as many.</summary>
    private const int KeysMax = 100;

    public static JwtKeySet Empty { get; } = new([]);

    public int Count => keys.Count;

    /// <summary>Keys that may have signed a token which names this key, or none.</summary>
    public IEnumerable<JwtKey> For(string? id, JwtAlgorithm algorithm) => keys.Where(k => (id is null || k.Id == id) && k.Fits(algorithm));

    /// <summary>Whether a key has this name, whatever it fits.</summary>
    public bool Has(string? id) => id is null ? keys.Count > 0 : keys.Any(k => k.Id == id);

    /// <summary>Reads <c>{"keys": […]}</c>. Keys that are not for us are left out; none that is for us is an error.</summary>
    public static bool TryRead(string json, [NotNullWhen(true)] out JwtKeySet? set, [NotNullWhen(false)] out string? error)
    {
        set = null;
        error = "no JSON object that can be read";
        if (!SoundJson.TryReadObject(Encoding.UTF8.GetBytes(json), out var root)) return false;
        error = "no \"keys\"";
        if (!root.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array) return false;
        error = $"{list.GetArrayLength()} keys; the limit is {KeysMax}";
        if (list.GetArrayLength() > KeysMax) return false;
        var read = new List<JwtKey>();
        var left = new List<string>();
        foreach (var (index, element) in list.EnumerateArray().Index())
        {
            if (JwtKey.TryRead(element, out var key, out var problem)) read.Add(key);
            else left.Add($"key {index + 1} {problem}");
        }
        error = left.Count == 0 ? "no keys" : string.Join("; ", left);
        if (read.Count > 0) set = new JwtKeySet(read);
        return set is not null;
    }
}
