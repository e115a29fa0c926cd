using Google.Protobuf;
using Kagari.Server.Authentication.Tls;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.Authentication;

/// <summary>Connect's and gRPC's own clients see unauthenticated and permission denied, without TLS and with it.</summary>
public sealed class RealClientTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NodeClients_EachCaller_SeesTheCode(bool isTls)
    {
        using var authority = new TestAuthority();
        await using var server = await AuthServer.StartAsync(tls: folder =>
        {
            var (certificate, key) = authority.Server();
            File.WriteAllText(Path.Combine(folder, "ca.pem"), authority.Pem);
            File.WriteAllText(Path.Combine(folder, "server.pem"), certificate);
            File.WriteAllText(Path.Combine(folder, "server.key"), key);
            return isTls ? new TlsOptions { CertFile = Path.Combine(folder, "server.pem"), KeyFile = Path.Combine(folder, "server.key") } : new TlsOptions();
        });
        var descriptors = Path.Combine(server.Folder, "descriptors.pb");
        await File.WriteAllBytesAsync(descriptors, RpcRealClientTests.Descriptors().ToByteArray(), TestContext.Current.CancellationToken);
        var protos = Path.Combine(Repository.Root, "src", "Kagari.Wire", "Protos");
        string[] arguments = [server.Url, descriptors, protos, AuthServer.Reader, AuthServer.Writer];
        (await NodeClients.RunAsync("auth.mjs", isTls ? [.. arguments, Path.Combine(server.Folder, "ca.pem")] : arguments)).ShouldBe("30 calls agree");
    }
}
