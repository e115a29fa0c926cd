using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Kagari.Server.Authentication.Credentials;

/// <summary>Tokens of the file of credentials.</summary>
/// <remarks>They are long and random, so a fast hash without a salt keeps them secret: nobody tries 2^256 of them.</remarks>
public static class AccessToken
{
    /// <summary>What tokens begin with, so that scanners of repositories find those that leaked.</summary>
    public const string Prefix = "kgr_";

    private const int RandomBytes = 32;

    /// <summary>A new token.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>What the file keeps of a token: SHA-256, in small hexadecimal digits.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(Digest(token));

    internal static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
