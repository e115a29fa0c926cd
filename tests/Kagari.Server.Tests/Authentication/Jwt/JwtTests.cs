using System.Security.Cryptography;
using System.Text;
using Kagari.Server.Authentication;
using Kagari.Server.Authentication.Jwt;
using Kagari.Testing;

namespace Kagari.Server.Tests.Authentication.Jwt;

/// <summary>Which tokens are believed.</summary>
public sealed class JwtTests
{
    private const string Issuer = "https://id.example/";

    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly long Seconds = Now.ToUnixTimeSeconds();
    private static readonly SigningKey Rsa = SigningKey.OfRsa("r1"), Ec = SigningKey.OfEc("e1");

    private static readonly OidcOptions Options = new() { Issuer = Issuer, Audience = "kagari" };

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task Algorithm_EachKnown_IsBelieved(string algorithm)
    {
        var key = algorithm[0] == 'E' ? SigningKey.OfEc("k", algorithm) : SigningKey.OfRsa("k", algorithm);
        (await AskAsync(key.Sign(Claims()), [key])).ShouldBe("alice: read of a");
        // Another signature, then other claims under a good one.
        var token = key.Sign(Claims());
        (await AskAsync(key.Sign(Claims(), null, _ => RandomNumberGenerator.GetBytes(64)), [key])).ShouldBe("jwt_signature");
        var parts = token.Split('.');
        (await AskAsync($"{parts[0]}.{key.Sign(Claims(tenant: "\"b\"")).Split('.')[1]}.{parts[2]}", [key])).ShouldBe("jwt_signature");
    }

    [Fact]
    public async Task Algorithm_OfAnotherKind_IsNeverBelieved()
    {
        var spki = Encoding.ASCII.GetBytes(Rsa.Rsa.ExportSubjectPublicKeyInfoPem());
        foreach (var (header, sign) in new (string, Func<byte[], byte[]>)[]
        {
            ("""{"alg":"none","kid":"r1"}""", _ => [0]),
            ("""{"alg":"None"}""", _ => [0]),
            // The public key as the secret of an HMAC.
            ("""{"alg":"HS256","kid":"r1"}""", s => HMACSHA256.HashData(spki, s)),
            ("""{"alg":"rs256","kid":"r1"}""", s => Rsa.Rsa.SignData(s, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            ("""{"alg":"EdDSA","kid":"r1"}""", _ => new byte[64]),
            ("""{"alg":"ES256","kid":"r1"}""", _ => new byte[64]),
        })
            (await AskAsync(Rsa.Sign(Claims(), header, sign), [Rsa, Ec])).ShouldBe("jwt_algorithm", header);
        // Signed well, in a way that its header does not say.
        (await AskAsync(Rsa.Sign(Claims(), """{"alg":"PS256","kid":"r1"}"""), [Rsa])).ShouldBe("jwt_signature");
        // Zeros, which broken libraries take for a signature of everything.
        (await AskAsync(Ec.Sign(Claims(), null, _ => new byte[64]), [Ec])).ShouldBe("jwt_signature");
        // The key says what it is for.
        var pinned = Rsa.PublicJson.Replace("\"use\"", "\"alg\":\"PS256\",\"use\"");
        (await AskAsync(Rsa.Sign(Claims()), $$"""{"keys":[{{pinned}}]}""")).ShouldBe("jwt_algorithm");
    }

    [Fact]
    public async Task Key_IsChosenByName()
    {
        var other = SigningKey.OfRsa("r1");
        (await AskAsync(other.Sign(Claims()), [Rsa])).ShouldBe("jwt_signature", "the name of a key, and another key");
        (await AskAsync(SigningKey.OfRsa("r9").Sign(Claims()), [Rsa])).ShouldBe("jwt_unknown_key");
        (await AskAsync(Rsa.Sign(Claims(), """{"alg":"RS256"}"""), [Ec, SigningKey.OfRsa("r0"), Rsa])).ShouldBe("alice: read of a", "without a name, all that fit");
        (await AskAsync(other.Sign(Claims(), """{"alg":"RS256"}"""), [Ec, Rsa])).ShouldBe("jwt_signature");
    }

    [Theory]
    [InlineData("\"iss\":\"https://id.example\"", "jwt_issuer")]
    [InlineData("\"iss\":5", "jwt_issuer")]
    [InlineData("\"aud\":\"other\"", "jwt_audience")]
    [InlineData("\"aud\":[\"other\",\"kagari\"]", "alice: read of a")]
    [InlineData("\"aud\":\"x kagari\"", "jwt_audience")]
    [InlineData("\"aud\":[]", "jwt_audience")]
    [InlineData("\"aud\":{\"kagari\":1}", "jwt_audience")]
    [InlineData("\"exp\":-59", "alice: read of a")]
    [InlineData("\"exp\":-60", "jwt_time")]
    [InlineData("\"exp\":\"soon\"", "jwt_time")]
    [InlineData("\"exp\":null", "jwt_time")]
    [InlineData("\"nbf\":60", "alice: read of a")]
    [InlineData("\"nbf\":61", "jwt_time")]
    [InlineData("\"nbf\":\"x\"", "jwt_time")]
    [InlineData("\"tenant\":[\"a\",\"b\"]", "alice: read of a b")]
    [InlineData("\"tenant\":[]", "jwt_claims")]
    [InlineData("\"tenant\":\"a/b\"", "jwt_claims")]
    [InlineData("\"tenant\":7", "jwt_claims")]
    [InlineData("\"scope\":\"openid write profile read\"", "alice: read, write of a")]
    [InlineData("\"scope\":[\"admin\"]", "alice: admin of a")]
    [InlineData("\"scope\":\"openid\"", "jwt_claims")]
    [InlineData("\"scope\":\"\"", "jwt_claims")]
    public async Task Claim_Changed_DecidesAsItShould(string claim, string expected)
    {
        var name = claim.Split('"')[1];
        var claims = new Dictionary<string, string>
        {
            ["iss"] = $"\"{Issuer}\"",
            ["aud"] = "\"kagari\"",
            ["exp"] = $"{Seconds + 60}",
            ["sub"] = "\"alice\"",
            ["tenant"] = "\"a\"",
            ["scope"] = "\"read\"",
        };
        var value = claim[(claim.IndexOf(':') + 1)..];
        claims[name] = name is "exp" or "nbf" && long.TryParse(value, out var offset) ? $"{Seconds + offset}" : value;
        (await AskAsync(Rsa.Sign($"{{{string.Join(',', claims.Select(c => $"\"{c.Key}\":{c.Value}"))}}}"), [Rsa])).ShouldBe(expected);
    }

    [Fact]
    public async Task Claims_OfOtherNames_AreReadWhereSettingsSay()
    {
        var claims = $$"""{"iss":"{{Issuer}}","aud":"kagari","exp":{{Seconds + 60}},"sub":"bob","realm_access":{"roles":["kagari:write","read"]},"https://x.example/org":"team-a"}""";
        var options = Options with { ScopeClaim = "realm_access.roles", ScopePrefix = "kagari:", TenantClaim = "https://x.example/org" };
        (await AskAsync(Rsa.Sign(claims), FakeIssuer.KeySet(Rsa), options)).ShouldBe("bob: write of team-a");
        options = Options with { DefaultScopes = new HashSet<string> { "read" }, DefaultTenants = new HashSet<string> { "x" } };
        (await AskAsync(Rsa.Sign(claims), FakeIssuer.KeySet(Rsa), options)).ShouldBe("bob: read of x");
        (await AskAsync(Rsa.Sign(claims), FakeIssuer.KeySet(Rsa))).ShouldBe("jwt_claims");
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("..")]
    [InlineData("e30.e30.AAAA")]
    [InlineData("e30=.e30.AAAA")]
    [InlineData("W10.e30.AAAA")]
    [InlineData("e3 0.e30.AAAA")]
    public void TryRead_NoToken_SaysWhichPart(string text)
    {
        JsonWebToken.TryRead(text, out _, out var error).ShouldBeFalse();
        error.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"r1","crit":["b64"],"b64":false}""")]
    [InlineData("""{"alg":"none","alg":"RS256","kid":"r1"}""")]
    [InlineData("""{"alg":"RS256","kid":7}""")]
    [InlineData("""{"alg":["RS256"]}""")]
    [InlineData("""{"alg":"RS256","kid":"\ud800"}""")]
    [InlineData("""{"alg":"RS256","\udc00":1}""")]
    public async Task Header_Tricky_IsNoToken(string header) => (await AskAsync(Rsa.Sign(Claims(), header), [Rsa])).ShouldBe("jwt_malformed");

    [Fact]
    public async Task Claims_NamedTwice_AreNoToken() =>
        (await AskAsync(Rsa.Sign(Claims().Replace("\"tenant\"", "\"tenant\":\"b\",\"tenant\"")), [Rsa])).ShouldBe("jwt_malformed");

    [Theory]
    [InlineData("[]", "no JSON object that can be read")]
    [InlineData("{\"keys\":[{\"kid\":\"\\ud800\"}]}", "no JSON object that can be read")]
    [InlineData("{\"key\":[]}", "no \"keys\"")]
    [InlineData("{\"keys\":[]}", "no keys")]
    [InlineData("{\"keys\":[5]}", "key 1 is no object")]
    [InlineData("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}", "key 1 has a type that is not supported")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\",\"use\":\"enc\"}]}", "key 1 is for 'enc', not for signatures")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\",\"alg\":\"HS256\"}]}", "key 1 is for 'HS256', which is not supported")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}", "key 1 has a modulus of 24 bits; expected 2048 to 8192")]
    [InlineData("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}]}", "key 1 has no x and y of 32 bytes in base64url")]
    public void KeySet_WithoutAKey_SaysWhy(string json, string expected)
    {
        JwtKeySet.TryRead(json, out _, out var error).ShouldBeFalse();
        error.ShouldBe(expected);
    }

    [Fact]
    public void KeySet_PointOffTheCurve_IsNoKey()
    {
        var zeros = new string('A', 43);
        JwtKeySet.TryRead($$"""{"keys":[{"kty":"EC","crv":"P-256","x":"{{zeros}}","y":"{{zeros}}"}]}""", out _, out var error).ShouldBeFalse();
        error!.ShouldStartWith("key 1 cannot be used: ");
    }

    [Fact]
    public async Task Signature_WithOtherSpareBits_IsAnotherText()
    {
        // 256 bytes are 341 characters and two bits; a decoder that ignores the rest takes 16 texts for one token.
        var good = Rsa.Sign(Claims());
        foreach (var last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Where(c => c != good[^1]))
            (await AskAsync(good[..^1] + last, [Rsa])).ShouldStartWith("jwt_", customMessage: $"{good[^1]} {last}");
    }

    internal static string Claims(string tenant = "\"a\"") =>
        $$"""{"iss":"{{Issuer}}","aud":"kagari","exp":{{Seconds + 60}},"sub":"alice","tenant":{{tenant}},"scope":"read"}""";

    internal static Task<string> AskAsync(string token, SigningKey[] keys) => AskAsync(token, FakeIssuer.KeySet(keys));

    private static async Task<string> AskAsync(string token, string keys, OidcOptions? options = null)
    {
        JwtKeySet.TryRead(keys, out var set, out var error).ShouldBeTrue(error);
        var (identity, refusal) = await new JwtLogins(options ?? Options, new FixedKeys(set!), new ManualTime(Now)).OfAsync(token, CancellationToken.None);
        if (identity is null) return refusal!.Reason;
        var tenants = string.Join(' ', new[] { "a", "b", "x", "team-a" }.Where(identity.Tenants.Contains));
        return $"{identity.Name}: {identity.Scopes.ToString().ToLowerInvariant()} of {tenants}";
    }

    private sealed class FixedKeys(JwtKeySet set) : IJwtKeys
    {
        public ValueTask<JwtKeySet?> FindAsync(string? keyId, CancellationToken cancellation) => ValueTask.FromResult<JwtKeySet?>(set);

        public void Dispose()
        {
        }
    }
}
