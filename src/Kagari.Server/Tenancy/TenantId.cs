using Kagari.Server.Rpc;

namespace Kagari.Server.Tenancy;

/// <summary>Reads the tenant of a request from <c>X-Scope-OrgID</c>.</summary>
public static class TenantId
{
    /// <summary>The header.</summary>
    public const string Header = "X-Scope-OrgID";

    /// <summary>The tenant of all data where tenants are off.</summary>
    public const string Anonymous = "anonymous";

    private const int LengthMax = 150;

    /// <summary>One tenant, for writes.</summary>
    internal static string ForWrite(Microsoft.AspNetCore.Http.HttpContext http, bool multitenancy)
    {
        var tenants = ForRead(http, multitenancy);
        return tenants.Count == 1
            ? tenants[0]
            : throw new RpcException(RpcCode.InvalidArgument, $"multiple org IDs present: header {Header} names {tenants.Count} tenants; writes take one");
    }

    /// <summary>One or several tenants, for queries: <c>a|b</c>, sorted, each once.</summary>
    internal static IReadOnlyList<string> ForRead(Microsoft.AspNetCore.Http.HttpContext http, bool multitenancy)
    {
        if (!multitenancy) return [Anonymous];
        var header = http.Request.Headers[Header].ToString();
        if (header.Length == 0) throw new RpcException(RpcCode.Unauthenticated, "no org id");
        var tenants = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var tenant in header.Split('|'))
        {
            if (Check(tenant) is { } error) throw new RpcException(RpcCode.InvalidArgument, error);
            tenants.Add(tenant);
        }
        return [.. tenants];
    }

    /// <summary>Why a text is no tenant id; null where it is one.</summary>
    public static string? Check(string tenant)
    {
        if (tenant.Length == 0) return "tenant ID is empty";
        if (tenant.Length > LengthMax) return $"tenant ID is too long: {tenant.Length} bytes, max {LengthMax}";
        if (tenant is "." or "..") return "tenant ID is '.' or '..'";
        foreach (var c in tenant)
            if (!char.IsAsciiLetterOrDigit(c) && !"!-_.*'()".Contains(c)) return $"tenant ID '{tenant}' contains unsupported character '{c}'";
        return null;
    }
}
