using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Kagari.Server.Configuration;

namespace Kagari.Server.Authentication.Tls;

/// <summary>TLS of the port: files that are read again, and what each new connection is asked.</summary>
internal sealed class ServerTls : IDisposable
{
    private static readonly List<SslApplicationProtocol> Protocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    private readonly ClientAuthType _type;
    private readonly WatchedFiles<ServerCertificate> _files;

    private ServerTls(ClientAuthType type, WatchedFiles<ServerCertificate> files) => (_type, _files) = (type, files);

    /// <summary>Whether clients' certificates are checked, so that they prove something.</summary>
    public static bool Verifies(ClientAuthType type) => type is ClientAuthType.VerifyClientCertIfGiven or ClientAuthType.RequireAndVerifyClientCert;

    /// <summary>When the certificate in force expires.</summary>
    public DateTimeOffset Expiry => _files.Value.Context.TargetCertificate.NotAfter;

    /// <summary>Reads the files.</summary>
    /// <exception cref="ConfigurationException">They cannot be read or used.</exception>
    public static ServerTls Open(TlsOptions options, TimeProvider time, Action<string> report)
    {
        string[] files = options.ClientCaFile.Length > 0 ? [options.CertFile, options.KeyFile, options.ClientCaFile] : [options.CertFile, options.KeyFile];
        var words = new WatchedFiles<ServerCertificate>.Words("certificate and key", certificate => certificate.Title);
        try
        {
            return new ServerTls(options.ClientAuthType, WatchedFiles<ServerCertificate>.Open(
                files, texts => ServerCertificate.Parse(texts, options), words, options.ReloadPeriod, time, report));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([$"server.http_tls_config: {e.Message}"]);
        }
    }

    /// <summary>What a new connection is asked, by the files of now.</summary>
    public SslServerAuthenticationOptions ForConnection()
    {
        var certificate = _files.Value;
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate.Context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = Protocols,
            AllowRenegotiation = false,
            ClientCertificateRequired = _type != ClientAuthType.NoClientCert,
            RemoteCertificateValidationCallback = (_, client, _, errors) => Accepts(client, errors),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            // Sessions that are resumed skip the look at the certificate, which may have lost its authority.
            AllowTlsResume = _type == ClientAuthType.NoClientCert,
            CertificateChainPolicy = Verifies(_type) ? PolicyOf(certificate.ClientAuthorities) : null,
        };
    }

    public void Dispose() => _files.Dispose();

    private bool Accepts(X509Certificate? client, SslPolicyErrors errors)
    {
        if (client is null) return _type is not (ClientAuthType.RequireAnyClientCert or ClientAuthType.RequireAndVerifyClientCert);
        return !Verifies(_type) || errors == SslPolicyErrors.None;
    }

    private static X509ChainPolicy PolicyOf(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            // What the certificate names as sources are addresses that a stranger chose.
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
        policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ClientAuthentication));
        return policy;
    }
}
