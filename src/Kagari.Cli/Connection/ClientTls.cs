using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kagari.Cli.Connection;

/// <summary>Makes the TLS settings of a connection from files.</summary>
internal static class ClientTls
{
    /// <exception cref="CommandFailedException">A file cannot be read or used.</exception>
    public static SslClientAuthenticationOptions Of(TlsFiles files)
    {
        var options = new SslClientAuthenticationOptions { CertificateRevocationCheckMode = X509RevocationMode.NoCheck };
        if (files.CaFile is { } ca)
        {
            // In place of the system's, not besides: whoever names an authority means that one.
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            Read("--ca-file", ca, () => policy.CustomTrustStore.ImportFromPemFile(ca));
            if (policy.CustomTrustStore.Count == 0) throw CommandFailedException.Usage($"--ca-file '{ca}' holds no certificate in PEM");
            options.CertificateChainPolicy = policy;
        }
        if (files.Certificate is { } certificate)
        {
            Read("--client-cert", certificate, () =>
            {
                var chain = new X509Certificate2Collection();
                chain.ImportFromPemFile(certificate);
                var leaf = X509Certificate2.CreateFromPemFile(certificate, files.Key);
                options.ClientCertificateContext = SslStreamCertificateContext.Create(leaf, [.. chain.Skip(1)], offline: true);
            });
        }
        return options;
    }

    private static void Read(string option, string file, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw CommandFailedException.Usage($"{option} '{file}' cannot be used: {e.Message}");
        }
    }
}
