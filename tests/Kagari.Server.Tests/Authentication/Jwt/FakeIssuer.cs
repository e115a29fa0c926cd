using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.Tests.Authentication.Jwt;

/// <summary>An identity provider on loopback: publishes keys, signs tokens, and misbehaves where a test asks for it.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<SigningKey> _keys = [];

    private FakeIssuer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>How often the keys were asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>What discovery says in place of the truth.</summary>
    public string? OtherIssuer { get; set; }

    public bool IsDown { get; set; }

    /// <summary>What stands where the keys should.</summary>
    public string? OtherKeys { get; set; }

    public static async Task<FakeIssuer> StartAsync(params SigningKey[] keys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var issuer = new FakeIssuer(app);
        issuer._keys.AddRange(keys);
        app.Run(issuer.AnswerAsync);
        await app.StartAsync();
        return issuer;
    }

    /// <summary>Publishes other keys.</summary>
    public void Rotate(params SigningKey[] keys)
    {
        lock (_keys)
        {
            _keys.Clear();
            _keys.AddRange(keys);
        }
    }

    public static string KeySet(params IEnumerable<SigningKey> keys) => $$"""{"keys":[{{string.Join(',', keys.Select(k => k.PublicJson))}}]}""";

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext http)
    {
        if (IsDown)
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        }
        if (http.Request.Path == "/.well-known/openid-configuration")
            return http.Response.WriteAsync(JsonSerializer.Serialize(new { issuer = OtherIssuer ?? Url, jwks_uri = $"{Url}/keys" }));
        Asked++;
        lock (_keys) return http.Response.WriteAsync(OtherKeys ?? KeySet(_keys));
    }
}

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
