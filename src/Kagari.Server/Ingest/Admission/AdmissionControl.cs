using System.Collections.Concurrent;
using Kagari.Profiles;
using Kagari.Server.Limits;
using Kagari.Server.Metrics;
using Kagari.Server.Rpc;

namespace Kagari.Server.Ingest.Admission;

/// <summary>Which profiles a tenant's limits of a period and its sampling let in. Thread safe.</summary>
internal sealed class AdmissionControl(ServerMetrics metrics, TimeProvider time)
{
    /// <summary>Groups of a tenant that are counted by name.</summary>
    private const int NamesMax = 500;

    private readonly ConcurrentDictionary<(string Tenant, string Group), Window> _windows = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _names = new(StringComparer.Ordinal);

    /// <summary>Whether a profile is stored; false where it is left out though the client did nothing wrong.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="labels">Labels of the push; gets annotations.</param>
    /// <param name="bytes">Size, decompressed.</param>
    /// <param name="contentHash">Decides on sampling: a push that is sent again is decided alike.</param>
    /// <exception cref="IngestException">The limit of a period is reached.</exception>
    public bool Admits(string tenant, TenantLimits limits, ref LabelSet labels, long bytes, ulong contentHash)
    {
        var groups = Bounded(tenant, UsageGroup.Of(limits.DistributorUsageGroups, labels));
        foreach (var group in groups) metrics.UsageGroupReceived(tenant, group, bytes);
        if (limits.IngestionLimit.IsReached || limits.IngestionLimit.UsageGroups.Count > 0) CheckLimit(tenant, limits.IngestionLimit, groups, ref labels, bytes);
        if (SamplingOf(limits.DistributorSampling, groups) is not { } sampling) return true;
        // The highest 53 bits as a number below 1: the same chance for every profile, and no state.
        if ((contentHash >> 11) * (1.0 / (1L << 53)) < sampling.Probability)
        {
            var annotation = Annotation.SampledBy(sampling.Group, sampling.Probability);
            labels = labels.With(annotation.Name, annotation.Value);
            return true;
        }
        foreach (var group in groups) metrics.UsageGroupDiscarded(DiscardReason.Sampled, tenant, group, bytes);
        metrics.Discarded(DiscardReason.Sampled, tenant, 1, bytes);
        return false;
    }

    /// <summary>Names made from labels are the clients' to choose: what is beyond so many is counted as other.</summary>
    private IReadOnlyList<string> Bounded(string tenant, IReadOnlyList<string> groups)
    {
        if (groups.Count == 0) return groups;
        var known = _names.GetOrAdd(tenant, _ => new ConcurrentDictionary<string, bool>(StringComparer.Ordinal));
        return [.. groups.Select(g => known.ContainsKey(g) || (known.Count < NamesMax && known.TryAdd(g, true)) ? g : UsageGroup.Other).Distinct(StringComparer.Ordinal)];
    }

    private void CheckLimit(string tenant, IngestionLimit limit, IReadOnlyList<string> groups, ref LabelSet labels, long bytes)
    {
        string? reached = null;
        var limitMb = limit.PeriodLimitMb;
        if (!limit.IsReached)
        {
            reached = groups.FirstOrDefault(g => limit.UsageGroups.TryGetValue(g, out var own) && own.IsReached);
            if (reached is null) return;
            limitMb = limit.UsageGroups[reached].PeriodLimitMb;
        }
        if (Passes(tenant, reached ?? "", limit))
        {
            var annotation = Annotation.ThrottledBy(limit, reached, limitMb);
            labels = labels.With(annotation.Name, annotation.Value);
            return;
        }
        foreach (var group in groups) metrics.UsageGroupDiscarded(DiscardReason.IngestLimitReached, tenant, group, bytes);
        throw new IngestException(RpcCode.ResourceExhausted, DiscardReason.IngestLimitReached,
            FormattableString.Invariant($"limit of {limitMb:0.###} MiB") + $"/{limit.PeriodType} reached{(reached is null ? "" : $" for usage group {reached}")}, "
            + $"next reset at {Annotation.Time(limit.ResetTimeSeconds)} (setting ingestion_limit)");
    }

    /// <summary>Takes one of the profiles that still pass in the running period.</summary>
    private bool Passes(string tenant, string group, IngestionLimit limit)
    {
        if (limit.SamplingRequests <= 0) return false;
        var window = _windows.GetOrAdd((tenant, group), _ => new Window());
        lock (window)
        {
            var now = time.GetUtcNow();
            if (now - window.Start >= limit.SamplingPeriod) (window.Start, window.Passed) = (now, 0);
            if (window.Passed >= limit.SamplingRequests) return false;
            window.Passed++;
            return true;
        }
    }

    /// <summary>The group that keeps the least decides.</summary>
    private static (string Group, double Probability)? SamplingOf(IReadOnlyDictionary<string, double> sampling, IReadOnlyList<string> groups)
    {
        (string Group, double Probability)? found = null;
        foreach (var group in groups)
            if (sampling.TryGetValue(group, out var probability) && (found is null || probability < found.Value.Probability)) found = (group, probability);
        return found;
    }

    private sealed class Window
    {
        public DateTimeOffset Start { get; set; } = DateTimeOffset.MinValue;

        public int Passed { get; set; }
    }
}
