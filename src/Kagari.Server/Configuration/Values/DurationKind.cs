using System.Diagnostics.CodeAnalysis;
using Kagari.Server.Limits;

namespace Kagari.Server.Configuration.Values;

/// <summary>A length of time as Go and Prometheus write it, 0 or longer.</summary>
internal sealed class DurationKind(TimeSpan least = default) : ValueKind<TimeSpan>
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond), ("us", TimeSpan.TicksPerMicrosecond),
    ];

    public override string Name => "duration";

    /// <summary>In the largest unit that divides it: <c>90m</c>, <c>5ms</c>.</summary>
    public override string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero) return "0s";
        var (unit, ticks) = Array.Find(Units, u => value.Ticks % u.Ticks == 0);
        return unit is null ? $"{value.Ticks * 100}ns" : $"{value.Ticks / ticks}{unit}";
    }

    protected override bool TryParse(string text, [NotNullWhen(true)] out TimeSpan value, [NotNullWhen(false)] out string? error)
    {
        error = null;
        if (!Durations.TryParse(text, out value))
            error = $"'{text}' is no duration; write it as 500ms, 30s, 10m, 1h30m or 7d";
        else if (value < least)
            error = $"{text} is too short; the least is {Format(least)}";
        return error is null;
    }
}
