using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>What to count over time and value.</summary>
/// <param name="StartMillis">Time of the first step.</param>
/// <param name="EndMillis">No step ends after this.</param>
/// <param name="StepMillis">Length of a step.</param>
/// <param name="GroupBy">Labels that tell series apart.</param>
/// <param name="OfSpans">Count spans instead of profiles.</param>
/// <param name="WithExemplars">Whether cells carry their largest point.</param>
/// <param name="Limit">Only so many series, those with most points; 0 = all.</param>
public sealed record HeatmapOptions(
    long StartMillis, long EndMillis, long StepMillis, IReadOnlyList<string> GroupBy, bool OfSpans, bool WithExemplars, int Limit);

/// <summary>Counts over time and value of one group of series.</summary>
public sealed record HeatmapSeries(LabelSet Labels, IReadOnlyList<HeatmapSlot> Slots);

/// <summary>Counts of one step, for all value buckets from the lowest.</summary>
public sealed record HeatmapSlot(long TimestampMillis, IReadOnlyList<double> LowerBounds, IReadOnlyList<int> Counts, IReadOnlyList<Exemplar> Exemplars);
