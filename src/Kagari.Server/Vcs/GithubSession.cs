using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kagari.Server.Rpc;

namespace Kagari.Server.Vcs;

/// <summary>The token of a person at GitHub, which the person keeps: encrypted for the server and a tenant, in a cookie.</summary>
/// <remarks>
/// <code>
/// cookie  base64( {"token": base64( nonce 12 │ AES-256-GCM( {"access_token":…,"token_type":…,"refresh_token":…,"expiry":…} ) │ tag 16 )} )
/// key     SHA-256( SECRET ":" TENANT )
/// </code>
/// The form of the peer, so that people stay logged in when a server is replaced by the other.
/// </remarks>
/// <param name="AccessToken">For requests to GitHub.</param>
/// <param name="RefreshToken">For a new one.</param>
/// <param name="Expiry">When the first ends.</param>
internal sealed record GithubSession(string AccessToken, string RefreshToken, DateTimeOffset Expiry)
{
    public const string CookieName = "pyroscope_git_session";

    private const int NonceBytes = 12, TagBytes = 16;

    /// <summary>The value of the cookie.</summary>
    public string Encode(string secret, string tenant)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new { access_token = AccessToken, token_type = "bearer", refresh_token = RefreshToken, expiry = Expiry });
        var sealedToken = new byte[NonceBytes + json.Length + TagBytes];
        RandomNumberGenerator.Fill(sealedToken.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(KeyOf(secret, tenant), TagBytes);
        aes.Encrypt(sealedToken.AsSpan(0, NonceBytes), json, sealedToken.AsSpan(NonceBytes, json.Length), sealedToken.AsSpan(NonceBytes + json.Length));
        return Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new { token = Convert.ToBase64String(sealedToken) }));
    }

    /// <summary>Reads the value of the cookie.</summary>
    /// <exception cref="RpcException">It is none of this server for this tenant.</exception>
    public static GithubSession Decode(string cookie, string secret, string tenant)
    {
        try
        {
            using var outer = JsonDocument.Parse(Convert.FromBase64String(Uri.UnescapeDataString(cookie)));
            var sealedToken = outer.RootElement.GetProperty("token").GetBytesFromBase64();
            if (sealedToken.Length < NonceBytes + TagBytes) throw new CryptographicException("too short");
            var json = new byte[sealedToken.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(KeyOf(secret, tenant), TagBytes);
            aes.Decrypt(sealedToken.AsSpan(0, NonceBytes), sealedToken.AsSpan(NonceBytes, json.Length), sealedToken.AsSpan(NonceBytes + json.Length), json);
            using var token = JsonDocument.Parse(json);
            return new GithubSession(
                token.RootElement.GetProperty("access_token").GetString() ?? "",
                token.RootElement.TryGetProperty("refresh_token", out var refresh) ? refresh.GetString() ?? "" : "",
                token.RootElement.TryGetProperty("expiry", out var expiry) ? expiry.GetDateTimeOffset() : DateTimeOffset.MaxValue);
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or CryptographicException)
        {
            throw new RpcException(RpcCode.Unauthenticated, "invalid token", e);
        }
    }

    private static byte[] KeyOf(string secret, string tenant) => SHA256.HashData(Encoding.UTF8.GetBytes($"{secret}:{tenant}"));
}
