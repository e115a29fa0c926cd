using System.Globalization;
using System.Text;

namespace Kagari.Server.Limits;

/// <summary>Durations as Prometheus and Go write them: <c>1d</c>, <c>25h0m0s</c>, <c>1h30m</c>, <c>500ms</c>.</summary>
internal static class Durations
{
    private static readonly (string Unit, double Seconds)[] Units =
        [("ns", 1e-9), ("us", 1e-6), ("µs", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400), ("w", 604_800), ("y", 31_536_000)];

    /// <summary>Reads a duration; plain <c>0</c> is one.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan().Trim();
        if (rest is "0") return true;
        var negative = rest.StartsWith("-");
        if (negative) rest = rest[1..];
        if (rest.IsEmpty) return false;
        double seconds = 0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
            rest = rest[digits..];
            var letters = rest.IndexOfAny("0123456789.");
            var unit = (letters < 0 ? rest : rest[..letters]).ToString();
            var known = Array.Find(Units, u => u.Unit == unit);
            if (known.Unit is null) return false;
            seconds += number * known.Seconds;
            rest = rest[unit.Length..];
        }
        if (seconds > TimeSpan.MaxValue.TotalSeconds / 2) return false;
        duration = TimeSpan.FromSeconds(negative ? -seconds : seconds);
        return true;
    }

    /// <summary>Whole days as <c>7d</c>, else hours, minutes and seconds.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero) return "0s";
        if (duration.Ticks % TimeSpan.TicksPerDay == 0) return $"{duration.Days}d";
        var text = new StringBuilder();
        if (duration.TotalHours >= 1) text.Append((long)duration.TotalHours).Append('h');
        if (duration.TotalMinutes >= 1) text.Append(duration.Minutes).Append('m');
        var seconds = duration.Seconds + (duration.Milliseconds / 1000.0);
        return text.Append(seconds.ToString("0.###", CultureInfo.InvariantCulture)).Append('s').ToString();
    }
}
