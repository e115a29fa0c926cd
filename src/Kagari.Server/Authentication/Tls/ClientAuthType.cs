namespace Kagari.Server.Authentication.Tls;

/// <summary>What a server asks of its clients' certificates; the names are those of Go's crypto/tls.</summary>
public enum ClientAuthType
{
    /// <summary>Nothing.</summary>
    NoClientCert,

    /// <summary>A certificate may be sent; nobody checks it, so it proves nothing.</summary>
    RequestClientCert,

    /// <summary>A certificate must be sent; nobody checks it, so it proves nothing.</summary>
    RequireAnyClientCert,

    /// <summary>A certificate may be sent; one of an unknown authority ends the connection.</summary>
    VerifyClientCertIfGiven,

    /// <summary>A certificate of a known authority must be sent.</summary>
    RequireAndVerifyClientCert,
}
