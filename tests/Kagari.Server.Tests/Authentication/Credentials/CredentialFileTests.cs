using Kagari.Server.Authentication;
using Kagari.Server.Authentication.Credentials;
using Kagari.Server.Configuration;

namespace Kagari.Server.Tests.Authentication.Credentials;

public sealed class CredentialFileTests
{
    private const string Hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";   // of "hello"

    [Fact]
    public void Parse_AllKinds_FindsEach()
    {
        var set = CredentialFile.Parse(
            $$"""
            tokens:
              - name: ci            # a comment
                sha256: {{Hash.ToUpperInvariant()}}
                scopes: [write, read]
                tenants: [team-a, team-b]
            users:
              - name: alice
                password: {{PasswordHash.Create("sesame: öffne dich", 1000)}}
                scopes: [admin]
                tenants: ["*"]
            certificates:
              - name: agent-1
                subject: agent-1.example
                scopes: [write]
                tenants: [team-a]
            """, "auth.yaml");
        set.Count.ShouldBe(3);
        var ci = set.OfToken("hello").ShouldNotBeNull();
        (ci.Name, ci.Scopes, ci.Tenants.Single, ci.Tenants.Contains("team-b"), ci.Tenants.Contains("*")).ShouldBe(("ci", Scopes.Read | Scopes.Write, null, true, false));
        set.OfToken("hell0").ShouldBeNull();
        var alice = set.OfPassword("alice", "sesame: öffne dich").ShouldNotBeNull();
        (alice.Scopes, alice.Tenants.IsAny).ShouldBe((Scopes.Admin, true));
        set.OfPassword("alice", "sesame").ShouldBeNull();
        set.OfPassword("Alice", "sesame: öffne dich").ShouldBeNull();
        set.OfPassword("ci", "hello").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("tokens:")]
    [InlineData("users: []")]
    public void Parse_FileThatSaysNothing_KnowsNobody(string text) => CredentialFile.Parse(text, "auth.yaml").Count.ShouldBe(0);

    [Theory]
    [InlineData("5", "auth.yaml:1: the file must be a section with keys")]
    [InlineData("token: []", "auth.yaml:1: unknown key 'token'; the nearest known key is 'tokens'")]
    [InlineData("tokens: 5", "auth.yaml:1: 'tokens' must be a list")]
    [InlineData("tokens: [5]", "auth.yaml:1: a token must be a section with keys")]
    [InlineData("tokens: [{sha256: HASH, scopes: [read], tenants: [a]}]", "auth.yaml:1: the token has no name")]
    [InlineData("tokens: [{name: x, scopes: [read], tenants: [a]}]", "auth.yaml:1: token 'x' has no sha256")]
    [InlineData("tokens: [{name: x, sha256: kgr_secret, scopes: [read], tenants: [a]}]", "auth.yaml:1: token 'x': sha256 is no SHA-256 in hexadecimal digits; 'kagari auth token' makes it")]
    [InlineData("tokens: [{name: x, sha256: HASH, scopes: [reed], tenants: [a]}]", "auth.yaml:1: token 'x': scope 'reed' is not known; known: read, write, admin")]
    [InlineData("tokens: [{name: x, sha256: HASH, tenants: [a]}]", "auth.yaml:1: token 'x': scopes must be a list with at least one entry")]
    [InlineData("tokens: [{name: x, sha256: HASH, scopes: [read]}]", "auth.yaml:1: token 'x': tenants must be a list with at least one entry")]
    [InlineData("tokens: [{name: x, sha256: HASH, scopes: [read], tenants: a}]", "auth.yaml:1: token 'x': tenants must be a list with at least one entry")]
    [InlineData("tokens: [{name: x, sha256: HASH, scopes: [read], tenants: [a/b]}]", "auth.yaml:1: token 'x': tenant ID 'a/b' contains unsupported character '/'")]
    [InlineData("tokens: [{name: x, sha256: HASH, scopes: [read], tenants: [a], tenant: b}]", "auth.yaml:1: unknown key 'tenant' of a token; the nearest known key is 'tenants'")]
    [InlineData("tokens: [{name: x, sha256: HASH, scopes: [read], tenants: [a]}, {name: y, sha256: HASH, scopes: [read], tenants: [a]}]", "auth.yaml:1: tokens 'x' and 'y' are the same")]
    [InlineData("users: [{name: x, password: sesame, scopes: [read], tenants: [a]}]", "auth.yaml:1: user 'x': password is not of the form pbkdf2-sha256$ITERATIONS$SALT$HASH; 'kagari auth hash' makes it")]
    [InlineData("users: [{name: 'x:y', password: sesame, scopes: [read], tenants: [a]}]", "auth.yaml:1: user 'x:y': names of users cannot hold ':', which ends them in requests")]
    [InlineData("users: [{name: x, password: pbkdf2-sha256$5$c2FsdHNhbHQ=$AAAA, scopes: [read], tenants: [a]}]", "auth.yaml:1: user 'x': password has no number of iterations between 1000 and 10000000")]
    [InlineData("users: [{name: x, password: pbkdf2-sha256$1000$c2Fs$AAAA, scopes: [read], tenants: [a]}]", "auth.yaml:1: user 'x': password has a salt that is no base64 of at least 8 bytes")]
    [InlineData("users: [{name: x, password: pbkdf2-sha256$1000$c2FsdHNhbHQ=$AAAA, scopes: [read], tenants: [a]}]", "auth.yaml:1: user 'x': password has a hash that is no base64 of 32 bytes")]
    [InlineData("certificates: [{name: x, subject: s, scopes: [read], tenants: [a]}, {name: y, subject: S, scopes: [read], tenants: [a]}]", "auth.yaml:1: certificate 'y': subject 'S' is named twice")]
    [InlineData("certificates: [{name: x, subject: s, scopes: [read], tenants: [a]}, {name: x, subject: t, scopes: [read], tenants: [a]}]", "auth.yaml:1: certificate 'x': the name stands in line 1 too")]
    public void Parse_Wrong_NamesLineAndKeyAndNoSecret(string text, string error)
    {
        var e = Should.Throw<ConfigurationException>(() => CredentialFile.Parse(text.Replace("HASH", Hash), "auth.yaml"));
        e.Message.ShouldBe(error);
        e.Message.ShouldNotContain("kgr_secret");
        e.Message.ShouldNotContain("sesame");
    }

    [Fact]
    public void PasswordHash_ReadAgain_MatchesItsPasswordOnly()
    {
        var hash = PasswordHash.Create("Password", 1000);
        PasswordHash.TryParse(hash.ToString(), out var again, out var error).ShouldBeTrue(error);
        again!.Matches("Password").ShouldBeTrue();
        again.Matches("password").ShouldBeFalse();
        hash.ToString().ShouldNotBe(PasswordHash.Create("Password", 1000).ToString(), "each has a salt of its own");
        var parts = hash.ToString().Split('$');
        var derived = System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(
            "Password", Convert.FromBase64String(parts[2]), 1000, System.Security.Cryptography.HashAlgorithmName.SHA256, 32);
        parts[3].ShouldBe(Convert.ToBase64String(derived));
    }

    [Fact]
    public void AccessToken_New_IsLongAndItsHashIsThatOfTheFile()
    {
        var token = AccessToken.Create();
        token.ShouldStartWith("kgr_");
        token.Length.ShouldBe("kgr_".Length + 43);
        token.ShouldNotBe(AccessToken.Create());
        AccessToken.Hash("hello").ShouldBe(Hash);
    }
}
