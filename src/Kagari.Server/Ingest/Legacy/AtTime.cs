using System.Globalization;

namespace Kagari.Server.Ingest.Legacy;

/// <summary>Times as <c>from</c> and <c>until</c> carry them: unix time of any unit, a date, or relative to now.</summary>
internal static class AtTime
{
    /// <summary>Reads a time; text that is none means now, as clients of the peer rely on.</summary>
    /// <remarks>
    /// Blanks, <c>_</c> and <c>,</c> are ignored. Digits only: 8 that make a date → that day, 13 → milliseconds,
    /// 16 → microseconds, 19 → nanoseconds, else seconds. Else <c>now-1h30m</c>: any word, a sign, numbers with units
    /// s, min or m, h, d, w, mon or M (30 days), y (365 days).
    /// </remarks>
    public static DateTimeOffset Parse(string? text, DateTimeOffset now)
    {
        text = string.Concat((text ?? "").Where(c => c is not ('_' or ',' or ' ')));
        if (text.Length == 0) return now;
        if (text.All(char.IsAsciiDigit)) return ParseDigits(text, now);
        var sign = text.IndexOfAny(['+', '-']);
        if (sign < 0 || !TryParseOffset(text.AsSpan(sign + 1), out var offset)) return now;
        try
        {
            return text[sign] == '-' ? now - offset : now + offset;
        }
        catch (ArgumentOutOfRangeException)
        {
            return now;
        }
    }

    /// <summary>The same in nanoseconds since 1970.</summary>
    public static long ParseNanos(string? text, DateTimeOffset now) =>
        text is { Length: 19 } && text.All(char.IsAsciiDigit) && long.TryParse(text, out var nanos)
            ? nanos   // DateTimeOffset counts in hundreds of nanoseconds: what the client said must not be rounded
            : Nanos((Parse(text, now) - DateTimeOffset.UnixEpoch).Ticks);

    /// <summary>Nanoseconds end in 2262: later times are that end, not one that wrapped around.</summary>
    private static long Nanos(long ticks) => Math.Clamp(ticks, long.MinValue / 100, long.MaxValue / 100) * 100;

    private static DateTimeOffset ParseDigits(string digits, DateTimeOffset now)
    {
        if (digits.Length == 8 && DateTimeOffset.TryParseExact(
                digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day))
            return day;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return now;
        try
        {
            return digits.Length switch
            {
                13 => DateTimeOffset.FromUnixTimeMilliseconds(number),
                16 => DateTimeOffset.UnixEpoch.AddTicks(number * 10),
                19 => DateTimeOffset.UnixEpoch.AddTicks(number / 100),
                _ => DateTimeOffset.FromUnixTimeSeconds(number),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return now;
        }
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        double seconds = 0;
        while (text.Length > 0)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0 || !long.TryParse(text[..digits], out var number)) return false;
            text = text[digits..];
            var letters = text.IndexOfAnyInRange('0', '9');
            if (letters < 0) letters = text.Length;
            if (UnitSeconds(text[..letters]) is not { } unit) return false;
            seconds += number * (double)unit;
            text = text[letters..];
        }
        if (seconds > TimeSpan.MaxValue.TotalSeconds / 2) return false;
        offset = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static long? UnitSeconds(ReadOnlySpan<char> unit) => unit switch
    {
        _ when unit.StartsWith("s") => 1,
        _ when unit.StartsWith("mon") || unit.SequenceEqual("M") => 30 * 86_400L,
        _ when unit.StartsWith("min") || unit.SequenceEqual("m") => 60,
        _ when unit.StartsWith("h") => 3600,
        _ when unit.StartsWith("d") => 86_400,
        _ when unit.StartsWith("w") => 7 * 86_400L,
        _ when unit.StartsWith("y") => 365 * 86_400L,
        _ => null,
    };
}
