using System.Text;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>One piece of work: these sources become blocks of these windows.</summary>
/// <param name="Logs">Log files, all closed; empty where blocks are merged.</param>
/// <param name="Blocks">Blocks of profiles of one tenant; empty where logs are.</param>
/// <param name="Obsolete">Rollups that are made anew.</param>
/// <param name="Tenant">The tenant of the blocks; empty where logs of all are compacted.</param>
/// <param name="Level">The level of the result of blocks; that of logs is in <see cref="Levels"/>.</param>
/// <param name="Window">The window of the result of blocks.</param>
/// <param name="Levels">Which windows are closed when the job was planned.</param>
internal sealed record CompactionJob(
    IReadOnlyList<string> Logs,
    IReadOnlyList<BlockEntry> Blocks,
    IReadOnlyList<BlockEntry> Obsolete,
    string Tenant,
    int Level,
    TimeWindow Window,
    ClosedWindows Levels)
{
    /// <summary>What retention or a deletion takes out of the profiles on their way: see <see cref="MergeOptions.Drops"/>. Rollups are made of what is left.</summary>
    public Func<LabelSet, TimeWindow?>? Drops { get; init; }

    /// <summary>Names what <see cref="Drops"/> takes: other work has another id. Empty where it is null.</summary>
    public string Variant { get; init; } = "";

    /// <summary>Keys of all that it replaces, in order.</summary>
    public IReadOnlyList<string> Sources { get; } =
        [.. Logs.Concat(Blocks.Select(b => b.Key)).Concat(Obsolete.Select(b => b.Key)).Order(StringComparer.Ordinal)];

    /// <summary>Equal for equal work: a job that was interrupted has the same id when it is planned again from the same sources.</summary>
    public UInt128 Id
    {
        get
        {
            var text = new FlatList<byte>();
            foreach (var source in Sources) text.AddBytes(Encoding.UTF8.GetBytes(source));
            text.AddVarint(Level);
            text.AddZigZag(Window.StartNanos);
            text.AddZigZag(Levels.HoursBefore);
            text.AddZigZag(Levels.DaysBefore);
            if (Variant.Length > 0) text.AddBytes(Encoding.UTF8.GetBytes(Variant));
            return new UInt128(XxHash64.Of(text.Span), XxHash64.Of(text.Span, 1));
        }
    }
}

/// <summary>Which windows are over: what is older goes into the larger ones at once.</summary>
/// <param name="FirstNanos">Length of the first level's windows.</param>
/// <param name="HoursBefore">Hours that end at or before this time are over.</param>
/// <param name="DaysBefore">Days that end at or before this time are over.</param>
internal readonly record struct ClosedWindows(long FirstNanos, long HoursBefore, long DaysBefore)
{
    public const long HourNanos = 3_600_000_000_000, DayNanos = 24 * HourNanos;

    public static ClosedWindows At(DateTimeOffset now, CompactorOptions options)
    {
        long Nanos(TimeSpan delay) => (now - delay - DateTimeOffset.UnixEpoch).Ticks * 100;
        return new ClosedWindows(
            options.FirstWindow.Ticks * 100,
            TimeWindow.Around(Nanos(options.HourDelay), HourNanos).StartNanos,
            TimeWindow.Around(Nanos(options.DayDelay), DayNanos).StartNanos);
    }

    /// <summary>The level and window that a profile of this time belongs to.</summary>
    public (int Level, TimeWindow Window) Of(long timeNanos)
    {
        var day = TimeWindow.Around(timeNanos, DayNanos);
        if (day.EndNanos <= DaysBefore) return (3, day);
        var hour = TimeWindow.Around(timeNanos, HourNanos);
        return hour.EndNanos <= HoursBefore ? (2, hour) : (1, TimeWindow.Around(timeNanos, FirstNanos));
    }
}
