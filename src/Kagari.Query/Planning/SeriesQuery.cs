using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Which rows a query is about: tenants, time, series.</summary>
/// <param name="Tenants">One or several tenants; their data is merged.</param>
/// <param name="TimeNanosMin">First nanosecond since 1970, included.</param>
/// <param name="TimeNanosMax">Last nanosecond since 1970, included.</param>
/// <param name="Selector">Which series.</param>
public sealed record SeriesQuery(IReadOnlyList<string> Tenants, long TimeNanosMin, long TimeNanosMax, Selector Selector)
{
    /// <summary>What it may take, and what it took.</summary>
    public QueryRun Run { get; init; } = new();

    /// <summary>
    /// Length of the longest slot whose sum may stand for its profiles. 0: only where the profiles are gone;
    /// <see cref="ProfilesOnly"/>: never.
    /// </summary>
    /// <remarks>Slots of a shorter rollup must divide it, and it counts from 1970 as slots do.</remarks>
    internal long SlotNanosMax { get; init; }

    /// <summary>Single profiles or samples are asked for: no sum can stand for them.</summary>
    internal const long ProfilesOnly = -1;

    /// <summary>Whether only series and rows are looked at, no stack.</summary>
    internal bool WithoutStacks { get; init; }

    /// <summary>Labels by which the answer is grouped: rollups that have lost one of them cannot answer.</summary>
    internal IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>The same for one profile type.</summary>
    public SeriesQuery OfType(ProfileTypeId type) =>
        this with { Selector = Selector.And(LabelMatcher.Equal(LabelNames.ProfileType, type.ToString())) };

    /// <summary>From times in milliseconds, as the API gives them; both ends included, to the last nanosecond of the end.</summary>
    public static SeriesQuery OfMillis(IReadOnlyList<string> tenants, long startMillis, long endMillis, Selector selector) =>
        new(tenants, ToNanos(startMillis), ToNanos(endMillis) is var end && end <= long.MaxValue - 999_999 ? end + 999_999 : end, selector);

    private static long ToNanos(long millis) =>
        millis > long.MaxValue / 1_000_000 ? long.MaxValue : millis < long.MinValue / 1_000_000 ? long.MinValue : millis * 1_000_000;
}
