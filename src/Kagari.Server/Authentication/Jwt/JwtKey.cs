using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;

namespace Kagari.Server.Authentication.Jwt;

/// <summary>A public key of an issuer (RFC 7517, RFC 7518 §6).</summary>
internal sealed class JwtKey
{
    /// <summary>Smaller moduli are no protection any more, larger ones cost more to check than they give.</summary>
    private const int RsaBytesMin = 256, RsaBytesMax = 1024, ExponentBytesMax = 8;

    private readonly RSAParameters _rsa;
    private readonly ECParameters _ec;

    private JwtKey(string? id, string? algorithm, RSAParameters rsa) => (Id, Type, Algorithm, _rsa) = (id, "RSA", algorithm, rsa);

    private JwtKey(string? id, string? algorithm, string curve, ECParameters ec) => (Id, Type, Algorithm, Curve, _ec) = (id, "EC", algorithm, curve, ec);

    /// <summary>As tokens name it; null where it has no name.</summary>
    public string? Id { get; }

    private string Type { get; }

    private string? Curve { get; }

    /// <summary>The only way in which it signs, where it says so.</summary>
    private string? Algorithm { get; }

    /// <summary>Whether the issuer may have signed in this way with it.</summary>
    public bool Fits(JwtAlgorithm algorithm) =>
        Type == algorithm.KeyType && Curve == algorithm.Curve && (Algorithm is null || Algorithm == algorithm.Name);

    /// <summary>Checks a signature. The key is imported each time, since its objects are no good for several threads.</summary>
    public bool Verifies(JwtAlgorithm algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        try
        {
            if (Type == "EC")
            {
                using var ec = ECDsa.Create(_ec);
                return ec.VerifyData(signed, signature, algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            }
            using var rsa = RSA.Create(_rsa);
            return rsa.VerifyData(signed, signature, algorithm.Hash, algorithm.IsPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Reads a key; false with the reason for those that are not for us.</summary>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out JwtKey? key, [NotNullWhen(false)] out string? error)
    {
        key = null;
        error = "is no object";
        if (json.ValueKind != JsonValueKind.Object) return false;
        var (id, algorithm) = (Text(json, "kid"), Text(json, "alg"));
        if (Text(json, "use") is { } use && use != "sig") error = $"is for '{use}', not for signatures";
        else if (algorithm is not null && JwtAlgorithm.Find(algorithm) is null) error = $"is for '{algorithm}', which is not supported";
        else
            switch (Text(json, "kty"))
            {
                case "RSA": TryReadRsa(json, id, algorithm, out key, out error); break;
                case "EC": TryReadEc(json, id, algorithm, out key, out error); break;
                default: error = "has a type that is not supported"; break;
            }
        return key is not null;
    }

    private static void TryReadRsa(JsonElement json, string? id, string? algorithm, out JwtKey? key, out string? error)
    {
        key = null;
        error = null;
        var (n, e) = (Bytes(json, "n"), Bytes(json, "e"));
        if (n is null || e is null) error = "has no n and e in base64url";
        else if (n.Length is < RsaBytesMin or > RsaBytesMax || e.Length is 0 or > ExponentBytesMax) error = $"has a modulus of {8 * n.Length} bits; expected {8 * RsaBytesMin} to {8 * RsaBytesMax}";
        else key = Try(() => RSA.Create(new RSAParameters { Modulus = n, Exponent = e }), ref error) ? new JwtKey(id, algorithm, new RSAParameters { Modulus = n, Exponent = e }) : null;
    }

    private static void TryReadEc(JsonElement json, string? id, string? algorithm, out JwtKey? key, out string? error)
    {
        key = null;
        error = null;
        var curve = Text(json, "crv");
        (ECCurve Curve, int Bytes) known = curve switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, 32),
            "P-384" => (ECCurve.NamedCurves.nistP384, 48),
            "P-521" => (ECCurve.NamedCurves.nistP521, 66),
            _ => default,
        };
        var (x, y) = (Bytes(json, "x"), Bytes(json, "y"));
        if (known.Bytes == 0) error = "has a curve that is not supported";
        else if (x?.Length != known.Bytes || y?.Length != known.Bytes) error = $"has no x and y of {known.Bytes} bytes in base64url";
        else
        {
            var parameters = new ECParameters { Curve = known.Curve, Q = new ECPoint { X = x, Y = y } };
            // The import checks that the point lies on the curve.
            key = Try(() => ECDsa.Create(parameters), ref error) ? new JwtKey(id, algorithm, curve!, parameters) : null;
        }
    }

    private static bool Try(Func<IDisposable> import, ref string? error)
    {
        try
        {
            import().Dispose();
            return true;
        }
        catch (CryptographicException e)
        {
            error = $"cannot be used: {e.Message}";
            return false;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement json, string name)
    {
        if (Text(json, name) is not { } text || text.Length > 4 * RsaBytesMax) return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out _, out var length) == System.Buffers.OperationStatus.Done ? bytes[..length] : null;
    }
}
