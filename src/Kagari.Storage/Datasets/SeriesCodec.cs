using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The series section: label sets as pairs of string ids, and groups as lists of series ids, new in the chain.</summary>
internal static class SeriesCodec
{
    public static void Encode(ChainSeries series, int fromSeries, int fromGroup, ref FlatList<byte> output)
    {
        output.AddVarint(fromSeries);
        output.AddVarint(series.LabelRows.Count - fromSeries);
        for (var i = fromSeries; i < series.LabelRows.Count; i++) AddList(ref output, series.LabelRows[i]);
        output.AddVarint(fromGroup);
        output.AddVarint(series.Groups.Count - fromGroup);
        for (var i = fromGroup; i < series.Groups.Count; i++) AddList(ref output, series.Groups[i]);
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, ChainSeries series, NameTable strings)
    {
        var cursor = new ByteCursor(bytes);
        if (cursor.ReadInt32() != series.LabelRows.Count) return false;
        for (var count = cursor.ReadInt32(cursor.Remaining); count > 0 && !cursor.Failed; count--)
        {
            var pairs = ReadList(ref cursor, strings.Count);
            if (pairs.Length % 2 != 0) return false;
            series.AddStored(pairs, strings);
        }
        if (cursor.ReadInt32() != series.Groups.Count) return false;
        for (var count = cursor.ReadInt32(cursor.Remaining); count > 0 && !cursor.Failed; count--)
        {
            var group = ReadList(ref cursor, series.LabelRows.Count);
            if (group.Length == 0) return false;
            series.Groups.Add(group);
        }
        return cursor.AtEnd && !cursor.Failed;
    }

    private static void AddList(ref FlatList<byte> output, int[] items)
    {
        output.AddVarint(items.Length);
        foreach (var item in items) output.AddVarint(item);
    }

    private static int[] ReadList(ref ByteCursor cursor, int below)
    {
        // Every item takes a byte at least.
        var items = new int[cursor.ReadInt32(cursor.Remaining)];
        foreach (ref var item in items.AsSpan())
        {
            item = cursor.ReadInt32();
            if (item >= below) cursor.Fail();
        }
        return cursor.Failed ? [] : items;
    }
}
