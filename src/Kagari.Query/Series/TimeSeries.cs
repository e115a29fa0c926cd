using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Values over time of all series that share the labels grouped by.</summary>
public sealed record TimeSeries(LabelSet Labels, IReadOnlyList<TimePoint> Points);

/// <summary>The value of one step, and the profile that contributed most where it was asked for.</summary>
public readonly record struct TimePoint(long TimestampMillis, double Value, Exemplar? Exemplar)
{
    /// <summary>What is to be known of its profiles, keys with values: that others were left out. Null: nothing.</summary>
    public IReadOnlyList<Label>? Annotations { get; init; }
}

/// <summary>A profile or span that stands for the values around it.</summary>
/// <param name="TimestampMillis">Its time.</param>
/// <param name="ProfileId">The profile; null where a span stands alone.</param>
/// <param name="SpanId">The span; 0 = none.</param>
/// <param name="TraceId">The trace of the span; 0 = none.</param>
/// <param name="Value">Its value.</param>
/// <param name="Labels">Labels of its series that are not grouped by.</param>
public sealed record Exemplar(long TimestampMillis, Guid? ProfileId, ulong SpanId, UInt128 TraceId, long Value, LabelSet Labels);

/// <summary>What to compute over time.</summary>
/// <param name="StartMillis">Time of the first step; its data begins one step before.</param>
/// <param name="EndMillis">No step ends after this.</param>
/// <param name="StepMillis">Length of a step: the point at T covers (T − step, T].</param>
/// <param name="GroupBy">Labels that tell series apart; empty = one series.</param>
/// <param name="Average">The mean per profile instead of the sum.</param>
/// <param name="Limit">Only so many series, those with the greatest sums; 0 = all.</param>
/// <param name="WithExemplars">Whether points carry the largest profile.</param>
public sealed record TimeSeriesOptions(
    long StartMillis, long EndMillis, long StepMillis, IReadOnlyList<string> GroupBy, bool Average, int Limit, bool WithExemplars);
