using System.Globalization;
using Kagari.Profiles;
using Kagari.Server.Limits;

namespace Kagari.Server.Ingest.Validation;

/// <summary>Checks a decoded profile and settles its time. What bounds memory was checked while decoding.</summary>
internal static class ProfileValidator
{
    /// <summary>
    /// Most that the values of one sample type may sum to: two years of CPU time, or 64 PiB. Larger ones are errors of
    /// the client, and a few of them would make the totals of every query wrap around.
    /// </summary>
    public const long TotalMax = 1L << 56;

    /// <summary>The time to store the profile under, nanoseconds since 1970.</summary>
    /// <exception cref="IngestException">The profile is not taken.</exception>
    public static long Validate(FlatProfile profile, LabelSet labels, TenantLimits limits, DateTimeOffset now)
    {
        if (profile.SampleTypes.Count == 0) throw Malformed("empty profile: it has no sample types");
        var time = CheckTime(profile.TimeNanos, labels, limits, now);
        for (var i = 0; i < profile.SampleTypes.Count; i++)
        {
            var type = profile.GetString(profile.SampleTypes[i].Type);
            if (type.Contains('-')) throw Malformed($"sample type contains -: '{type}'");
            if (type.Length == 0) throw Malformed($"sample type {i} has no name; the profile type of its values would be unknown");
        }
        CheckTotals(profile);
        return time;
    }

    /// <summary>The error that a decoder's refusal becomes.</summary>
    public static IngestException ToException(ProfileError error, string labels, TenantLimits limits)
    {
        var reason = error.Kind switch
        {
            ProfileErrorKind.TooLarge => DiscardReason.ProfileSizeLimit,
            ProfileErrorKind.TooManySamples => DiscardReason.SamplesLimit,
            ProfileErrorKind.TooManySampleLabels => DiscardReason.SampleLabelsLimit,
            _ => DiscardReason.MalformedProfile,
        };
        var message = error.Kind switch
        {
            ProfileErrorKind.TooLarge => $"{error.Message} (max_profile_size_bytes, limit: {limits.MaxProfileSizeBytes})",
            ProfileErrorKind.TooManySamples or ProfileErrorKind.TooManySampleLabels => $"the profile with labels '{labels}' {error.Message}",
            _ => error.Message,
        };
        return IngestException.Invalid(reason, message);
    }

    private static void CheckTotals(FlatProfile profile)
    {
        var types = profile.SampleTypes.Count;
        var values = profile.Values.Span;
        for (var type = 0; type < types; type++)
        {
            var total = 0L;
            for (var i = type; i < values.Length; i += types)
            {
                // Negative values are dropped later. Both sides are below the limit, so the sum cannot overflow.
                if (values[i] > TotalMax || (total += Math.Max(0, values[i])) > TotalMax)
                    throw Malformed($"the values of sample type '{profile.GetString(profile.SampleTypes[type].Type)}' sum to more than {TotalMax}");
            }
        }
    }

    /// <summary>The time, or now where there is none.</summary>
    /// <exception cref="IngestException">The tenant takes nothing so old, or so new.</exception>
    public static long CheckTime(long timeNanos, LabelSet labels, TenantLimits limits, DateTimeOffset now)
    {
        var nowNanos = (now - DateTimeOffset.UnixEpoch).Ticks * 100;
        if (timeNanos <= 0) return nowNanos;
        var oldest = limits.RejectOlderThan > TimeSpan.Zero ? nowNanos - (limits.RejectOlderThan.Ticks * 100) : long.MinValue;
        var newest = limits.RejectNewerThan > TimeSpan.Zero ? nowNanos + (limits.RejectNewerThan.Ticks * 100) : long.MaxValue;
        if (timeNanos >= oldest && timeNanos <= newest) return timeNanos;
        throw IngestException.Invalid(DiscardReason.NotInIngestionWindow,
            $"profile with labels '{labels}' is outside of ingestion window (profile timestamp: {Text(timeNanos)}, "
            + $"the ingestion window starts at {Bound(oldest)} and ends at {Bound(newest)}; "
            + "settings reject_older_than, reject_newer_than)");
    }

    private static string Bound(long nanos) => nanos is long.MinValue or long.MaxValue ? "any time" : Text(nanos);

    private static string Text(long nanos) =>
        DateTimeOffset.UnixEpoch.AddTicks(nanos / 100).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static IngestException Malformed(string message) => IngestException.Invalid(DiscardReason.MalformedProfile, message);
}
