namespace Kagari.Server.Authentication;

/// <summary>Values of the label <c>reason</c> of <c>kagari_auth_failures_total</c>.</summary>
internal static class FailureReason
{
    public const string
        Missing = "missing_credentials", Malformed = "malformed_credentials", UnknownToken = "unknown_token", WrongPassword = "wrong_password",
        UnknownCertificate = "unknown_certificate", RateLimited = "rate_limited", Scope = "missing_scope", Tenant = "other_tenant",
        Busy = "too_many_logins",
        KeysUnavailable = "keys_unavailable",
        JwtMalformed = "jwt_malformed", JwtAlgorithm = "jwt_algorithm", JwtKey = "jwt_unknown_key", JwtSignature = "jwt_signature",
        JwtIssuer = "jwt_issuer", JwtAudience = "jwt_audience", JwtTime = "jwt_time", JwtClaims = "jwt_claims";
}
