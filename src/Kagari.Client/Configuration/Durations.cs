using System.Globalization;

namespace Kagari.Client.Configuration;

/// <summary>Durations as people write them: <c>500ms</c>, <c>10s</c>, <c>1m</c>, <c>2h</c>, a bare number of seconds, or .NET's <c>00:00:10</c>.</summary>
internal static class Durations
{
    private static readonly (string Suffix, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("us", TimeSpan.TicksPerMicrosecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
        ("", TimeSpan.TicksPerSecond),
    ];

    public static bool TryRead(string text, out TimeSpan value)
    {
        value = default;
        if (text.Contains(':')) return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
        var (suffix, unit) = Array.Find(Units, u => text.EndsWith(u.Suffix, StringComparison.Ordinal));
        if (!double.TryParse(text[..^suffix.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return false;
        var ticks = number * unit;
        // Beyond this a cast to long is undefined; no option takes anything near it. NaN fails as well.
        if (!(Math.Abs(ticks) < 1e18)) return false;
        value = new TimeSpan((long)Math.Round(ticks));
        return true;
    }

    public static string Format(TimeSpan value)
    {
        foreach (var (suffix, unit) in new[] { Units[4], Units[3], Units[2], Units[0] })
            if (value.Ticks != 0 && value.Ticks % unit == 0) return string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / unit}{suffix}");
        return value.ToString("c", CultureInfo.InvariantCulture);
    }
}
