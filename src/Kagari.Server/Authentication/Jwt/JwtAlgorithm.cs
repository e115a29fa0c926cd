using System.Security.Cryptography;

namespace Kagari.Server.Authentication.Jwt;

/// <summary>A way to sign that is taken (RFC 7518 §3): asymmetric ones only.</summary>
/// <remarks>
/// The way belongs to the kind of key, so a key's public part can never serve as the secret of an HMAC, and <c>none</c> is no way
/// at all. EdDSA is missing because the runtime has no Ed25519.
/// </remarks>
/// <param name="Name">As in <c>alg</c>.</param>
/// <param name="KeyType">As in <c>kty</c> of keys.</param>
/// <param name="Hash">What is signed.</param>
/// <param name="Curve">As in <c>crv</c> of keys; null with RSA.</param>
/// <param name="IsPss">RSA's newer padding.</param>
internal sealed record JwtAlgorithm(string Name, string KeyType, HashAlgorithmName Hash, string? Curve, bool IsPss)
{
    private static readonly JwtAlgorithm[] All =
    [
        new("RS256", "RSA", HashAlgorithmName.SHA256, null, IsPss: false),
        new("RS384", "RSA", HashAlgorithmName.SHA384, null, IsPss: false),
        new("RS512", "RSA", HashAlgorithmName.SHA512, null, IsPss: false),
        new("PS256", "RSA", HashAlgorithmName.SHA256, null, IsPss: true),
        new("PS384", "RSA", HashAlgorithmName.SHA384, null, IsPss: true),
        new("PS512", "RSA", HashAlgorithmName.SHA512, null, IsPss: true),
        new("ES256", "EC", HashAlgorithmName.SHA256, "P-256", IsPss: false),
        new("ES384", "EC", HashAlgorithmName.SHA384, "P-384", IsPss: false),
        new("ES512", "EC", HashAlgorithmName.SHA512, "P-521", IsPss: false),
    ];

    /// <summary>The names, for errors.</summary>
    public static string Known { get; } = string.Join(", ", All.Select(a => a.Name));

    /// <summary>The algorithm of a name; names are case-sensitive.</summary>
    public static JwtAlgorithm? Find(string name) => Array.Find(All, a => a.Name == name);
}
