namespace Kagari.Server.Authentication;

/// <summary>Which signed tokens (JWT) of an identity provider are taken, and what they allow.</summary>
public sealed record OidcOptions
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The issuer, exactly as the claim <c>iss</c> has it. Default: none, and no such token is taken.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>What the claim <c>aud</c> must hold. Needed with an issuer.</summary>
    public string Audience { get; init; } = "";

    /// <summary>File with the issuer's keys (JWKS). Default: none, and they are asked of the issuer.</summary>
    public string JwksFile { get; init; } = "";

    /// <summary>Claim with the tenants, a text or a list. Default: tenant.</summary>
    public string TenantClaim { get; init; } = "tenant";

    /// <summary>Claim with the scopes, a list or a text with blanks. Default: scope.</summary>
    public string ScopeClaim { get; init; } = "scope";

    /// <summary>What scopes begin with in that claim, as <c>kagari:</c>. Default: nothing.</summary>
    public string ScopePrefix { get; init; } = "";

    /// <summary>Tenants of tokens without that claim. Default: none.</summary>
    public IReadOnlySet<string> DefaultTenants { get; init; } = None;

    /// <summary>Scopes of tokens without that claim. Default: none.</summary>
    public IReadOnlySet<string> DefaultScopes { get; init; } = None;
}
