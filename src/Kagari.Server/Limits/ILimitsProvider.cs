namespace Kagari.Server.Limits;

/// <summary>The limits in force for a tenant, now.</summary>
public interface ILimitsProvider
{
    /// <summary>The tenant's limits.</summary>
    TenantLimits For(string tenant);
}

/// <summary>The same limits for everyone.</summary>
public sealed class StaticLimits(TenantLimits limits) : ILimitsProvider
{
    /// <inheritdoc/>
    public TenantLimits For(string tenant) => limits;
}
