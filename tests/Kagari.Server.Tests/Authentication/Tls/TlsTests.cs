using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Kagari.Server.Authentication.Tls;
using Kagari.Server.Configuration;
using Kagari.Server.Tests.Clients;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.Authentication.Tls;

/// <summary>A whole server behind TLS, with an authority of the test's own.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Method = "/querier.v1.QuerierService/ProfileTypes";

    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task HttpClient_EachVersion_GetsIn(string version)
    {
        await using var server = await StartAsync();
        server.Url.ShouldStartWith("https://127.0.0.1:");
        using var http = Client(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ready") { Version = new Version(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        (response.StatusCode, response.Version.ToString(), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe((HttpStatusCode.OK, version, "ready\n"));
        (await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).ShouldContain("\nkagari_tls_certificate_expiry_timestamp_seconds 1");
    }

    [Fact]
    public async Task Grpc_OverTls_Answers()
    {
        await using var server = await StartAsync();
        using var http = Client(server);
        var request = RpcRequests.Framed(Method, RpcRequests.Frame([]), "application/grpc");
        (request.Version, request.VersionPolicy) = (new Version(2, 0), HttpVersionPolicy.RequestVersionExact);
        request.Headers.Add("X-Scope-OrgID", "a");
        request.Headers.Authorization = AuthServer.Bearer(AuthServer.Reader);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        response.TrailingHeaders.GetValues("grpc-status").Single().ShouldBe("0");
    }

    [Fact]
    public async Task Curl_BothVersions_GetsInAndWithoutTheAuthorityNot()
    {
        await using var server = await StartAsync();
        var ca = Path.Combine(server.Folder, "ca.pem");
        foreach (var (option, version) in new[] { ("--http1.1", "1.1"), ("--http2", "2") })
        {
            var (status, output) = await ExternalTool.RunAsync("curl", "-sS", option, "--cacert", ca, "-w", "%{http_version}", "-u", $"x:{AuthServer.Reader}", "-H", "X-Scope-OrgID: a", $"{server.Url}/pyroscope/label-values?label=x");
            (status, output).ShouldBe((0, "[]\n" + version), option);
        }
        (await ExternalTool.RunAsync("curl", "-sS", $"{server.Url}/ready")).Status.ShouldBe(60, "curl's word for an unknown authority");
        (await ExternalTool.RunAsync("curl", "-sS", "--tls-max", "1.1", "--cacert", ca, $"{server.Url}/ready")).Status.ShouldNotBe(0, "TLS 1.1 is no protection");
        (await ExternalTool.RunAsync("curl", "-sS", server.Url.Replace("https", "http") + "/ready")).Status.ShouldNotBe(0, "there is no plain HTTP beside");
    }

    [Fact]
    public async Task Certificate_Replaced_IsTakenByNewConnectionsWithoutRestart()
    {
        await using var server = await StartAsync();
        (await SubjectAsync(server)).ShouldBe("CN=localhost");
        var (certificate, key) = _authority.Server("second.example");
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "server.pem"), certificate, TestContext.Current.CancellationToken);
        server.Time.Advance(TimeSpan.FromSeconds(10));
        (await SubjectAsync(server)).ShouldBe("CN=localhost", "the new key is not there yet");
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "server.key"), key, TestContext.Current.CancellationToken);
        (await SubjectAsync(server)).ShouldBe("CN=localhost");
        server.Time.Advance(TimeSpan.FromSeconds(10));
        (await SubjectAsync(server)).ShouldBe("CN=second.example");
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "server.key"), "nonsense", TestContext.Current.CancellationToken);
        server.Time.Advance(TimeSpan.FromSeconds(10));
        (await SubjectAsync(server)).ShouldBe("CN=second.example");
    }

    [Fact]
    public async Task Start_WithUnusableFiles_SaysWhich()
    {
        using var directory = new TemporaryDirectory();
        var (certificate, key) = _authority.Server();
        var (good, goodKey, bad) = (Write("good.pem", certificate), Write("good.key", key), Write("bad", "nonsense"));
        var otherKey = Write("other.key", _authority.Server().Key);
        await FailsAsync(new TlsOptions { CertFile = bad, KeyFile = goodKey }, $"server.http_tls_config.cert_file: '{bad}' holds no certificate in PEM");
        await FailsAsync(new TlsOptions { CertFile = good, KeyFile = bad }, $"server.http_tls_config.key_file: '{bad}' has no key of the certificate in '{good}': ");
        await FailsAsync(new TlsOptions { CertFile = good, KeyFile = otherKey }, $"server.http_tls_config.key_file: '{otherKey}' has no key of the certificate in '{good}': ");
        await FailsAsync(new TlsOptions { CertFile = good, KeyFile = "/no/such" }, "server.http_tls_config: Could not find");
        await FailsAsync(new TlsOptions { CertFile = good, KeyFile = goodKey, ClientCaFile = bad, ClientAuthType = ClientAuthType.RequireAndVerifyClientCert }, $"server.http_tls_config.client_ca_file: '{bad}' holds no certificate in PEM");

        string Write(string name, string text)
        {
            var path = Path.Combine(directory.Path, name);
            File.WriteAllText(path, text);
            return path;
        }

        static async Task FailsAsync(TlsOptions options, string message) =>
            (await Should.ThrowAsync<ConfigurationException>(() => AuthServer.StartAsync(tls: _ => options))).Message.ShouldStartWith(message);
    }

    [Theory]
    // none, of a stranger, of the authority, of the authority but for servers: 1 gets in, 2 as the holder of the certificate, 0 not.
    [InlineData(ClientAuthType.NoClientCert, "1111")]
    [InlineData(ClientAuthType.RequestClientCert, "1111")]
    [InlineData(ClientAuthType.RequireAnyClientCert, "0111")]
    [InlineData(ClientAuthType.VerifyClientCertIfGiven, "1020")]
    [InlineData(ClientAuthType.RequireAndVerifyClientCert, "0020")]
    public async Task ClientCertificates_EachMode_AsGoHasIt(ClientAuthType type, string expected)
    {
        using var stranger = new TestAuthority();
        await using var server = await StartAsync(type, AuthServer.File(AuthServer.Certificate("agent-1", "agent-1.example", "read", "a")));
        (string Certificate, string Key)?[] clients =
            [null, stranger.Client("agent-1.example"), _authority.Client("agent-1.example"), _authority.Client("agent-1.example", usage: "1.3.6.1.5.5.7.3.1")];
        var found = "";
        foreach (var client in clients) found += await TryAsync(server, client);
        found.ShouldBe(expected);
    }

    [Theory]
    [InlineData("agent-1.example", null, 200)]
    [InlineData("AGENT-1.example", null, 200)]
    [InlineData("agent-2.example", null, 401)]
    [InlineData("someone", "agent-1.example", 200)]
    [InlineData("someone", "spiffe://mesh.example/agent", 200)]
    [InlineData("someone", "spiffe://mesh.example/other", 401)]
    public async Task ClientCertificate_IsKnownByItsNames(string common, string? alternative, int expected)
    {
        var file = AuthServer.File(AuthServer.Certificate("agent-1", "agent-1.example", "read", "a"), AuthServer.Certificate("mesh", "spiffe://mesh.example/agent", "read", "a"), AuthServer.Token("reader", AuthServer.Reader, "read", "b"));
        await using var server = await StartAsync(ClientAuthType.RequireAndVerifyClientCert, file);
        using var http = Client(server, _authority.Client(common, names =>
        {
            if (alternative?.Contains("://") == true) names.AddUri(new Uri(alternative));
            else names.AddDnsName(alternative ?? "elsewhere.example");
        }));
        using var response = await http.SendAsync(AuthServer.Question(), TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(expected);
        // Who says more than a certificate is believed instead of it.
        using var question = AuthServer.Question("b");
        question.Headers.Authorization = AuthServer.Bearer(AuthServer.Reader);
        ((int)(await http.SendAsync(question, TestContext.Current.CancellationToken)).StatusCode).ShouldBe(200);
    }

    private Task<AuthServer> StartAsync(ClientAuthType type = ClientAuthType.NoClientCert, string? file = null) => AuthServer.StartAsync(file, tls: folder =>
    {
        var (certificate, key) = _authority.Server();
        File.WriteAllText(Path.Combine(folder, "ca.pem"), _authority.Pem);
        File.WriteAllText(Path.Combine(folder, "server.pem"), certificate);
        File.WriteAllText(Path.Combine(folder, "server.key"), key);
        var options = new TlsOptions { CertFile = Path.Combine(folder, "server.pem"), KeyFile = Path.Combine(folder, "server.key"), ClientAuthType = type };
        return ServerTls.Verifies(type) ? options with { ClientCaFile = Path.Combine(folder, "ca.pem") } : options;
    });

    /// <summary>2: gets in as who the certificate says; 1: gets in as nobody; 0: no connection.</summary>
    private async Task<int> TryAsync(AuthServer server, (string Certificate, string Key)? client)
    {
        using var http = Client(server, client);
        try
        {
            using var response = await http.SendAsync(AuthServer.Question(), TestContext.Current.CancellationToken);
            return response.StatusCode == HttpStatusCode.OK ? 2 : 1;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    private HttpClient Client(AuthServer server, (string Certificate, string Key)? client = null)
    {
        var tls = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust() };
        if (client is var (certificate, key)) tls.ClientCertificateContext = SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(certificate, key), [], offline: true);
        return new HttpClient(new SocketsHttpHandler { SslOptions = tls }) { BaseAddress = new Uri(server.Url), Timeout = TimeSpan.FromMinutes(1) };
    }

    private X509ChainPolicy Trust()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(_authority.Pem);
        return policy;
    }

    private async Task<string> SubjectAsync(AuthServer server)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(server.Url).Port);
        await using var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", CertificateChainPolicy = Trust(), EnabledSslProtocols = SslProtocols.None });
        return stream.RemoteCertificate!.Subject;
    }
}
