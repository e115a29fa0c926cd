using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Kagari.Client.Delivery;
using Kagari.Testing;

namespace Kagari.Client.Tests.Delivery;

public sealed class HttpConnectionTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Fact]
    public void Post_Again_UsesTheSameConnection()
    {
        using var server = new RawServer();
        using var connection = Connect($"http://localhost:{server.Port}/a%20b/push.v1.PusherService/Push");
        for (var i = 0; i < 3; i++) connection.Post(new byte[i * 100_000], CancellationToken.None).Status.ShouldBe(200);
        server.Connections.ShouldBe(1);
        server.Heads[2].ShouldBe($"POST /a%20b/push.v1.PusherService/Push HTTP/1.1\r\nHost: localhost:{server.Port}\r\nContent-Type: application/proto\r\nContent-Length: 200000\r\nX-One: 1\r\n\r\n");
    }

    [Fact]
    public void Post_ConnectionWasClosedMeanwhile_OpensAnother()
    {
        using var server = new RawServer(requestsPerConnection: 1);
        using var connection = Connect($"http://127.0.0.1:{server.Port}/");
        for (var i = 0; i < 20; i++) connection.Post(new byte[100_000], CancellationToken.None).Status.ShouldBe(200);
        server.Connections.ShouldBeGreaterThanOrEqualTo(20);
    }

    [Fact]
    public void Post_CertificateNobodyKnows_IsRefusedWithAReason()
    {
        using var authority = new TestAuthority();
        using var certificate = Certificate(authority);
        using var server = new RawServer(certificate);
        using var connection = Connect($"https://localhost:{server.Port}/");
        var error = Should.Throw<AuthenticationException>(() => connection.Post(new byte[1], CancellationToken.None));
        PushAnswer.Of(error, "https://localhost", Timeout).Text.ShouldContain("certificates of one's own: SSL_CERT_FILE");
    }

    [Fact]
    public void Post_Tls_UsesTheSameConnection()
    {
        using var authority = new TestAuthority("the house");
        using var certificate = Certificate(authority);
        using var server = new RawServer(certificate);
        using var connection = new HttpConnection(new Uri($"https://localhost:{server.Port}/push"), [], Timeout, null,
            (_, shown, _, problems) => shown!.Issuer == "CN=the house" && problems == SslPolicyErrors.RemoteCertificateChainErrors);
        for (var i = 0; i < 4; i++) connection.Post(new byte[i * 100_000], CancellationToken.None).Status.ShouldBe(200);
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public void Post_Proxy_IsAskedForTheWholeAddress()
    {
        using var server = new RawServer();
        using var connection = Connect("http://nowhere.example/push", new WebProxy($"http://127.0.0.1:{server.Port}") { Credentials = new NetworkCredential("u", "p") });
        connection.Post(new byte[1], CancellationToken.None).Status.ShouldBe(200);
        server.Heads[0].ShouldStartWith("POST http://nowhere.example/push HTTP/1.1\r\nHost: nowhere.example\r\nProxy-Authorization: Basic dTpw\r\n");
    }

    [Fact]
    public void Post_ProxyOfTls_IsAskedForATunnel()
    {
        using var server = new RawServer(requestsPerConnection: 1);
        using var connection = Connect("https://nowhere.example/push", new WebProxy($"http://127.0.0.1:{server.Port}"));
        // The tunnel ends where TLS would begin.
        Should.Throw<Exception>(() => connection.Post(new byte[1], CancellationToken.None)).ShouldBeAssignableTo<IOException>();
        server.Heads[0].ShouldBe("CONNECT nowhere.example:443 HTTP/1.1\r\nHost: nowhere.example:443\r\n\r\n");
    }

    private static X509Certificate2 Certificate(TestAuthority authority)
    {
        var (certificate, key) = authority.Server();
        return X509Certificate2.CreateFromPem(certificate, key);
    }

    private static HttpConnection Connect(string address, IWebProxy? proxy = null) => new(new Uri(address), [new("X-One", "1")], Timeout, proxy);
}
