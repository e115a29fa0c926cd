namespace Kagari.Query;

/// <summary>Which sums of slots can answer a question about time.</summary>
internal static class Rollup
{
    public const long DayNanos = 86_400_000_000_000;

    private const long Millisecond = 1_000_000;

    /// <summary>The longest slot of which every step holds a whole number: 0 where steps do not begin with slots.</summary>
    public static long SlotOf(TimeSteps steps)
    {
        var slot = GreatestCommonDivisor(steps.StepMillis * Millisecond, DayNanos);
        return GreatestCommonDivisor(slot, Math.Abs(steps.StartMillis) * Millisecond);
    }

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
