using System.Globalization;

namespace Kagari.Cli.Arguments;

/// <summary>Times of the command line. Unlike the server's own reading, text that is no time is an error here.</summary>
internal static class TimeArgument
{
    public const string Forms = "now, now-1h30m, 2026-01-31, 2026-01-31T14:05:00Z, or Unix seconds, milliseconds or nanoseconds";

    /// <summary>Nanoseconds since 1970.</summary>
    /// <exception cref="CommandFailedException">It is no time.</exception>
    public static long ParseNanos(string option, string text, TimeProvider time)
    {
        if (text.StartsWith("now", StringComparison.Ordinal) && TryParseOffset(text[3..], out var offset)) return Nanos(time.GetUtcNow()) + offset;
        if (text.Length > 0 && text.All(char.IsAsciiDigit) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Scaled(number, text.Length) is { } nanos)
            return nanos;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) && text.Contains('-'))
            return Nanos(date);
        throw CommandFailedException.Usage($"{option} '{text}' is no time; write {Forms}");
    }

    /// <summary>Milliseconds since 1970.</summary>
    public static long ParseMillis(string option, string text, TimeProvider time) => Math.DivRem(ParseNanos(option, text, time), 1_000_000).Quotient;

    private static long Nanos(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;

    /// <summary>The number of digits tells the unit, for all times between 2001 and 2286.</summary>
    private static long? Scaled(long number, int digits) => digits switch
    {
        <= 10 => number * 1_000_000_000,
        13 => number * 1_000_000,
        16 => number * 1_000,
        19 => number,
        _ => null,
    };

    private static bool TryParseOffset(string text, out long nanos)
    {
        nanos = 0;
        if (text.Length == 0) return true;
        if (text[0] is not ('-' or '+') || text.Length == 1) return false;
        double seconds = 0;
        for (var at = 1; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.')) end++;
            var letters = end;
            while (letters < text.Length && char.IsAsciiLetter(text[letters])) letters++;
            if (!double.TryParse(text.AsSpan(at, end - at), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
            double? unit = text[end..letters] switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, "d" => 86_400, "w" => 604_800, _ => null };
            if (unit is null) return false;
            seconds += number * unit.Value;
            at = letters;
        }
        if (seconds > 1e9) return false;   // 30 years
        nanos = (long)(seconds * 1e9) * (text[0] == '-' ? -1 : 1);
        return true;
    }
}
