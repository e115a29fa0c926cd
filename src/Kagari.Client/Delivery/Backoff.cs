namespace Kagari.Client.Delivery;

/// <summary>How long to wait before the next try: 0.5 s, 1 s, 2 s … 30 s, less a part by chance, or as long as the server asks.</summary>
internal static class Backoff
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(500), Longest = TimeSpan.FromSeconds(30), LongestWish = TimeSpan.FromMinutes(5);

    /// <summary>The pause after this many failed tries.</summary>
    /// <param name="failures">1 after the first.</param>
    /// <param name="wish">What the server asked for; longer than <see cref="LongestWish"/> is an error or spite.</param>
    /// <param name="random">Half of the pause is chance, so that a fleet does not come back all at once.</param>
    public static TimeSpan After(int failures, TimeSpan? wish, Random random)
    {
        var full = Math.Min(First.Ticks * (1L << Math.Clamp(failures - 1, 0, 16)), Longest.Ticks);
        var pause = new TimeSpan((long)(full * (0.5 + (random.NextDouble() / 2))));
        if (wish is not { } asked || asked <= pause) return pause;
        return asked < LongestWish ? asked : LongestWish;
    }
}
