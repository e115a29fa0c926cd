namespace Kagari.Profiles;

/// <summary>What a trace says of itself and of the process.</summary>
/// <param name="Version">Version of the format: 4 or 5.</param>
/// <param name="SyncNanos">The moment of <see cref="SyncTicks"/>, nanoseconds since 1970; 0 = unknown.</param>
/// <param name="SyncTicks">The clock of the events at that moment.</param>
/// <param name="TicksPerSecond">The speed of that clock; above 0.</param>
/// <param name="PointerBytes">Size of an address in the process: 4 or 8.</param>
/// <param name="ProcessId">The process, as itself sees it: in a container not what the host does.</param>
/// <param name="Processors">Processors that the process may use.</param>
/// <param name="SamplingNanos">The period that the sampler was asked for; what it reaches is often three times that.</param>
public readonly record struct NetTraceInfo(
    int Version, long SyncNanos, long SyncTicks, long TicksPerSecond, int PointerBytes, int ProcessId, int Processors, int SamplingNanos)
{
    /// <summary>Bytes of the object in a file.</summary>
    internal const int Bytes = 48;

    /// <summary>The time that lies between two readings of the events' clock, nanoseconds; 0 where the second is the earlier one.</summary>
    public long NanosBetween(long from, long to)
    {
        if (to <= from) return 0;
        var nanos = ((UInt128)(ulong)unchecked(to - from)) * 1_000_000_000 / (ulong)TicksPerSecond;
        return nanos > long.MaxValue ? long.MaxValue : (long)nanos;
    }

    /// <summary>Reads the object; false where its numbers make no sense.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, int version, out NetTraceInfo info)
    {
        var cursor = new NetTraceCursor(bytes);
        var sync = ReadTime(ref cursor);
        info = new NetTraceInfo(version, sync, cursor.ReadInt64(), cursor.ReadInt64(), cursor.ReadInt32(), cursor.ReadInt32(), cursor.ReadInt32(), cursor.ReadInt32());
        return info is { PointerBytes: 4 or 8, TicksPerSecond: > 0 } && !cursor.Failed;
    }

    /// <summary>Eight 16-bit numbers: year, month, day of the week, day, hour, minute, second, millisecond.</summary>
    private static long ReadTime(ref NetTraceCursor cursor)
    {
        var (year, month, _, day) = (cursor.ReadInt16(), cursor.ReadInt16(), cursor.ReadInt16(), cursor.ReadInt16());
        var (hour, minute, second, millisecond) = (cursor.ReadInt16(), cursor.ReadInt16(), cursor.ReadInt16(), cursor.ReadInt16());
        // 64 bits of nanoseconds end in 2262.
        if (year is < 1970 or > 2200 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return 0;
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || millisecond is < 0 or > 999) return 0;
        return (new DateTime(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks * 100;
    }
}
