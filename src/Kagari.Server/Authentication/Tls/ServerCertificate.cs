using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kagari.Server.Configuration;

namespace Kagari.Server.Authentication.Tls;

/// <summary>What TLS needs, made of PEM texts. Does not change; connections keep theirs when files change.</summary>
/// <param name="Context">The server's certificate, its key and what lies between it and its root.</param>
/// <param name="ClientAuthorities">Authorities of clients; empty where none are checked.</param>
internal sealed record ServerCertificate(SslStreamCertificateContext Context, X509Certificate2Collection ClientAuthorities)
{
    /// <summary>For reports.</summary>
    public string Title => $"the certificate of {Context.TargetCertificate.Subject} until {Context.TargetCertificate.NotAfter.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss'Z'} is in force";

    /// <summary>Reads the texts of certificate, key and, if there are three, authorities.</summary>
    /// <exception cref="ConfigurationException">They cannot be used.</exception>
    public static ServerCertificate Parse(IReadOnlyList<string> texts, TlsOptions options)
    {
        var chain = Certificates(texts[0], "server.http_tls_config.cert_file", options.CertFile);
        SslStreamCertificateContext context;
        try
        {
            var certificate = X509Certificate2.CreateFromPem(texts[0], texts[1]);
            chain.RemoveAt(0);
            context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new ConfigurationException([$"server.http_tls_config.key_file: '{options.KeyFile}' has no key of the certificate in '{options.CertFile}': {e.Message}"]);
        }
        return new ServerCertificate(context, texts.Count > 2 ? Certificates(texts[2], "server.http_tls_config.client_ca_file", options.ClientCaFile) : []);
    }

    private static X509Certificate2Collection Certificates(string pem, string setting, string file)
    {
        var read = new X509Certificate2Collection();
        try
        {
            read.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new ConfigurationException([$"{setting}: '{file}' cannot be used: {e.Message}"]);
        }
        return read.Count > 0 ? read : throw new ConfigurationException([$"{setting}: '{file}' holds no certificate in PEM"]);
    }
}
