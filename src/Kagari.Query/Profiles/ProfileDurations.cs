namespace Kagari.Query;

/// <summary>How many profiles, from when, and how long they sampled together.</summary>
/// <param name="Count">Profiles.</param>
/// <param name="TimeNanosMin">Time of the first.</param>
/// <param name="DurationNanos">Sum of their durations.</param>
public readonly record struct ProfileDurations(long Count, long TimeNanosMin, long DurationNanos)
{
    /// <summary>Those of listed profiles.</summary>
    public static ProfileDurations Of(IReadOnlyList<StoredProfile> profiles) => profiles.Count == 0 ? default
        : new ProfileDurations(profiles.Count, profiles.Min(p => p.Identity.TimeNanos), profiles.Sum(p => p.DurationNanos));
}
