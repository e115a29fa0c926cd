using Kagari.Server.Limits;

namespace Kagari.Server.Configuration;

/// <summary>What single limits cannot say: how they must fit together.</summary>
internal static class LimitChecks
{
    /// <summary>What does not fit, or null.</summary>
    public static string? Find(TenantLimits limits) =>
        limits.MaxFlamegraphNodesMax > 0 && limits.MaxFlamegraphNodesDefault > limits.MaxFlamegraphNodesMax
            ? $"max_flamegraph_nodes_default ({limits.MaxFlamegraphNodesDefault}) is above max_flamegraph_nodes_max ({limits.MaxFlamegraphNodesMax})"
            : limits.RecordingRules.GroupBy(r => r.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? $"recording_rules has {twice.Count()} rules with the id '{twice.Key}'; an id names the series of one"
            : null;
}
