namespace Kagari.Server.Querying;

/// <summary>The time axis of <c>/pyroscope/render</c>: about 1,500 steps, of lengths that people read well.</summary>
internal readonly record struct TimelineAxis(long StartSeconds, long EndSeconds, long StepSeconds)
{
    /// <summary>Shortest step, seconds: the default upload interval of the clients.</summary>
    private const long StepSecondsMin = 15;

    private const int StepsWanted = 1500;

    /// <summary>Upper bounds of the rough step and what they are rounded to, seconds.</summary>
    private static readonly (double UpTo, long Step)[] Steps =
    [
        (17.5, 15), (25, 20), (45, 30), (90, 60), (210, 120), (450, 300), (750, 600), (1050, 900), (1500, 1200), (2700, 1800),
        (5400, 3600), (9000, 7200), (16_200, 10_800), (32_400, 21_600), (86_400, 43_200), (604_800, 86_400), (1_814_400, 604_800),
        (3_628_800, 2_592_000),
    ];

    private const long Year = 365 * 86_400L;

    /// <summary>The axis of a range in milliseconds.</summary>
    public static TimelineAxis Of(long startMillis, long endMillis)
    {
        var rough = (endMillis - startMillis) / 1000.0 / StepsWanted;
        var step = Math.Max(StepSecondsMin, Round(rough));
        // The end is rounded down like the start, so that a point belongs to the step that it is printed at.
        return new TimelineAxis(startMillis / 1000 / step * step, endMillis / 1000 / step * step, step);
    }

    /// <summary>Point values in steps, zero where there is no point; a point outside is left out.</summary>
    public long[] Fill(IEnumerable<(long TimestampMillis, double Value)> points)
    {
        var samples = new long[Math.Max(0, (EndSeconds - StartSeconds) / StepSeconds)];
        foreach (var (timestamp, value) in points)
        {
            var index = ((timestamp / 1000) - StartSeconds) / StepSeconds;
            if (timestamp / 1000 >= StartSeconds && index < samples.Length) samples[index] = (long)value;
        }
        return samples;
    }

    private static long Round(double seconds)
    {
        foreach (var (upTo, step) in Steps)
            if (seconds <= upTo) return step;
        return Year;
    }
}
