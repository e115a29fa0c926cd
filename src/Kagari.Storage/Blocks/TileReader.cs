using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Reads tiles from the restored halves of their page. Total: false where the bytes are not what the directory says.</summary>
internal static class TileReader
{
    /// <summary>No tile has more cells; writers end a tile far below.</summary>
    private const int CellsMax = 1 << 26;

    /// <summary>Adds the sums of a column to <paramref name="sums"/>, by stack.</summary>
    public static bool TryAddTotals(in Tile tile, ReadOnlySpan<TileColumn> columns, int column, TilePageBytes hot, Span<long> sums)
    {
        ref readonly var stored = ref columns[column];
        var isFactor = stored.Mode == TileColumnMode.Factor;
        var source = isFactor ? 0 : column;
        var scale = isFactor ? columns[0].Scale * stored.Scale : stored.Scale;
        if (!TrySlice(hot[0], tile.Gaps, out var gaps) || !TrySlice(hot[2 + source], columns[source].Totals, out var totals)) return false;
        var stack = 0L;
        for (var i = 0; i < tile.StackCount; i++)
        {
            stack += gaps.ReadInt32();
            if (stack >= sums.Length) return false;
            ref var sum = ref sums[(int)stack];
            sum = Saturating.Add(sum, unchecked((long)(totals.ReadVarint() * scale)));
        }
        return !gaps.Failed && !totals.Failed;
    }

    /// <summary>The sums of a column, in the order of <see cref="TryReadStacks"/>.</summary>
    public static bool TryReadTotals(in Tile tile, ReadOnlySpan<TileColumn> columns, int column, TilePageBytes hot, ref FlatList<long> totals)
    {
        totals.Clear();
        ref readonly var stored = ref columns[column];
        var isFactor = stored.Mode == TileColumnMode.Factor;
        var scale = isFactor ? columns[0].Scale * stored.Scale : stored.Scale;
        if (!TrySlice(hot[2 + (isFactor ? 0 : column)], isFactor ? columns[0].Totals : stored.Totals, out var bytes)) return false;
        if (tile.StackCount > bytes.Remaining) return false;
        foreach (ref var total in totals.Extend(tile.StackCount)) total = unchecked((long)(bytes.ReadVarint() * scale));
        return !bytes.Failed;
    }

    /// <summary>The stacks of a tile and how many rows each has.</summary>
    public static bool TryReadStacks(in Tile tile, TilePageBytes hot, int stackCount, ref FlatList<int> stacks, ref FlatList<int> counts)
    {
        stacks.Clear();
        counts.Clear();
        if (!TrySlice(hot[0], tile.Gaps, out var gaps)) return false;
        if (tile.StackCount > gaps.Remaining) return false;
        var stack = 0L;
        foreach (ref var slot in stacks.Extend(tile.StackCount))
        {
            stack += gaps.ReadInt32();
            if (stack >= stackCount) return false;
            slot = (int)stack;
        }
        var target = counts.Extend(tile.StackCount);
        if (tile.RowCount == 1)
        {
            target.Fill(1);
            return !gaps.Failed;
        }
        if (!TrySlice(hot[1], tile.Counts, out var bytes)) return false;
        var all = bytes.Take(tile.StackCount);
        if (all.Length != tile.StackCount) return false;
        for (var i = 0; i < all.Length; i++)
        {
            target[i] = all[i] + 1;
            if (target[i] > tile.RowCount) return false;
        }
        return !gaps.Failed;
    }

    /// <summary>The rows of all cells, stack after stack.</summary>
    public static bool TryReadRows(in Tile tile, ReadOnlySpan<int> counts, TilePageBytes cold, ref FlatList<byte> rows)
    {
        rows.Clear();
        if (!TrySlice(cold[0], tile.Rows, out var bytes)) return false;
        // Stacks of all rows take no bytes here, so their number alone bounds nothing.
        long cells = 0;
        foreach (var count in counts) cells += count;
        if (cells > CellsMax) return false;
        foreach (var count in counts)
        {
            var into = rows.Extend(count);
            if (count == tile.RowCount)
            {
                for (var i = 0; i < into.Length; i++) into[i] = (byte)i;
                continue;
            }
            var gaps = bytes.Take(count);
            if (gaps.Length != count) return false;
            var row = -1;
            for (var i = 0; i < gaps.Length; i++)
            {
                row += gaps[i] + 1;
                if (row >= tile.RowCount) return false;
                into[i] = (byte)row;
            }
        }
        return true;
    }

