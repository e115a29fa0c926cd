using Kagari.Server.Authentication.Tls;
using Kagari.Server.Configuration;

namespace Kagari.Server.Authentication;

/// <summary>Finds settings that do not go together, before anything starts without the protection that somebody asked for.</summary>
internal static class AuthenticationChecks
{
    public static void Check(AuthenticationOptions auth, TlsOptions tls, Findings findings)
    {
        const string Tls = "server.http_tls_config";
        if (tls.CertFile.Length > 0 != tls.KeyFile.Length > 0) findings.Error($"{Tls}: cert_file and key_file go together; {(tls.CertFile.Length > 0 ? "key_file" : "cert_file")} is empty");
        if (!tls.IsEnabled && (tls.ClientAuthType != ClientAuthType.NoClientCert || tls.ClientCaFile.Length > 0))
            findings.Error($"{Tls}: client_auth_type and client_ca_file need TLS; set cert_file and key_file");
        if (ServerTls.Verifies(tls.ClientAuthType) && tls.ClientCaFile.Length == 0) findings.Error($"{Tls}: client_auth_type {tls.ClientAuthType} needs client_ca_file");
        if (!ServerTls.Verifies(tls.ClientAuthType) && tls.ClientCaFile.Length > 0)
            findings.Error($"{Tls}: client_ca_file is of no use with client_auth_type {tls.ClientAuthType}; expected {ClientAuthType.VerifyClientCertIfGiven} or {ClientAuthType.RequireAndVerifyClientCert}");

        var oidc = auth.Oidc;
        if (oidc.Issuer.Length == 0)
        {
            if (oidc.Audience.Length > 0 || oidc.JwksFile.Length > 0) findings.Error("auth.oidc: audience and jwks_file need issuer");
            return;
        }
        if (oidc.Audience.Length == 0) findings.Error("auth.oidc.audience is empty; without it, tokens that the issuer made for other services would be taken");
        if (oidc.JwksFile.Length == 0 && (!Uri.TryCreate(oidc.Issuer, UriKind.Absolute, out var issuer) || !IsSafe(issuer)))
            findings.Error($"auth.oidc.issuer: '{oidc.Issuer}' is no https address; its keys can then only come from auth.oidc.jwks_file");
        foreach (var scope in oidc.DefaultScopes)
            if (!ScopeNames.TryParse(scope, out _)) findings.Error($"auth.oidc.default_scopes: '{scope}' is not known; known: {ScopeNames.Known}");
        foreach (var tenant in oidc.DefaultTenants)
            if (TenantSet.Check(tenant) is { } error) findings.Error($"auth.oidc.default_tenants: {error}");
    }

    /// <summary>Keys that come over plain HTTP are anybody's, except from this machine.</summary>
    private static bool IsSafe(Uri issuer) => issuer.Scheme == Uri.UriSchemeHttps || (issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback);
}
