using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Kagari.Server.Tests.Authentication.Jwt;

/// <summary>A key pair of an issuer.</summary>
internal sealed class SigningKey(string id, string algorithm, RSA? rsa, ECDsa? ec)
{
    public string PublicJson { get; init; } = rsa is not null ? OfRsa(id, rsa) : OfEc(id, ec!);

    public string Id => id;

    public RSA Rsa => rsa!;

    public static SigningKey OfRsa(string id, string algorithm = "RS256", int bits = 2048) => new(id, algorithm, RSA.Create(bits), null);

    public static SigningKey OfEc(string id, string algorithm = "ES256") => new(id, algorithm, null, ECDsa.Create(algorithm switch
    {
        "ES384" => ECCurve.NamedCurves.nistP384,
        "ES512" => ECCurve.NamedCurves.nistP521,
        _ => ECCurve.NamedCurves.nistP256,
    }));

    /// <summary>A token of these claims, in JSON.</summary>
    public string Sign(string claims, string? header = null) => Sign(claims, header, Signature);

    /// <summary>A token with a signature of somebody else's making.</summary>
    public string Sign(string claims, string? header, Func<byte[], byte[]> sign)
    {
        var signed = $"{Encode(header ?? $$"""{"alg":"{{algorithm}}","kid":"{{id}}","typ":"JWT"}""")}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private byte[] Signature(byte[] signed)
    {
        var hash = algorithm[2..] switch
        {
            "256" => HashAlgorithmName.SHA256,
            "384" => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA512,
        };
        if (ec is not null) return ec.SignData(signed, hash);
        return rsa!.SignData(signed, hash, algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
    }

    private static string OfRsa(string id, RSA rsa)
    {
        var p = rsa.ExportParameters(includePrivateParameters: false);
        return $$"""{"kty":"RSA","use":"sig","kid":"{{id}}","n":"{{Base64Url.EncodeToString(p.Modulus)}}","e":"{{Base64Url.EncodeToString(p.Exponent)}}"}""";
    }

    private static string OfEc(string id, ECDsa ec)
    {
        var p = ec.ExportParameters(includePrivateParameters: false);
        var curve = ec.KeySize switch { 256 => "P-256", 384 => "P-384", _ => "P-521" };
        return $$"""{"kty":"EC","kid":"{{id}}","crv":"{{curve}}","x":"{{Base64Url.EncodeToString(p.Q.X)}}","y":"{{Base64Url.EncodeToString(p.Q.Y)}}"}""";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
