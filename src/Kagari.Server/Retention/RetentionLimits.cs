using System.Runtime.CompilerServices;
using Kagari.Server.Limits;
using Kagari.Storage;

namespace Kagari.Server.Retention;

/// <summary>The retention that a tenant's limits ask for. Equal limits give the same instance. Thread safe.</summary>
internal sealed class RetentionLimits(ILimitsProvider limits)
{
    private readonly ConditionalWeakTable<TenantLimits, TenantRetention> _known = [];

    /// <summary>How long and how much of the tenant's data is kept, now.</summary>
    public TenantRetention For(string tenant) => _known.GetValue(limits.For(tenant), static own => new TenantRetention
    {
        Period = own.CompactorBlocksRetentionPeriod,
        Rules = [.. own.RetentionRules.Select(r => new RetentionRule(r.Selector.Matches, r.Period))],
        RollupPeriod = own.RollupRetentionPeriod,
        BytesMax = own.RetentionBytesMax,
    });
}
