using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Kagari.Wire.Json;

/// <summary>Timestamp (<c>"2026-01-02T03:04:05.678Z"</c>) and Duration (<c>"1.5s"</c>) as JSON strings.</summary>
internal static class WellKnownJson
{
    private const int NanosPerSecond = 1_000_000_000;
    private const long TimestampSecondsMin = -62_135_596_800;
    private const long TimestampSecondsMax = 253_402_300_799;
    private const long DurationSecondsMax = 315_576_000_000;

    public static string Format(WellKnownType type, IMessage message) =>
        type == WellKnownType.Timestamp ? Format((Timestamp)message) : Format((Duration)message);

    public static bool TryParse(WellKnownType type, string text, IMessage message) =>
        type == WellKnownType.Timestamp ? TryParse(text, (Timestamp)message) : TryParse(text, (Duration)message);

    private static string Format(Timestamp value)
    {
        // What has no text is written as the epoch: a response is not lost over one clock.
        if (value.Seconds is < TimestampSecondsMin or > TimestampSecondsMax || value.Nanos is < 0 or >= NanosPerSecond)
            return "1970-01-01T00:00:00Z";
        var second = DateTime.UnixEpoch.AddTicks(value.Seconds * TimeSpan.TicksPerSecond);
        return second.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + Fraction(value.Nanos) + "Z";
    }

    private static string Format(Duration value)
    {
        var sign = value.Seconds < 0 || value.Nanos < 0 ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{value.Seconds.ToString(CultureInfo.InvariantCulture).TrimStart('-')}{Fraction((int)Math.Abs((long)value.Nanos))}s");
    }

    /// <summary>Nothing, or 3, 6 or 9 digits after a point.</summary>
    private static string Fraction(int nanos)
    {
        if (nanos == 0) return "";
        var digits = nanos.ToString("D9", CultureInfo.InvariantCulture);
        if (digits.EndsWith("000000", StringComparison.Ordinal)) return "." + digits[..3];
        return digits.EndsWith("000", StringComparison.Ordinal) ? "." + digits[..6] : "." + digits;
    }

    private static bool TryParse(string text, Timestamp value)
    {
        // The fraction has up to nine digits, two more than a DateTime holds, so it is cut out first.
        if (!TryCutFraction(ref text, "yyyy-MM-ddTHH:mm:ss".Length, out var nanos)) return false;
        if (!DateTimeOffset.TryParseExact(text, "yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time)) return false;
        // Without a zone the time would be the server's local one.
        if (text.Length == "yyyy-MM-ddTHH:mm:ss".Length) return false;
        value.Seconds = time.ToUnixTimeSeconds();
        value.Nanos = nanos;
        return true;
    }

    private static bool TryParse(string text, Duration value)
    {
        if (!text.EndsWith('s')) return false;
        var number = text[..^1];
        var negative = number.StartsWith('-');
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var nanos = 0;
        if (point >= 0 && !TryCutFraction(ref number, point, out nanos)) return false;
        if (!long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (seconds is < -DurationSecondsMax or > DurationSecondsMax) return false;
        value.Seconds = seconds;
        value.Nanos = negative ? -nanos : nanos;
        return true;
    }

    private static bool TryCutFraction(ref string text, int point, out int nanos)
    {
        nanos = 0;
        if (text.Length <= point || text[point] != '.') return true;
        var end = point + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        var digits = end - point - 1;
        if (digits is 0 or > 9) return false;
        nanos = int.Parse(text.AsSpan(point + 1, digits), NumberStyles.None, CultureInfo.InvariantCulture);
        for (; digits < 9; digits++) nanos *= 10;
        text = text.Remove(point, end - point);
        return true;
    }
}
