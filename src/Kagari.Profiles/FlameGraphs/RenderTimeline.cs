namespace Kagari.Profiles;

/// <summary>Sums of profiles over time, as the render API shows them above a flame graph.</summary>
/// <param name="StartTime">Start of the first step, seconds since 1970.</param>
/// <param name="Samples">One sum per step, 0 where nothing was seen.</param>
/// <param name="DurationDelta">Length of a step, seconds.</param>
public sealed record RenderTimeline(long StartTime, IReadOnlyList<long> Samples, long DurationDelta);
