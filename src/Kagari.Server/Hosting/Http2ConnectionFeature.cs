using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Kagari.Server.Hosting;

/// <summary>Tells Kestrel that the protocol is settled, as TLS would; there is no certificate.</summary>
internal sealed class Http2ConnectionFeature : ITlsConnectionFeature, ITlsApplicationProtocolFeature
{
    private static readonly byte[] H2 = "h2"u8.ToArray();

    public ReadOnlyMemory<byte> ApplicationProtocol => H2;

    public X509Certificate2? ClientCertificate { get; set; }

    public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) =>
        Task.FromResult<X509Certificate2?>(null);
}
