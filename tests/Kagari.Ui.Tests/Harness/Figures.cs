using System.Globalization;

namespace Kagari.Ui.Tests.Harness;

/// <summary>Numbers as people are to read them, written without a look at how the pages do it: three digits that count and a unit.</summary>
internal static class Figures
{
    private static readonly (string Name, double Size)[] Times = [("ns", 1), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("min", 60e9), ("h", 3600e9), ("d", 86_400e9)];

    private static readonly (string Name, double Size)[] Sizes = [("B", 1), ("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024d * 1024 * 1024)];

    private static readonly (string Name, double Size)[] Counts = [("", 1), ("k", 1e3), ("M", 1e6), ("G", 1e9)];

    /// <summary>As <c>12.5 MiB</c> or <c>1.46 h</c>.</summary>
    public static string Value(double value, string unit)
    {
        var scale = unit switch { "nanoseconds" => Times, "bytes" => Sizes, _ => Counts };
        // The largest unit of which there is one, after rounding.
        var (name, size) = scale.LastOrDefault(s => Rounded(Math.Abs(value) / s.Size) >= 1, scale[0]);
        return $"{Digits(value / size)} {name}".TrimEnd();
    }

    /// <summary>As <c>12.4%</c>, of a whole.</summary>
    public static string Share(double part, double whole)
    {
        if (whole == 0) return "–";
        var percent = part / whole * 100;
        return percent switch
        {
            0 => "0%",
            < 0.01 => "<0.01%",
            < 100 and >= 99.95 => ">99.9%",
            >= 99.95 => percent.ToString("F0", CultureInfo.InvariantCulture) + "%",
            >= 9.995 => percent.ToString("F1", CultureInfo.InvariantCulture) + "%",
            _ => percent.ToString("F2", CultureInfo.InvariantCulture) + "%",
        };
    }

    /// <summary>Value per second, of time as processors: <c>0.962 cores</c>, <c>6.26 mcores</c>.</summary>
    public static string Rate(double perSecond, string unit)
    {
        if (unit != "nanoseconds") return $"{Value(perSecond, unit)}/s";
        var cores = perSecond / 1e9;
        var (prefix, size) = Math.Abs(cores) switch { >= 0.01 or 0 => ("", 1), >= 1e-3 => ("m", 1e-3), _ => ("µ", 1e-6) };
        return $"{Value(cores / size, "count")} {prefix}cores";
    }

    /// <summary>Change relative to where it began, as <c>+26%</c>, <c>−4.1%</c>, <c>×12</c>.</summary>
    public static string Relative(double before, double after)
    {
        if (before == after) return "±0%";
        if (before == 0 || after == 0) return before == 0 ? "new" : "gone";
        if (after / before >= 10) return $"×{Digits(after / before)}";
        var percent = ((after / before) - 1) * 100;
        var size = Math.Abs(percent) switch
        {
            < 0.1 => "<0.1",
            < 9.95 => Math.Abs(percent).ToString("F1", CultureInfo.InvariantCulture),
            _ => Math.Round(Math.Abs(percent), MidpointRounding.AwayFromZero).ToString("F0", CultureInfo.InvariantCulture),
        };
        return $"{(percent > 0 ? '+' : '−')}{size}%";
    }

    /// <summary>A change with the glyph of its direction, as <c>▲ 1.28 s</c>.</summary>
    public static string Change(double change, string size) => $"{(change > 0 ? "▲" : change < 0 ? "▼" : "=")} {size}";

    private static double Rounded(double value) => double.Parse(value.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Digits(double value)
    {
        var size = Math.Abs(value);
        var sign = value < 0 ? "−" : "";
        if (size >= 999.5) return sign + Math.Round(size, MidpointRounding.AwayFromZero).ToString("N0", CultureInfo.InvariantCulture);
        if (size == Math.Floor(size)) return sign + size.ToString("F0", CultureInfo.InvariantCulture);
        // How many digits stand behind the point is what rounding to three leaves, 0.0962 as 9.62.
        var decimals = 2 - (int)Math.Floor(Math.Log10(Rounded(size)));
        return sign + size.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }
}
