namespace Kagari.Server.Authentication.Tls;

/// <summary>TLS of the server's port. Files are PEM and are read again when they change.</summary>
public sealed record TlsOptions
{
    /// <summary>Certificate of the server, then those between it and its root. Default: none, and the port speaks plain HTTP.</summary>
    public string CertFile { get; init; } = "";

    /// <summary>Key of that certificate.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>What is asked of clients. Default: nothing.</summary>
    public ClientAuthType ClientAuthType { get; init; } = ClientAuthType.NoClientCert;

    /// <summary>Authorities whose clients are known. Default: none.</summary>
    public string ClientCaFile { get; init; } = "";

    /// <summary>How often the files are read. Default: 10 seconds.</summary>
    public TimeSpan ReloadPeriod { get; init; } = TimeSpan.FromSeconds(10);

    internal bool IsEnabled => CertFile.Length > 0;
}
