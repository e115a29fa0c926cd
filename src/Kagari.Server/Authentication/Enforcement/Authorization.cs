using Kagari.Server.Rpc;
using Kagari.Server.Tenancy;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Authentication.Enforcement;

/// <summary>Whether a known caller may do what a route does, with the tenants that the request names.</summary>
internal static class Authorization
{
    /// <summary>Why not; null where it may. Names the only tenant of a caller in its request.</summary>
    public static Refusal? Check(HttpContext http, Identity identity, Access access, bool multitenancy)
    {
        var needed = access switch
        {
            Access.Read or Access.Server => Scopes.Read,
            Access.Write => Scopes.Write,
            Access.Admin or Access.Operator => Scopes.Admin,
            _ => Scopes.None,
        };
        if ((identity.Scopes & needed) != needed)
            return new Refusal(FailureReason.Scope, RpcCode.PermissionDenied, $"'{identity.Name}' lacks the scope '{needed.ToString().ToLowerInvariant()}'.");
        if (!multitenancy)
            return identity.Tenants.Contains(TenantId.Anonymous) ? null
                : Denied($"'{identity.Name}' is bound to tenants, and this server has none but '{TenantId.Anonymous}': setting multitenancy_enabled is false.");
        return access switch
        {
            Access.Known => null,
            Access.Server => identity.Tenants.IsAny ? null : Denied($"'{identity.Name}' is bound to tenants; this is about all of them (tenants: [\"*\"])."),
            _ => CheckHeader(http, identity),
        };
    }

    private static Refusal? CheckHeader(HttpContext http, Identity identity)
    {
        var header = http.Request.Headers[TenantId.Header].ToString();
        if (header.Length == 0)
        {
            // Without a header and with several tenants, the route says that one must be named.
            if (identity.Tenants.Single is { } only) http.Request.Headers[TenantId.Header] = only;
            return null;
        }
        foreach (var tenant in header.Split('|'))
            if (!identity.Tenants.Contains(tenant)) return Denied($"'{identity.Name}' has no access to a tenant that header {TenantId.Header} names: '{RpcResponseWriter.Shorten(tenant)}'.");
        return null;
    }

    private static Refusal Denied(string message) => new(FailureReason.Tenant, RpcCode.PermissionDenied, message);
}
