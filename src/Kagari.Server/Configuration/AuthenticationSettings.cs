using Kagari.Server.Authentication.Tls;
using Kagari.Server.Configuration.Values;
using Kagari.Server.Hosting;

namespace Kagari.Server.Configuration;

/// <summary>Rows of <see cref="ServerSettings"/> about TLS and about who may ask. Names of TLS are those of the peer.</summary>
internal static class AuthenticationSettings
{
    private static readonly TextKind File = new("file"), Claim = new("claim", t => t.Trim(), t => t.Length == 0 ? "is empty; expected the name of a claim" : null);
    private static readonly DurationKind Period = new(TimeSpan.FromSeconds(1));

    public static IReadOnlyList<Setting<ServerOptions>> All { get; } =
    [
        Setting<ServerOptions>.Of(SettingGroups.Tls, "server.http_tls_config.cert_file", "server.http-tls-cert-path", File, o => o.Tls.CertFile, (o, v) => o with { Tls = o.Tls with { CertFile = v } },
            "Certificate of the server in PEM, then those between it and its root. With it, the port speaks TLS (1.2 or newer; HTTP/2 and HTTP/1.1)."),
        Setting<ServerOptions>.Of(SettingGroups.Tls, "server.http_tls_config.key_file", "server.http-tls-key-path", File, o => o.Tls.KeyFile, (o, v) => o with { Tls = o.Tls with { KeyFile = v } },
            "Key of that certificate in PEM."),
        Setting<ServerOptions>.Of(SettingGroups.Tls, "server.http_tls_config.client_auth_type", "server.http-tls-client-auth", new ClientAuthKind(), o => o.Tls.ClientAuthType, (o, v) => o with { Tls = o.Tls with { ClientAuthType = v } },
            "What is asked of clients' certificates: NoClientCert, RequestClientCert, RequireAnyClientCert, VerifyClientCertIfGiven or RequireAndVerifyClientCert. Only the two that verify prove anything."),
        Setting<ServerOptions>.Of(SettingGroups.Tls, "server.http_tls_config.client_ca_file", "server.http-tls-ca-path", File, o => o.Tls.ClientCaFile, (o, v) => o with { Tls = o.Tls with { ClientCaFile = v } },
            "Authorities, in PEM, whose clients are known."),
        Setting<ServerOptions>.Of(SettingGroups.Tls, "server.http_tls_config.reload_period", "server.http-tls-reload-period", Period, o => o.Tls.ReloadPeriod, (o, v) => o with { Tls = o.Tls with { ReloadPeriod = v } },
            "How often these files are read; new connections take what is new."),

        Setting<ServerOptions>.Of(SettingGroups.Authentication, "auth.file", "auth.file", File, o => o.Authentication.File, (o, v) => o with { Authentication = o.Authentication with { File = v } },
            "File of users, tokens and certificates. It is read again while the server runs. Without it and without auth.oidc.issuer, everyone may do everything."),
        Setting<ServerOptions>.Of(SettingGroups.Authentication, "auth.file_reload_period", "auth.file-reload-period", Period, o => o.Authentication.FileReloadPeriod, (o, v) => o with { Authentication = o.Authentication with { FileReloadPeriod = v } },
            "How often that file and auth.oidc.jwks_file are read."),
        Setting<ServerOptions>.Of(SettingGroups.Authentication, "auth.public_metrics", "auth.public-metrics", new SwitchKind(), o => o.Authentication.PublicMetrics, (o, v) => o with { Authentication = o.Authentication with { PublicMetrics = v } },
            "Whether /metrics is answered to everyone. Else it takes the scope read for all tenants."),
        Setting<ServerOptions>.Of(SettingGroups.Authentication, "auth.failed_logins_max", "auth.failed-logins-max", new NumberKind<int>("number", 0, 1_000_000), o => o.Authentication.FailedLoginsMax, (o, v) => o with { Authentication = o.Authentication with { FailedLoginsMax = v } },
            "Failed logins of one address per period; then its passwords are refused unseen, with 429. 0: any number."),
        Setting<ServerOptions>.Of(SettingGroups.Authentication, "auth.failed_logins_period", "auth.failed-logins-period", Period, o => o.Authentication.FailedLoginsPeriod, (o, v) => o with { Authentication = o.Authentication with { FailedLoginsPeriod = v } },
            "The period of auth.failed_logins_max."),
        Setting<ServerOptions>.Of(SettingGroups.Authentication, "auth.oidc.issuer", "auth.oidc.issuer", new TextKind("URL", t => t.Trim()), o => o.Authentication.Oidc.Issuer, (o, v) => o with { Authentication = o.Authentication with { Oidc = o.Authentication.Oidc with { Issuer = v } } },
            "Identity provider whose tokens (JWT) are taken, exactly as their claim iss has it. Its keys are asked of it, at /.well-known/openid-configuration."),
        Setting<ServerOptions>.Of(SettingGroups.Authentication, "auth.oidc.audience", "auth.oidc.audience", new TextKind("text", t => t.Trim()), o => o.Authentication.Oidc.Audience, (o, v) => o with { Authentication = o.Authentication with { Oidc = o.Authentication.Oidc with { Audience = v } } },
            "What the claim aud of these tokens must hold."),
        Setting<ServerOptions>.Of(SettingGroups.Authentication, "auth.oidc.jwks_file", "auth.oidc.jwks-file", File, o => o.Authentication.Oidc.JwksFile, (o, v) => o with { Authentication = o.Authentication with { Oidc = o.Authentication.Oidc with { JwksFile = v } } },
            "File with the issuer's keys, in place of asking for them."),
        Setting<ServerOptions>.Of(SettingGroups.Authentication, "auth.oidc.tenant_claim", "auth.oidc.tenant-claim", Claim, o => o.Authentication.Oidc.TenantClaim, (o, v) => o with { Authentication = o.Authentication with { Oidc = o.Authentication.Oidc with { TenantClaim = v } } },
            "Claim with the tenants, a text or a list; dots lead into claims, as realm_access.roles."),
        Setting<ServerOptions>.Of(SettingGroups.Authentication, "auth.oidc.scope_claim", "auth.oidc.scope-claim", Claim, o => o.Authentication.Oidc.ScopeClaim, (o, v) => o with { Authentication = o.Authentication with { Oidc = o.Authentication.Oidc with { ScopeClaim = v } } },
            "Claim with the scopes read, write and admin, a list or a text with blanks. Others are passed over."),
        Setting<ServerOptions>.Of(SettingGroups.Authentication, "auth.oidc.scope_prefix", "auth.oidc.scope-prefix", new TextKind("text", t => t.Trim()), o => o.Authentication.Oidc.ScopePrefix, (o, v) => o with { Authentication = o.Authentication with { Oidc = o.Authentication.Oidc with { ScopePrefix = v } } },
            "What scopes begin with in that claim, as kagari: in kagari:read."),
        Setting<ServerOptions>.Of(SettingGroups.Authentication, "auth.oidc.default_tenants", "auth.oidc.default-tenants", new NamesKind(), o => o.Authentication.Oidc.DefaultTenants, (o, v) => o with { Authentication = o.Authentication with { Oidc = o.Authentication.Oidc with { DefaultTenants = v } } },
            "Tenants of tokens without the claim."),
        Setting<ServerOptions>.Of(SettingGroups.Authentication, "auth.oidc.default_scopes", "auth.oidc.default-scopes", new NamesKind(), o => o.Authentication.Oidc.DefaultScopes, (o, v) => o with { Authentication = o.Authentication with { Oidc = o.Authentication.Oidc with { DefaultScopes = v } } },
            "Scopes of tokens without the claim."),
    ];
}
