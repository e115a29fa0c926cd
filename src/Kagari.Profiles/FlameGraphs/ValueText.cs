namespace Kagari.Profiles;

/// <summary>Values of samples as people read them.</summary>
public static class ValueText
{
    private static readonly (string Name, double Nanos)[] s_times =
        [("h", 3600e9), ("min", 60e9), ("s", 1e9), ("ms", 1e6), ("µs", 1e3), ("ns", 1)];

    /// <summary>
    /// Three digits and a fitting unit for times and bytes (<c>1.23 s</c>, <c>4.2 MB</c>); the plain number for all else.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="unit">As sample types name it: <c>nanoseconds</c>, <c>bytes</c>, <c>count</c>…</param>
    public static string Format(long value, string unit)
    {
        var nanos = unit switch
        {
            "nanoseconds" => 1.0,
            "microseconds" => 1e3,
            "milliseconds" => 1e6,
            "seconds" => 1e9,
            _ => 0,
        };
        if (nanos > 0) return Time(value * nanos);
        if (unit != "bytes") return value.ToString();
        return value < 0 ? $"-{ByteSize.Format(value == long.MinValue ? long.MaxValue : -value)}" : ByteSize.Format(value);
    }

    /// <summary>A part of a whole: <c>12.3%</c>; <c>0%</c> where the whole is 0.</summary>
    public static string Percent(long part, long whole) =>
        whole == 0 ? "0%" : $"{100.0 * part / whole:0.##}%";

    private static string Time(double nanos)
    {
        if (nanos == 0) return "0";
        foreach (var (name, size) in s_times)
        {
            var amount = nanos / size;
            if (Math.Abs(amount) < 1 && size > 1) continue;
            return $"{amount.ToString(Math.Abs(amount) >= 100 ? "0" : Math.Abs(amount) >= 10 ? "0.#" : "0.##")} {name}";
        }
        return $"{nanos:0.##} ns";
    }
}
