using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The minutes section: sums and numbers of rows per group, minute and column; timelines read nothing else.</summary>
/// <remarks>
/// A minute is named by its right edge and holds the rows after the edge before, up to its own, in milliseconds: the
/// steps of a time series are closed on the right too.
/// <code>
/// groups in order, each: minutes | minute − the one before x minutes | rows x minutes | zigzag sum − before x minutes, per column
/// </code>
/// </remarks>
internal static class MinutesCodec
{
    public const long MinuteMillis = 60_000;

    /// <summary>The right edge of the minute that a row belongs to, in minutes since 1970.</summary>
    public static long EdgeOf(long timeNanos)
    {
        var millis = Math.DivRem(timeNanos, 1_000_000, out var rest) - (rest < 0 ? 1 : 0);
        var minute = Math.DivRem(millis, MinuteMillis, out var into);
        return into > 0 ? minute + 1 : minute;
    }

    public static void Encode(ReadOnlySpan<Row> rows, ReadOnlySpan<long> totals, IReadOnlyList<int[]> groups, ref FlatList<byte> output)
    {
        var start = 0;
        for (var group = 0; group < groups.Count; group++)
        {
            var end = start;
            while (end < rows.Length && rows[end].Group == group) end++;
            var minutes = Sum(rows[start..end], totals, groups[group].Length);
            output.AddVarint(minutes.Count);
            long last = 0;
            foreach (var minute in minutes)
            {
                output.AddZigZag(minute.Edge - last);
                last = minute.Edge;
            }
            foreach (var minute in minutes) output.AddVarint(minute.Rows);
            for (var column = 0; column < groups[group].Length; column++)
            {
                last = 0;
                foreach (var minute in minutes)
                {
                    output.AddZigZag(unchecked(minute.Sums[column] - last));
                    last = minute.Sums[column];
                }
            }
            start = end;
        }
    }

    /// <summary>Reads the section; null where it is damaged.</summary>
    public static MinuteSums[][]? TryDecode(ReadOnlySpan<byte> bytes, BlockSeries series)
    {
        var cursor = new ByteCursor(bytes);
        var all = new MinuteSums[series.Groups.Length][];
        for (var group = 0; group < all.Length; group++)
        {
            var columns = series.Groups[group].Length;
            var minutes = new MinuteSums[cursor.ReadInt32(cursor.Remaining / (2 + columns))];
            if (cursor.Failed) return null;
            var edges = new long[minutes.Length];
            long last = 0;
            foreach (ref var edge in edges.AsSpan()) edge = last = unchecked(last + cursor.ReadZigZag());
            for (var i = 0; i < minutes.Length; i++) minutes[i] = new MinuteSums(edges[i], cursor.ReadInt32(), new long[columns]);
            for (var column = 0; column < columns; column++)
            {
                last = 0;
                foreach (var minute in minutes) minute.Sums[column] = last = unchecked(last + cursor.ReadZigZag());
            }
            all[group] = minutes;
        }
        return cursor.Failed || !cursor.AtEnd ? null : all;
    }

    private static List<MinuteSums> Sum(ReadOnlySpan<Row> rows, ReadOnlySpan<long> totals, int columns)
    {
        var minutes = new List<MinuteSums>();
        foreach (ref readonly var row in rows)
        {
            var edge = EdgeOf(row.TimeNanos);
            if (minutes.Count == 0 || minutes[^1].Edge != edge) minutes.Add(new MinuteSums(edge, 0, new long[columns]));
            var minute = minutes[^1] = minutes[^1] with { Rows = minutes[^1].Rows + 1 };
            for (var c = 0; c < columns; c++) minute.Sums[c] = Saturating.Add(minute.Sums[c], totals[row.TotalStart + c]);
        }
        return minutes;
    }
}

/// <summary>What the rows of one group add up to in one minute.</summary>
/// <param name="Edge">Right edge of the minute, in minutes since 1970.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Sums">Their sum in each column.</param>
internal readonly record struct MinuteSums(long Edge, int Rows, long[] Sums);
