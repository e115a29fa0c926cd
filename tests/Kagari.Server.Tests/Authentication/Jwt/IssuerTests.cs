using Kagari.Server.Authentication;

namespace Kagari.Server.Tests.Authentication.Jwt;

/// <summary>A whole server and an issuer, over HTTP on loopback.</summary>
public sealed class IssuerTests
{
    private static readonly SigningKey First = SigningKey.OfRsa("k1"), Second = SigningKey.OfEc("k2");

    [Fact]
    public async Task Token_OfTheIssuer_GetsInWithItsScopesAndTenants()
    {
        await using var issuer = await FakeIssuer.StartAsync(First);
        await using var server = await StartAsync(issuer);
        var token = Token(issuer, First);
        (await server.AskAsync(AuthServer.Bearer(token))).ShouldBe(200);
        (await server.AskAsync(AuthServer.Bearer(token), "b")).ShouldBe(403);
        (await server.AskAsync(AuthServer.Bearer(token), null)).ShouldBe(200, "one tenant need not be named");
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, First, "write")))).ShouldBe(403);
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, First, expires: -100)))).ShouldBe(401);
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, First, audience: "other")))).ShouldBe(401);
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, SigningKey.OfRsa("k1"))))).ShouldBe(401);
        (await server.AskAsync(AuthServer.Bearer("kgr_file"))).ShouldBe(200, "tokens of the file work beside");
        issuer.Asked.ShouldBe(1);
        (server.Failures("jwt_time"), server.Failures("jwt_audience"), server.Failures("jwt_signature")).ShouldBe((1, 1, 1));
    }

    [Fact]
    public async Task Key_New_IsAskedForOnceAMinute()
    {
        await using var issuer = await FakeIssuer.StartAsync(First);
        await using var server = await StartAsync(issuer);
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, First)))).ShouldBe(200);
        issuer.Rotate(First, Second);
        // Invented names of keys make no questions of their own.
        for (var i = 0; i < 10; i++) (await server.AskAsync(AuthServer.Bearer(Token(issuer, SigningKey.OfEc($"invented{i}"))))).ShouldBe(401);
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, Second)))).ShouldBe(401);
        issuer.Asked.ShouldBe(1);
        server.Time.Advance(TimeSpan.FromSeconds(61));
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, Second)))).ShouldBe(200);
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, First)))).ShouldBe(200);
        issuer.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task Key_Withdrawn_IsForgotten()
    {
        await using var issuer = await FakeIssuer.StartAsync(First);
        await using var server = await StartAsync(issuer);
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, First)))).ShouldBe(200);
        issuer.Rotate(Second);
        server.Time.Advance(TimeSpan.FromMinutes(16));
        // The first question brings new keys while old ones serve; the unknown key waits for them.
        await server.AskAsync(AuthServer.Bearer(Token(issuer, First)));
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, Second)))).ShouldBe(200);
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, First)))).ShouldBe(401);
    }

    [Fact]
    public async Task Issuer_Down_KeepsItsKeysAndWithoutAnyAnswers503()
    {
        await using var issuer = await FakeIssuer.StartAsync(First);
        await using var server = await StartAsync(issuer);
        issuer.IsDown = true;
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, First)))).ShouldBe(503, "nobody knows whether the token is good");
        issuer.IsDown = false;
        server.Time.Advance(TimeSpan.FromSeconds(61));
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, First)))).ShouldBe(200);
        issuer.IsDown = true;
        server.Time.Advance(TimeSpan.FromMinutes(16));
        for (var i = 0; i < 3; i++) (await server.AskAsync(AuthServer.Bearer(Token(issuer, First, hours: 2)))).ShouldBe(200);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "{}")]
    [InlineData(false, "no json")]
    [InlineData(false, "{\"keys\":[{\"kty\":\"oct\"}]}")]
    public async Task Issuer_ThatLies_IsNotBelieved(bool isOther, string? keys)
    {
        await using var issuer = await FakeIssuer.StartAsync(First);
        await using var server = await StartAsync(issuer);
        issuer.OtherIssuer = isOther ? "https://other.example" : null;
        issuer.OtherKeys = keys;
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, First)))).ShouldBe(503);
        server.Failures("keys_unavailable").ShouldBe(1);
    }

    [Fact]
    public async Task Issuer_WithAnEndlessAnswer_IsCutOff()
    {
        await using var issuer = await FakeIssuer.StartAsync(First);
        await using var server = await StartAsync(issuer);
        issuer.OtherKeys = FakeIssuer.KeySet(First) + new string(' ', 2 << 20);
        (await server.AskAsync(AuthServer.Bearer(Token(issuer, First)))).ShouldBe(503);
    }

    [Fact]
    public async Task KeyFile_IsReadAgain()
    {
        string? file = null;
        await using var server = await AuthServer.StartAsync(auth: (o, folder) =>
        {
            file = Path.Combine(folder, "keys.json");
            File.WriteAllText(file, FakeIssuer.KeySet(First));
            return o with { File = "", Oidc = new OidcOptions { Issuer = "anything", Audience = "kagari", JwksFile = file } };
        });
        (await server.AskAsync(AuthServer.Bearer(Token("anything", First)))).ShouldBe(200);
        (await server.AskAsync(AuthServer.Bearer(Token("anything", Second)))).ShouldBe(401);
        await File.WriteAllTextAsync(file!, FakeIssuer.KeySet(Second), TestContext.Current.CancellationToken);
        server.Time.Advance(TimeSpan.FromSeconds(10));
        (await server.AskAsync(AuthServer.Bearer(Token("anything", Second)))).ShouldBe(200);
        (await server.AskAsync(AuthServer.Bearer(Token("anything", First)))).ShouldBe(401);
        (await server.AskAsync(AuthServer.Basic("alice", "sesame"))).ShouldBe(401, "there are no users");
    }

    private static Task<AuthServer> StartAsync(FakeIssuer issuer) => AuthServer.StartAsync(
        AuthServer.File(AuthServer.Token("file", "kgr_file", "read", "a")), auth: (o, _) => o with { Oidc = new OidcOptions { Issuer = issuer.Url, Audience = "kagari" } });

    private static string Token(FakeIssuer issuer, SigningKey key, string scope = "read", string audience = "kagari", int expires = 600, int hours = 0) =>
        Token(issuer.Url, key, scope, audience, expires + (3600 * hours));

    private static string Token(string issuer, SigningKey key, string scope = "read", string audience = "kagari", int expires = 7200)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        // Servers of these tests may be an hour ahead.
        var until = expires < 0 ? now + expires : now + expires + 3600;
        return key.Sign($$"""{"iss":"{{issuer}}","aud":"{{audience}}","exp":{{until}},"sub":"alice","tenant":"a","scope":"openid {{scope}}"}""");
    }
}
