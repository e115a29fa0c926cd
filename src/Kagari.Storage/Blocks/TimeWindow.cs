namespace Kagari.Storage;

/// <summary>A range of time, nanoseconds since 1970: the start belongs to it, the end does not.</summary>
public readonly record struct TimeWindow(long StartNanos, long EndNanos)
{
    /// <summary>Its length.</summary>
    public long LengthNanos => EndNanos - StartNanos;

    /// <summary>Whether a time lies in it.</summary>
    public bool Contains(long timeNanos) => timeNanos >= StartNanos && timeNanos < EndNanos;

    /// <summary>Whether another window lies in it.</summary>
    public bool Contains(TimeWindow other) => other.StartNanos >= StartNanos && other.EndNanos <= EndNanos;

    /// <summary>The window of this length that a time lies in.</summary>
    /// <remarks>
    /// Windows are the steps of a time series over all time: counted from 1970, in milliseconds, closed on the right. The
    /// window from 10:00 to 11:00 starts one millisecond after 10:00 and holds the last millisecond that is 11:00:00.000.
    /// </remarks>
    public static TimeWindow Around(long timeNanos, long lengthNanos)
    {
        var shifted = timeNanos < long.MinValue + Millisecond ? long.MinValue : timeNanos - Millisecond;
        var into = shifted % lengthNanos;
        if (into < 0) into += lengthNanos;
        // Windows at the very ends of time are cut: 1677 and 2262 are far away, damaged clocks are not.
        var start = shifted < long.MinValue + into ? long.MinValue : shifted - into + Millisecond;
        return new TimeWindow(start, start > long.MaxValue - lengthNanos ? long.MaxValue : start + lengthNanos);
    }

    private const long Millisecond = 1_000_000;

    /// <summary>The right edge in milliseconds: the last millisecond that belongs to it.</summary>
    public long EdgeMillis => (EndNanos / Millisecond) - 1;
}
