using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The rows section of a block: rows by group, then time, column by column.</summary>
/// <remarks>
/// <code>
/// unit of time (ns: 1 or 1,000,000) | zigzag time − that of the row before | zigzag duration − before | cells | zigzag total − before,
/// column by column of each group | u64 content hash of each row
/// </code>
/// </remarks>
internal static class BlockRowsCodec
{
    private const long Millisecond = 1_000_000;

    public static void Encode(ReadOnlySpan<Row> rows, ReadOnlySpan<long> totals, IReadOnlyList<int[]> groups, ref FlatList<byte> output)
    {
        var unit = Millisecond;
        foreach (ref readonly var row in rows)
            if (row.TimeNanos % Millisecond != 0) unit = 1;
        output.AddVarint((ulong)unit);
        long last = 0;
        foreach (ref readonly var row in rows)
        {
            output.AddZigZag(unchecked((row.TimeNanos / unit) - last));
            last = row.TimeNanos / unit;
        }
        last = 0;
        foreach (ref readonly var row in rows)
        {
            output.AddZigZag(unchecked(row.DurationNanos - last));
            last = row.DurationNanos;
        }
        foreach (ref readonly var row in rows) output.AddVarint(row.CellCount);
        for (var start = 0; start < rows.Length;)
        {
            var end = start;
            while (end < rows.Length && rows[end].Group == rows[start].Group) end++;
            for (var column = 0; column < groups[rows[start].Group].Length; column++)
            {
                last = 0;
                foreach (ref readonly var row in rows[start..end])
                {
                    output.AddZigZag(unchecked(totals[row.TotalStart + column] - last));
                    last = totals[row.TotalStart + column];
                }
            }
            start = end;
        }
        foreach (ref readonly var row in rows) output.AddUInt64(row.Identity.ContentHash);
    }

    /// <summary>Reads the section; null where it is damaged or does not fit the groups.</summary>
    public static DatasetRows? TryDecode(ReadOnlySpan<byte> bytes, BlockSeries series)
    {
        var cursor = new ByteCursor(bytes);
        var unit = (long)cursor.ReadVarint();
        // Every row takes more bytes than one.
        if (series.RowCount > cursor.Remaining || unit is not (1 or Millisecond)) return null;
        var rows = new Row[series.RowCount];
        var (at, totalCount) = (0, 0);
        for (var group = 0; group < series.Groups.Length; group++)
        {
            foreach (ref var row in rows.AsSpan(at, series.RowsOfGroup[group]))
            {
                row = default(Row) with { Group = group, TotalStart = totalCount };
                totalCount = checked(totalCount + series.Groups[group].Length);
            }
            at += series.RowsOfGroup[group];
        }
        if (totalCount > cursor.Remaining) return null;
        var times = new long[rows.Length];
        long last = 0;
        foreach (ref var time in times.AsSpan())
        {
            last = unchecked(last + cursor.ReadZigZag());
            time = unchecked(last * unit);
        }
        last = 0;
        foreach (ref var row in rows.AsSpan())
        {
            last = unchecked(last + cursor.ReadZigZag());
            row = row with { DurationNanos = last };
        }
        foreach (ref var row in rows.AsSpan()) row = row with { CellCount = cursor.ReadInt32() };
        var totals = new long[totalCount];
        at = 0;
        for (var group = 0; group < series.Groups.Length; group++)
        {
            var own = rows.AsSpan(at, series.RowsOfGroup[group]);
            at += own.Length;
            for (var column = 0; column < series.Groups[group].Length; column++)
            {
                last = 0;
                foreach (ref readonly var row in own) totals[row.TotalStart + column] = last = unchecked(last + cursor.ReadZigZag());
            }
        }
        for (var i = 0; i < rows.Length; i++) rows[i] = rows[i] with { Identity = new RowIdentity(cursor.ReadUInt64(), times[i]) };
        return cursor.Failed || !cursor.AtEnd ? null : new DatasetRows(rows, totals);
    }
}
