using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>What is to be deleted: rows of some series of a tenant in a range of time.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Selector">The selector in words: equal work has equal words.</param>
/// <param name="Matches">Which series.</param>
/// <param name="TimeNanosMin">First time, nanoseconds since 1970.</param>
/// <param name="TimeNanosMax">Last time; it belongs to the range.</param>
public sealed record DeletionRequest(string Tenant, string Selector, Func<LabelSet, bool> Matches, long TimeNanosMin, long TimeNanosMax)
{
    /// <summary>Which services can have such series; others are not read. Default: all.</summary>
    public Func<string, bool> MayMatchService { get; init; } = static _ => true;

    /// <summary>The range as a window.</summary>
    internal TimeWindow Window => new(TimeNanosMin, TimeNanosMax == long.MaxValue ? long.MaxValue : TimeNanosMax + 1);
}
