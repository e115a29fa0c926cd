using Kagari.Server.Authentication;
using Kagari.Server.Tenancy;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Admin;

/// <summary>Which tenants a caller of <c>/api/v1/admin</c> sees: its own, or those of them that the request names.</summary>
internal sealed class AdminScope
{
    private readonly HashSet<string>? _named;
    private readonly TenantSet? _own;

    private AdminScope(HashSet<string>? named, TenantSet? own) => (_named, _own) = (named, own);

    /// <summary>Whether it is about all tenants, so that what belongs to none may be shown too.</summary>
    public bool IsAll => _named is null && _own is null or { IsAny: true };

    /// <summary>Of a request that was let through.</summary>
    public static AdminScope Of(HttpContext http, bool multitenancy)
    {
        if (!multitenancy) return new AdminScope(null, null);
        // Without authentication everybody may name any tenant, so nothing is hidden by naming none.
        var own = http.Features.Get<Identity>()?.Tenants;
        return http.Request.Headers[TenantId.Header].ToString().Length == 0
            ? new AdminScope(null, own) : new AdminScope(TenantId.ForRead(http, multitenancy).ToHashSet(StringComparer.Ordinal), own);
    }

    public bool Sees(string tenant) => _named?.Contains(tenant) != false && _own?.Contains(tenant) != false;
}
