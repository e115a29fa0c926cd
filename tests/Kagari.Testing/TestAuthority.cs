using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kagari.Testing;

/// <summary>A certificate authority of a test, and the certificates that it signs.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-1), Until = From.AddDays(30);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    /// <summary>A new authority.</summary>
    public TestAuthority(string name = "Kagari test authority")
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _certificate = request.CreateSelfSigned(From, Until);
    }

    /// <summary>Its own certificate.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>A certificate for 127.0.0.1, localhost and a name, with its key.</summary>
    public (string Certificate, string Key) Server(string name = "localhost") => Sign(name, alternative =>
    {
        alternative.AddIpAddress(IPAddress.Loopback);
        alternative.AddDnsName("localhost");
    }, "1.3.6.1.5.5.7.3.1");

    /// <summary>A certificate for a client, with its key.</summary>
    /// <param name="name">Common name.</param>
    /// <param name="alternatives">Adds alternative names.</param>
    /// <param name="usage">Object identifier of what it is for.</param>
    public (string Certificate, string Key) Client(string name, Action<SubjectAlternativeNameBuilder>? alternatives = null, string usage = "1.3.6.1.5.5.7.3.2") =>
        Sign(name, alternatives, usage);

    /// <inheritdoc/>
    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private (string Certificate, string Key) Sign(string name, Action<SubjectAlternativeNameBuilder>? alternatives, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        if (alternatives is not null)
        {
            var builder = new SubjectAlternativeNameBuilder();
            alternatives(builder);
            request.CertificateExtensions.Add(builder.Build());
        }
        using var signed = request.Create(_certificate, From.AddHours(1), Until.AddHours(-1), RandomNumberGenerator.GetBytes(8));
        return (signed.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
