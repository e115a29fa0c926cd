namespace Kagari.Query;

/// <summary>The steps of a time axis: right-closed intervals, named by their right edge.</summary>
internal readonly record struct TimeSteps(long StartMillis, long EndMillis, long StepMillis)
{
    /// <summary>The range of time that the steps cover, in nanoseconds, both ends included.</summary>
    public SeriesQuery Cover(SeriesQuery query) => query with
    {
        TimeNanosMin = ((StartMillis - StepMillis) * 1_000_000) + 1_000_000,
        TimeNanosMax = (EndMillis * 1_000_000) + 999_999,
    };

    /// <summary>The right edge of the step that a time falls in; false where it falls in none.</summary>
    public bool TryFind(long timeNanos, out long edgeMillis)
    {
        var millis = timeNanos / 1_000_000;
        var behind = millis - StartMillis;
        var steps = behind <= 0 ? 0 : (behind + StepMillis - 1) / StepMillis;
        edgeMillis = StartMillis + (steps * StepMillis);
        return behind > -StepMillis && edgeMillis <= EndMillis;
    }
}
