using System.Globalization;
using Kagari.Server.Limits;
using Kagari.Server.Rpc;

namespace Kagari.Server.Retention;

/// <summary>Times of a deletion. Unlike those of a query, text that is no time is an error: it must not mean now.</summary>
internal static class DeletionTime
{
    private const string Forms = "now, now-30d, 2026-01-31, 2026-01-31T14:05:00Z, or Unix seconds, milliseconds, microseconds or nanoseconds";

    /// <summary>Nanoseconds since 1970, and how long the time is as it is written: a millisecond has a million of them.</summary>
    /// <exception cref="RpcException">It is no time.</exception>
    public static (long Nanos, long Precision) Parse(string field, string text, DateTimeOffset now)
    {
        if (text.Length > 0 && text.All(char.IsAsciiDigit) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            // The number of digits tells the unit, for all times between 2001 and 2286; 0 is the beginning of time.
            if (number == 0) return (long.MinValue, 1);
            long? unit = text.Length switch { 9 or 10 => 1_000_000_000, 13 => 1_000_000, 16 => 1_000, 19 => 1, _ => null };
            if (unit is { } nanos && number <= long.MaxValue / nanos) return (number * nanos, nanos);
        }
        else if (text.StartsWith("now", StringComparison.Ordinal))
        {
            if (text.Length == 3) return (Nanos(now), 1_000_000);
            if (text[3] is '-' or '+' && Durations.TryParse(text[4..], out var offset) && offset >= TimeSpan.Zero && offset < TimeSpan.FromDays(36_500))
                return (Nanos(text[3] == '-' ? now - offset : now + offset), 1_000_000);
        }
        else if (text.Contains('-') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            && date.Year is >= 1678 and < 2262)
        {
            return (Nanos(date), 1_000_000);
        }
        throw new RpcException(RpcCode.InvalidArgument, $"\"{field}\" is '{text}', which is no time; write {Forms}");
    }

    private static long Nanos(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;
}
