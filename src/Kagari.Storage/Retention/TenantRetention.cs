using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>How long and how much of a tenant's data is kept. Immutable; hand out the same instance as long as nothing changes.</summary>
/// <remarks>Data goes window by window, so the last of it goes up to a day after its period is over.</remarks>
public sealed record TenantRetention
{
    /// <summary>Keeps everything.</summary>
    public static TenantRetention Forever { get; } = new();

    /// <summary>How long profiles are kept. Default: zero, forever.</summary>
    public TimeSpan Period { get; init; }

    /// <summary>Periods of some series; the first rule that matches a series counts instead of <see cref="Period"/>. Default: none.</summary>
    public IReadOnlyList<RetentionRule> Rules { get; init; } = [];

    /// <summary>How long rollups are kept. Default: zero, as long as the profiles that they sum; they are never kept shorter.</summary>
    public TimeSpan RollupPeriod { get; init; }

    /// <summary>Bytes of blocks that are kept; the oldest windows go first. Default: zero, any number.</summary>
    public long BytesMax { get; init; }

    /// <summary>Whether any period is set.</summary>
    internal bool HasPeriods => Period > TimeSpan.Zero || RollupPeriod > TimeSpan.Zero || Rules.Any(r => r.Period > TimeSpan.Zero);

    /// <summary>No series is kept longer.</summary>
    internal TimeSpan Longest => Rules.Select(r => r.Period).Append(Period).Select(Endless).Max();

    /// <summary>No series is kept shorter.</summary>
    internal TimeSpan Shortest => Rules.Select(r => r.Period).Append(Period).Select(Endless).Min();

    /// <summary>How long rollups are kept, as a length.</summary>
    internal TimeSpan Rollups => RollupPeriod > Longest ? RollupPeriod : Longest;

    /// <summary>How long a series is kept; <see cref="TimeSpan.MaxValue"/> is forever.</summary>
    internal TimeSpan PeriodOf(LabelSet series)
    {
        foreach (var rule in Rules)
            if (rule.Matches(series)) return Endless(rule.Period);
        return Endless(Period);
    }

    private static TimeSpan Endless(TimeSpan period) => period > TimeSpan.Zero ? period : TimeSpan.MaxValue;
}
