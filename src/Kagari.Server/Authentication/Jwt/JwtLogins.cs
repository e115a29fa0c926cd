using System.Diagnostics.CodeAnalysis;
using Kagari.Server.Rpc;

namespace Kagari.Server.Authentication.Jwt;

/// <summary>Believes tokens of one issuer, or says why not.</summary>
internal sealed class JwtLogins(OidcOptions options, IJwtKeys keys, TimeProvider time)
{
    /// <summary>How far the clocks of issuer and server may be apart.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    /// <summary>Whose token it is, or why it is nobody's.</summary>
    public async ValueTask<(Identity? Identity, Refusal? Refusal)> OfAsync(string text, CancellationToken cancellation)
    {
        // Step 1: the token says how and by which key it is signed.
        if (!JsonWebToken.TryRead(text, out var token, out var error)) return Refused(FailureReason.JwtMalformed, $"The token {error}.");
        if (JwtAlgorithm.Find(token.Algorithm) is not { } algorithm)
            return Refused(FailureReason.JwtAlgorithm, $"The token is signed in a way that is not taken; taken are {JwtAlgorithm.Known}.");

        // Step 2: the key, perhaps a new one.
        if (await keys.FindAsync(token.KeyId, cancellation) is not { } set)
            return (null, new Refusal(FailureReason.KeysUnavailable, RpcCode.Unavailable, "The keys of the token's issuer cannot be had at the moment; the server's log tells why."));
        var candidates = set.For(token.KeyId, algorithm).ToList();
        if (candidates.Count == 0)
            return set.Has(token.KeyId)
                ? Refused(FailureReason.JwtAlgorithm, "The token is signed in a way that its key is not for.")
                : Refused(FailureReason.JwtKey, "The issuer has no such key as the token names.");
        if (!candidates.Exists(k => k.Verifies(algorithm, token.Signed, token.Signature))) return Refused(FailureReason.JwtSignature, "The token's signature is wrong.");

        // Step 3: whose, for whom, and when.
        if (Check(token) is { } refusal) return (null, refusal);
        return TryIdentify(token, out var identity, out refusal) ? (identity, null) : (null, refusal);
    }

    private Refusal? Check(JsonWebToken token)
    {
        var claims = token.Claims;
        if (JwtClaims.Text(claims, "iss") != options.Issuer) return Refusal.Login(FailureReason.JwtIssuer, "The token is of another issuer than setting auth.oidc.issuer names.");
        if (JwtClaims.Texts(claims, "aud", isCut: false)?.Contains(options.Audience) != true) return Refusal.Login(FailureReason.JwtAudience, "The token is for another audience than setting auth.oidc.audience names.");
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        if (JwtClaims.Seconds(claims, "exp") is not { } expires) return Refusal.Login(FailureReason.JwtTime, "The token never expires; such tokens are not taken.");
        if (now >= expires + Leeway.TotalSeconds) return Refusal.Login(FailureReason.JwtTime, "The token has expired.");
        // A beginning that is no number is one that nobody can check.
        if (claims.TryGetProperty("nbf", out _) && (JwtClaims.Seconds(claims, "nbf") is not { } begins || now < begins - Leeway.TotalSeconds))
            return Refusal.Login(FailureReason.JwtTime, "The token is not valid yet.");
        return null;
    }

    private bool TryIdentify(JsonWebToken token, [NotNullWhen(true)] out Identity? identity, [NotNullWhen(false)] out Refusal? refusal)
    {
        identity = null;
        var scopes = Scopes.None;
        var named = JwtClaims.Texts(token.Claims, options.ScopeClaim, isCut: true)?
            .Where(s => s.StartsWith(options.ScopePrefix, StringComparison.Ordinal)).Select(s => s[options.ScopePrefix.Length..]);
        foreach (var name in named ?? options.DefaultScopes)
            if (ScopeNames.TryParse(name, out var scope)) scopes |= scope;
        var tenants = (JwtClaims.Texts(token.Claims, options.TenantClaim, isCut: false) ?? [.. options.DefaultTenants]).Where(t => TenantSet.Check(t) is null).ToList();
        // Known, and allowed nothing: that is no failed login.
        refusal = tenants.Count == 0
            ? new Refusal(FailureReason.JwtClaims, RpcCode.PermissionDenied, $"The token names no tenant in its claim '{options.TenantClaim}' (setting auth.oidc.tenant_claim).")
            : scopes == Scopes.None
                ? new Refusal(FailureReason.JwtClaims, RpcCode.PermissionDenied, $"The token names no scope in its claim '{options.ScopeClaim}' (setting auth.oidc.scope_claim); known are {ScopeNames.Known}.")
                : null;
        if (refusal is null) identity = new Identity(JwtClaims.Text(token.Claims, "sub") ?? "?", scopes, new TenantSet(tenants));
        return identity is not null;
    }

    private static (Identity?, Refusal?) Refused(string reason, string message) => (null, Refusal.Login(reason, message));
}
