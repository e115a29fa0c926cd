using System.Buffers.Text;

namespace Kagari.Profiles;

/// <summary>The first line of a sample: where in it command and event are, its time and its period (0 where none is printed).</summary>
internal readonly record struct PerfScriptHead(Range Command, Range Event, long Nanos, long Period)
{
    /// <summary>Splits a line. Commands may have blanks, so it is read around the time, the one field whose form nothing else has.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out PerfScriptHead head)
    {
        head = default;
        var at = 0;
        var (idStart, idEnd) = (-1, -1);   // the last field before the time that is an id
        while (TryField(line, ref at, out var start, out var end))
        {
            var field = line[start..end];
            if (IsId(field)) (idStart, idEnd) = (start, end);
            else if (idStart > 0 && TryTime(field, out var nanos)) return TryEvent(line, end, line[..idStart].TrimEnd((byte)' ').Length, nanos, out head);
        }
        return false;
    }

    private static bool TryEvent(ReadOnlySpan<byte> line, int at, int commandEnd, long nanos, out PerfScriptHead head)
    {
        head = default;
        if (commandEnd == 0 || !TryField(line, ref at, out var start, out var end)) return false;
        if (Utf8Parser.TryParse(line[start..end], out long period, out var used) && used == end - start)
        {
            if (period < 0 || !TryField(line, ref at, out start, out end)) return false;
        }
        else period = 0;
        if (end - start < 2 || line[end - 1] != ':') return false;
        head = new PerfScriptHead(..commandEnd, start..(end - 1), nanos, period);
        return true;
    }

    private static bool TryField(ReadOnlySpan<byte> line, ref int at, out int start, out int end)
    {
        while (at < line.Length && line[at] is (byte)' ' or (byte)'\t') at++;
        start = at;
        while (at < line.Length && line[at] is not ((byte)' ' or (byte)'\t')) at++;
        end = at;
        return end > start;
    }

    /// <summary><c>1234</c> or <c>1234/1240</c>; a process that is gone has −1.</summary>
    private static bool IsId(ReadOnlySpan<byte> field) =>
        field.IndexOfAnyExcept("0123456789/-"u8) < 0 && field.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0;

    /// <summary><c>27198.059160:</c></summary>
    private static bool TryTime(ReadOnlySpan<byte> field, out long nanos)
    {
        nanos = 0;
        if (field.Length < 4 || field[^1] != ':') return false;
        var number = field[..^1];
        if (number.IndexOf((byte)'.') <= 0 || number.IndexOfAnyExcept("0123456789."u8) >= 0) return false;
        if (!Utf8Parser.TryParse(number, out decimal seconds, out var used) || used != number.Length || seconds > 9_000_000_000) return false;
        nanos = (long)(seconds * 1_000_000_000);
        return true;
    }
}
