using Kagari.Server.Authentication;
using Kagari.Server.Configuration;
using Kagari.Server.Hosting;

namespace Kagari.Server.Tests.Authentication;

/// <summary>Who gets in by which credentials, on a whole server.</summary>
public sealed class LoginTests
{
    private static readonly string File = AuthServer.File(AuthServer.User("alice", "sesame", "read", "a"), AuthServer.Token("reader", AuthServer.Reader, "read", "a"));

    [Fact]
    public async Task Credentials_OfEachKind_GetInOrNot()
    {
        await using var server = await AuthServer.StartAsync(File);
        (await server.AskAsync(AuthServer.Basic("alice", "sesame"))).ShouldBe(200);
        (await server.AskAsync(AuthServer.Basic("alice", "Sesame"))).ShouldBe(401);
        (await server.AskAsync(AuthServer.Basic("alice", ""))).ShouldBe(401);
        (await server.AskAsync(AuthServer.Basic("bob", "sesame"))).ShouldBe(401);
        (await server.AskAsync(AuthServer.Bearer(AuthServer.Reader))).ShouldBe(200);
        (await server.AskAsync(AuthServer.Basic("12345", AuthServer.Reader))).ShouldBe(200, "Grafana Cloud's clients: user is a number of theirs, password a token");
        (await server.AskAsync(AuthServer.Bearer("sesame"))).ShouldBe(401);
        (await server.AskAsync(AuthServer.Bearer("a.b.c"))).ShouldBe(401);
        (await server.AskAsync(new("Digest", "x"))).ShouldBe(401);
        (server.Failures("wrong_password"), server.Failures("unknown_token"), server.Failures("malformed_credentials")).ShouldBe((3, 2, 1));
    }

    [Fact]
    public async Task Header_SentTwice_IsRefused()
    {
        await using var server = await AuthServer.StartAsync(File);
        using var request = AuthServer.Question();
        request.Headers.TryAddWithoutValidation("Authorization", ["Bearer " + AuthServer.Reader, "Bearer other"]);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(401);
    }

    [Fact]
    public async Task File_Changed_CountsAfterThePeriod()
    {
        await using var server = await AuthServer.StartAsync(File);
        server.Write(AuthServer.File(AuthServer.User("alice", "sesame", "read", "b"), AuthServer.Token("new", "kgr_new", "read", "a")));
        (await server.AskAsync(AuthServer.Bearer("kgr_new"))).ShouldBe(401);
        server.Time.Advance(TimeSpan.FromSeconds(10));
        (await server.AskAsync(AuthServer.Bearer("kgr_new"))).ShouldBe(200);
        (await server.AskAsync(AuthServer.Bearer(AuthServer.Reader))).ShouldBe(401, "a token that was removed is nobody's");
        (await server.AskAsync(AuthServer.Basic("alice", "sesame"), "b")).ShouldBe(200);
    }

    [Theory]
    [InlineData("tokens: [")]
    [InlineData("tokens: [{name: x}]")]
    public async Task File_Broken_KeepsTheLastGoodOne(string broken)
    {
        await using var server = await AuthServer.StartAsync(File);
        server.Write(broken);
        server.Time.Advance(TimeSpan.FromSeconds(10));
        (await server.AskAsync(AuthServer.Bearer(AuthServer.Reader))).ShouldBe(200);
        (await server.AskAsync(null)).ShouldBe(401, "a broken file opens no doors");
        System.IO.File.Delete(Path.Combine(server.Folder, "auth.yaml"));
        server.Time.Advance(TimeSpan.FromSeconds(10));
        (await server.AskAsync(AuthServer.Bearer(AuthServer.Reader))).ShouldBe(200);
    }

    [Fact]
    public async Task Start_WithoutAUsableFile_Fails()
    {
        (await Should.ThrowAsync<ConfigurationException>(() => AuthServer.StartAsync("tokens: 5"))).Message.ShouldEndWith("auth.yaml:1: 'tokens' must be a list");
        (await Should.ThrowAsync<ConfigurationException>(() => AuthServer.StartAsync(auth: (o, _) => o with { File = "/no/such/file" }))).Message.ShouldContain("'/no/such/file'");
    }

    [Theory]
    [InlineData("server.http_tls_config: cert_file and key_file go together; key_file is empty", "-server.http-tls-cert-path=x")]
    [InlineData("server.http_tls_config: client_auth_type and client_ca_file need TLS; set cert_file and key_file", "-server.http-tls-client-auth=RequestClientCert")]
    [InlineData("server.http_tls_config: client_auth_type RequireAndVerifyClientCert needs client_ca_file", "-server.http-tls-cert-path=x -server.http-tls-key-path=x -server.http-tls-client-auth=RequireAndVerifyClientCert")]
    [InlineData("server.http_tls_config: client_ca_file is of no use with client_auth_type NoClientCert; expected VerifyClientCertIfGiven or RequireAndVerifyClientCert", "-server.http-tls-cert-path=x -server.http-tls-key-path=x -server.http-tls-ca-path=x")]
    [InlineData("auth.oidc.audience is empty; without it, tokens that the issuer made for other services would be taken", "-auth.oidc.issuer=https://id.example")]
    [InlineData("auth.oidc: audience and jwks_file need issuer", "-auth.oidc.audience=kagari")]
    [InlineData("auth.oidc.issuer: 'http://id.example' is no https address; its keys can then only come from auth.oidc.jwks_file", "-auth.oidc.issuer=http://id.example -auth.oidc.audience=kagari")]
    [InlineData("auth.oidc.default_scopes: 'reed' is not known; known: read, write, admin", "-auth.oidc.issuer=https://id.example -auth.oidc.audience=kagari -auth.oidc.default-scopes=reed")]
    [InlineData("auth.oidc.default_tenants: tenant ID 'a/b' contains unsupported character '/'", "-auth.oidc.issuer=https://id.example -auth.oidc.audience=kagari -auth.oidc.default-tenants=a/b")]
    public async Task Start_SettingsThatDoNotGoTogether_SaysWhich(string error, string flags)
    {
        var options = Configuration.Loading.Load(flags).Options;
        (await Should.ThrowAsync<ConfigurationException>(() => KagariServer.StartAsync(options))).Message.ShouldBe(error);
    }

    [Fact]
    public async Task Start_WithoutAuthentication_NeedsNothing()
    {
        await using var server = await AuthServer.StartAsync(auth: (_, _) => new AuthenticationOptions());
        (await server.AskAsync(null)).ShouldBe(200);
        (await server.AskAsync(AuthServer.Basic("any", "body"))).ShouldBe(200, "as before, what nobody asked for is not looked at");
    }
}
