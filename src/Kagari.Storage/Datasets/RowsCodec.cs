using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The rows section, column by column: groups, times, durations, cells, spans, bytes, totals, content hashes.</summary>
internal static class RowsCodec
{
    public static void Encode(ReadOnlySpan<Row> rows, ReadOnlySpan<long> totals, ref FlatList<byte> output)
    {
        output.AddVarint(rows.Length);
        output.AddVarint(totals.Length);
        foreach (ref readonly var row in rows) output.AddVarint(row.Group);
        long last = 0;
        foreach (ref readonly var row in rows)
        {
            output.AddZigZag(unchecked(row.TimeNanos - last));
            last = row.TimeNanos;
        }
        foreach (ref readonly var row in rows) output.AddZigZag(row.DurationNanos);
        foreach (ref readonly var row in rows) output.AddVarint(row.CellCount);
        foreach (ref readonly var row in rows) output.AddVarint(row.SpanCount);
        foreach (ref readonly var row in rows) output.AddVarint(row.SampleBytes);
        foreach (var total in totals) output.AddZigZag(total);
        foreach (ref readonly var row in rows) output.AddUInt64(row.Identity.ContentHash);
    }

    /// <summary>Appends the rows; false where the section is damaged or refers to groups that are not there.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, IReadOnlyList<int[]> groups, ref FlatList<Row> rows, ref FlatList<long> totals)
    {
        var cursor = new ByteCursor(bytes);
        var count = cursor.ReadInt32(cursor.Remaining);
        var totalCount = cursor.ReadInt32(cursor.Remaining);
        var from = rows.Count;
        var added = rows.Extend(count);
        foreach (ref var row in added)
        {
            row = default(Row) with { Group = cursor.ReadInt32() };
            if (row.Group >= groups.Count) return false;
        }
        long time = 0;
        foreach (ref var row in added)
        {
            time = unchecked(time + cursor.ReadZigZag());
            row = row with { Identity = new RowIdentity(0, time) };
        }
        foreach (ref var row in added) row = row with { DurationNanos = cursor.ReadZigZag() };
        foreach (ref var row in added) row = row with { CellCount = cursor.ReadInt32() };
        foreach (ref var row in added) row = row with { SpanCount = cursor.ReadInt32() };
        long sampleStart = 0;
        foreach (ref var row in added)
        {
            var length = cursor.ReadInt32();
            row = row with { SampleStart = (int)sampleStart, SampleBytes = length };
            sampleStart += length;
            if (sampleStart > int.MaxValue) return false;
        }
        var totalStart = totals.Count;
        foreach (ref var row in added)
        {
            row = row with { TotalStart = totalStart };
            totalStart += groups[row.Group].Length;
        }
        if (totalStart - totals.Count != totalCount) return false;
        foreach (ref var total in totals.Extend(totalCount)) total = cursor.ReadZigZag();
        foreach (ref var row in rows.Span[from..]) row = row with { Identity = new RowIdentity(cursor.ReadUInt64(), row.TimeNanos) };
        return cursor.AtEnd && !cursor.Failed;
    }
}