    /// <summary>How many units of a column come with one of the first column, over the cells of one stack.</summary>
    public static double Ratio(ReadOnlySpan<long> values, ReadOnlySpan<long> first)
    {
        long total = 0, firstTotal = 0;
        foreach (var value in values) total += value;
        foreach (var value in first) firstTotal += value;
        return Ratio(total, firstTotal);
    }

    /// <summary>By how much a value grows when the first column's grows so. Plain IEEE arithmetic, so it is the same on every machine.</summary>
    public static long Predict(long firstDelta, double ratio)
    {
        var predicted = Math.Round(firstDelta * ratio);
        return Math.Abs(predicted) < 1L << 62 ? (long)predicted : 0;
    }

    /// <summary>The values of all cells of a column, in the order of <see cref="TryReadRows"/>.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="columns">How its columns are stored.</param>
    /// <param name="column">Which one.</param>
    /// <param name="counts">Cells of each stack.</param>
    /// <param name="hot">The hot half of its page.</param>
    /// <param name="cold">The cold half.</param>
    /// <param name="first">Gets the first column where the values are predicted by it.</param>
    /// <param name="values">Gets the values.</param>
    public static bool TryReadValues(
        in Tile tile, ReadOnlySpan<TileColumn> columns, int column, ReadOnlySpan<int> counts, TilePageBytes hot, TilePageBytes cold,
        ref FlatList<long> first, ref FlatList<long> values)
    {
        ref readonly var stored = ref columns[column];
        switch (stored.Mode)
        {
            case TileColumnMode.Factor:
                if (!TryReadStored(tile, columns, 0, counts, hot, cold, [], ref values)) return false;
                Scale(values.Span, columns[0].Scale * stored.Scale);
                return true;
            case TileColumnMode.Ratio:
                if (!TryReadStored(tile, columns, 0, counts, hot, cold, [], ref first)) return false;
                Scale(first.Span, columns[0].Scale);
                if (!TryReadStored(tile, columns, column, counts, hot, cold, first.Span, ref values)) return false;
                Scale(values.Span, stored.Scale);
                return true;
            default:
                if (!TryReadStored(tile, columns, column, counts, hot, cold, [], ref values)) return false;
                Scale(values.Span, stored.Scale);
                return true;
        }
    }

    /// <summary>The values of a column as they are stored, before they are scaled.</summary>
    private static bool TryReadStored(
        in Tile tile, ReadOnlySpan<TileColumn> columns, int column, ReadOnlySpan<int> counts, TilePageBytes hot, TilePageBytes cold,
        ReadOnlySpan<long> first, ref FlatList<long> values)
    {
        values.Clear();
        if (!TrySlice(hot[2 + column], columns[column].Totals, out var totals) || !TrySlice(cold[1 + column], columns[column].Values, out var bytes)) return false;
        var mode = columns[column].Mode;
        var at = 0;
        foreach (var count in counts)
        {
            var into = values.Extend(count);
            var rest = (long)totals.ReadVarint();
            if (mode == TileColumnMode.Ratio && count > 1)
            {
                long firstTotal = 0;
                foreach (var one in first.Slice(at, count)) firstTotal += one;
                var ratio = Ratio(rest, firstTotal);
                long value = 0, before = 0;
                for (var i = 0; i < count - 1; i++)
                {
                    value = unchecked(value + Predict(first[at + i] - before, ratio) + bytes.ReadZigZag());
                    before = first[at + i];
                    rest = unchecked(rest - (into[i] = value));
                }
            }
            else if (mode == TileColumnMode.Delta)
            {
                long value = 0;
                for (var i = 0; i < count - 1; i++) rest = unchecked(rest - (into[i] = value = unchecked(value + bytes.ReadZigZag())));
            }
            else
            {
                for (var i = 0; i < count - 1; i++) rest = unchecked(rest - (into[i] = (long)bytes.ReadVarint()));
            }
            into[^1] = rest;
            at += count;
            if (totals.Failed || bytes.Failed) return false;
        }
        return true;
    }

    private static double Ratio(long total, long firstTotal) => firstTotal > 0 ? (double)total / firstTotal : 0;

    private static void Scale(Span<long> values, ulong scale)
    {
        if (scale == 1) return;
        foreach (ref var value in values) value = unchecked((long)((ulong)value * scale));
    }

    private static bool TrySlice(ReadOnlySpan<byte> stream, int start, out ByteCursor cursor)
    {
        cursor = new ByteCursor(stream);
        if (start > stream.Length) return false;
        cursor.Position = start;
        return true;
    }
}
