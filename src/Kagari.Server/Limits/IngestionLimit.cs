namespace Kagari.Server.Limits;

/// <summary>Bytes that a tenant may push in a period. Who counts them sets <see cref="IsReached"/> through the file of overrides.</summary>
public sealed record IngestionLimit
{
    /// <summary>No limit.</summary>
    public static IngestionLimit None { get; } = new();

    /// <summary>What the period is called, as <c>hour</c>. Default: hour.</summary>
    public string PeriodType { get; init; } = "hour";

    /// <summary>MiB of a period; told to clients.</summary>
    public double PeriodLimitMb { get; init; }

    /// <summary>When the period ends, seconds since 1970.</summary>
    public long ResetTimeSeconds { get; init; }

    /// <summary>Whether the tenant's limit is reached: then profiles are refused but for <see cref="SamplingRequests"/>.</summary>
    public bool IsReached { get; init; }

    /// <summary>Profiles that still pass in each <see cref="SamplingPeriod"/>. Default 0: none.</summary>
    public int SamplingRequests { get; init; }

    /// <summary>The period of <see cref="SamplingRequests"/>.</summary>
    public TimeSpan SamplingPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Limits of single usage groups.</summary>
    public IReadOnlyDictionary<string, GroupLimit> UsageGroups { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, GroupLimit>.Empty;

    /// <summary>The text it was read from; empty where it was not.</summary>
    internal string Source { get; init; } = "";
}

/// <summary>The limit of a usage group.</summary>
/// <param name="PeriodLimitMb">MiB of a period.</param>
/// <param name="IsReached">Whether it is reached.</param>
public sealed record GroupLimit(double PeriodLimitMb, bool IsReached);
