namespace Kagari.Server.Authentication.Enforcement;

/// <summary>What a route asks of its callers where authentication is on.</summary>
internal enum Access
{
    /// <summary>Nothing: probes and versions.</summary>
    Public,

    /// <summary>To be known; the route itself shows only what belongs to the caller's tenants.</summary>
    Known,

    /// <summary>Scope read, and the tenants of the request.</summary>
    Read,

    /// <summary>Scope write, and the tenant of the request.</summary>
    Write,

    /// <summary>Scope admin, and the tenant of the request.</summary>
    Admin,

    /// <summary>Scope admin; the route shows only what belongs to the caller's tenants, or to those of them that the request names.</summary>
    Operator,

    /// <summary>Scope read for all tenants: what tells about the server as a whole.</summary>
    Server,
}
