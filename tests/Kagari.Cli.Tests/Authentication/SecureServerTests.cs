using System.Text;
using Kagari.Cli.Tests.Commands;
using Kagari.Server.Authentication;
using Kagari.Server.Authentication.Credentials;
using Kagari.Server.Authentication.Tls;
using Kagari.Server.Hosting;
using Kagari.Testing;

namespace Kagari.Cli.Tests.Authentication;

/// <summary>Commands against a real server behind TLS that asks for credentials or certificates.</summary>
public sealed class SecureServerTests : IAsyncLifetime
{
    private readonly TestAuthority _authority = new();
    private readonly TemporaryDirectory _directory = new();
    private KagariServer? _server;

    public async ValueTask InitializeAsync()
    {
        var (certificate, key) = _authority.Server();
        var (client, clientKey) = _authority.Client("laptop");
        Write("client.pem", client);
        Write("client.key", clientKey);
        Write("both.pem", client + "\n" + clientKey);
        var file = Write("auth.yaml", $$"""
            tokens:
              - {name: ci, sha256: {{AccessToken.Hash("kgr_ci")}}, scopes: [read, write], tenants: [a]}
            users:
              - {name: alice, password: {{PasswordHash.Create("sesame", 1000)}}, scopes: [read], tenants: [a]}
            certificates:
              - {name: laptop, subject: laptop, scopes: [read], tenants: [a]}
            """);
        _server = await KagariServer.StartAsync(new ServerOptions
        {
            HttpListenAddress = "127.0.0.1",
            HttpListenPort = 0,
            StorageDirectory = Path.Combine(_directory.Path, "data"),
            MultitenancyEnabled = true,
            LogLevel = "error",
            Authentication = new AuthenticationOptions { File = file },
            Tls = new TlsOptions
            {
                CertFile = Write("server.pem", certificate),
                KeyFile = Write("server.key", key),
                ClientCaFile = Write("ca.pem", _authority.Pem),
                ClientAuthType = ClientAuthType.VerifyClientCertIfGiven,
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _authority.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Commands_WithEachKindOfCredentials_GetIn()
    {
        var profile = Write("cpu.folded", "main;work 5\n");
        await OkAsync("upload", profile, "--service", "shop", "--token", "kgr_ci");
        foreach (var credentials in new[]
        {
            "--token kgr_ci", $"--token-file {Write("token", "kgr_ci\n")}", "--username alice --password sesame", $"--username alice --password-file {Write("password", "sesame\n")}",
            "--username 42 --password kgr_ci", $"--client-cert {PathOf("client.pem")} --client-key {PathOf("client.key")}", $"--client-cert {PathOf("both.pem")}",
        })
            (await OkAsync(["labels", "service_name", .. credentials.Split(' ')])).ShouldBe("shop\n", credentials);
        (await OkAsync(["labels", "service_name", "--token-file", "-"], input: "kgr_ci\n")).ShouldBe("shop\n");
        var file = Path.Combine(_directory.Path, "out.csv");
        await OkAsync("export", "shop", "--format", "csv", "-f", file, "--token", "kgr_ci");
    }

    [Theory]
    [InlineData("KAGARI_TOKEN=kgr_ci")]
    [InlineData("KAGARI_TOKEN_FILE={token}")]
    [InlineData("KAGARI_USERNAME=alice KAGARI_PASSWORD=sesame")]
    [InlineData("KAGARI_USERNAME=alice KAGARI_PASSWORD_FILE={password}")]
    [InlineData("KAGARI_CLIENT_CERT={client.pem} KAGARI_CLIENT_KEY={client.key}")]
    public async Task Environment_WithCredentials_GetsIn(string variables)
    {
        Write("token", "kgr_ci\n");
        Write("password", "sesame");
        var environment = variables.Split(' ').Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1].StartsWith('{') ? PathOf(v[1].Trim('{', '}')) : v[1]);
        (await RunAsync(["labels", "service_name"], environment)).ExitCode.ShouldBe(ExitCode.NothingFound, "known, and nothing is stored");
    }

    [Fact]
    public async Task Refusals_AreToldInTheServersWords()
    {
        (await FailAsync("labels")).ShouldContain("401 Unauthorized: unauthenticated: This server asks for credentials");
        (await FailAsync("labels", "--token", "kgr_x")).ShouldContain("401 Unauthorized: unauthenticated: The token is not known.");
        (await FailAsync("labels", "--token", "kgr_ci", "--tenant", "b")).ShouldContain("403 Forbidden: permission_denied: 'ci' has no access to a tenant that header X-Scope-OrgID names: 'b'.");
        (await FailAsync("delete", "--all", "--from", "0", "--yes", "--token", "kgr_ci")).ShouldContain("403 Forbidden: permission_denied: 'ci' lacks the scope 'admin'.");
    }

    [Fact]
    public async Task Server_OfAnUnknownAuthority_IsNotTalkedTo()
    {
        using var stranger = new TestAuthority();
        foreach (var arguments in new string[][] { ["labels", "--token", "kgr_ci"], ["labels", "--token", "kgr_ci", "--ca-file", Write("stranger.pem", stranger.Pem)] })
        {
            var run = await CommandRun.OfAsync([.. arguments, "--url", _server!.Url.ToString()]);
            run.ExitCode.ShouldBe(ExitCode.Failure);
            run.Error.ShouldContain("The SSL connection could not be established, see inner exception. The remote certificate is invalid");
        }
    }

    private async Task<string> OkAsync(params string[] arguments) => await OkAsync(arguments, null);

    private async Task<string> OkAsync(string[] arguments, string? input)
    {
        var run = await RunAsync(arguments, [], input);
        (run.ExitCode, run.Error).ShouldBe((ExitCode.Ok, ""), string.Join(' ', arguments));
        return run.Out;
    }

    private async Task<string> FailAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments, []);
        run.ExitCode.ShouldBe(ExitCode.Failure);
        return run.Error;
    }

    private Task<CommandRun> RunAsync(string[] arguments, Dictionary<string, string> environment, string? input = null)
    {
        environment["KAGARI_URL"] = _server!.Url.ToString();
        environment["KAGARI_CA_FILE"] = PathOf("ca.pem");
        return CommandRun.OfAsync(arguments, environment, input: input is null ? null : Encoding.UTF8.GetBytes(input));
    }

    private string PathOf(string name) => Path.Combine(_directory.Path, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }
}
