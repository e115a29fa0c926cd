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

    /// <summary>The values of all cells of a column, in the order of <see cref="TryReadRows"/>.</summary>
    public static bool TryReadValues(
        in Tile tile, ReadOnlySpan<TileColumn> columns, int column, ReadOnlySpan<int> counts, TilePageBytes hot, TilePageBytes cold, ref FlatList<long> values)
    {
        values.Clear();
        ref readonly var stored = ref columns[column];
        var isFactor = stored.Mode == TileColumnMode.Factor;
        var source = isFactor ? 0 : column;
        var scale = isFactor ? columns[0].Scale * stored.Scale : stored.Scale;
        if (!TrySlice(hot[2 + source], columns[source].Totals, out var totals) || !TrySlice(cold[1 + source], columns[source].Values, out var bytes)) return false;
        var isDelta = columns[source].Mode == TileColumnMode.Delta;
        foreach (var count in counts)
        {
            var into = values.Extend(count);
            var rest = totals.ReadVarint();
            ulong value = 0;
            for (var i = 0; i < count - 1; i++)
            {
                value = isDelta ? unchecked(value + (ulong)bytes.ReadZigZag()) : bytes.ReadVarint();
                rest = unchecked(rest - value);
                into[i] = unchecked((long)(value * scale));
            }
            into[^1] = unchecked((long)(rest * scale));
            if (totals.Failed || bytes.Failed) return false;
        }
        return true;
    }

    private static bool TrySlice(ReadOnlySpan<byte> stream, int start, out ByteCursor cursor)
    {
        cursor = new ByteCursor(stream);
        if (start > stream.Length) return false;
        cursor.Position = start;
        return true;
    }
}
