using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The tiles section: where each tile lies and how it is stored.</summary>
/// <remarks>
/// <code>
/// pages  count | each: columns, tiles, hot offset in the totals section, hot bytes, hot crc u32,
///        cold offset in the cells section, cold bytes, cold crc u32
/// tiles  each: group − group of the one before, rows − 1, stacks, bytes of gaps, bytes of row numbers
///              | each column: mode, scale, bytes of totals, bytes of values
/// </code>
/// Starts in the streams are sums of the lengths before, so they are not stored.
/// </remarks>
internal sealed class TileDirectory
{
    public const int RowsPerTileMax = 256;

    public FlatList<TilePage> Pages;
    public FlatList<Tile> Tiles;
    public FlatList<TileColumn> Columns;

    /// <summary>Lengths of the streams of tiles and columns while they are written; ends follow from starts when read.</summary>
    private FlatList<(int Gaps, int Rows)> _tileBytes;
    private FlatList<(int Totals, int Values)> _columnBytes;

    public void AddTile(in Tile tile, int gapBytes, int rowBytes)
    {
        Tiles.Add(tile);
        _tileBytes.Add((gapBytes, rowBytes));
    }

    public void AddColumn(in TileColumn column, int totalBytes, int valueBytes)
    {
        Columns.Add(column);
        _columnBytes.Add((totalBytes, valueBytes));
    }

    public void Encode(ref FlatList<byte> output)
    {
        output.AddVarint(Pages.Count);
        var tile = 0;
        for (var page = 0; page < Pages.Count; page++)
        {
            var first = tile;
            while (tile < Tiles.Count && Tiles[tile].Page == page) tile++;
            output.AddVarint(Pages[page].Columns);
            output.AddVarint(tile - first);
            foreach (var extent in new[] { Pages[page].Hot, Pages[page].Cold })
            {
                output.AddVarint((ulong)extent.Offset);
                output.AddVarint(extent.StoredBytes);
                output.AddUInt32(extent.Checksum);
            }
        }
        var (group, columnAt) = (0, 0);
        for (var i = 0; i < Tiles.Count; i++)
        {
            ref readonly var t = ref Tiles[i];
            output.AddVarint(t.Group - group);
            group = t.Group;
            output.AddVarint(t.RowCount - 1);
            output.AddVarint(t.StackCount);
            output.AddVarint(_tileBytes[i].Gaps);
            output.AddVarint(_tileBytes[i].Rows);
            for (var c = 0; c < Pages[t.Page].Columns; c++, columnAt++)
            {
                output.AddVarint((int)Columns[columnAt].Mode);
                output.AddVarint(Columns[columnAt].Scale);
                output.AddVarint(_columnBytes[columnAt].Totals);
                output.AddVarint(_columnBytes[columnAt].Values);
            }
        }
    }

    /// <summary>Reads a directory; null where it is damaged or does not fit the groups.</summary>
    /// <param name="bytes">The section.</param>
    /// <param name="totals">The totals section.</param>
    /// <param name="cells">The cells section.</param>
    /// <param name="series">The groups and their rows.</param>
    /// <param name="stackCount">Stacks of the dataset.</param>
    public static TileDirectory? TryDecode(
        ReadOnlySpan<byte> bytes, in Section totals, in Section cells, BlockSeries series, int stackCount)
    {
        var cursor = new ByteCursor(bytes);
        var directory = new TileDirectory();
        var (groups, rowsOfGroup) = (series.Groups, series.RowsOfGroup);
        var pageCount = cursor.ReadInt32(cursor.Remaining);
        var tilesOfPage = new int[cursor.Failed ? 0 : pageCount];
        for (var page = 0; page < tilesOfPage.Length && !cursor.Failed; page++)
        {
            var columns = cursor.ReadInt32(cursor.Remaining);
            tilesOfPage[page] = cursor.ReadInt32(cursor.Remaining);
            directory.Pages.Add(new TilePage(columns, ReadExtent(ref cursor, totals), ReadExtent(ref cursor, cells)));
        }
        var (group, row, rowsLeft) = (0, 0, rowsOfGroup.Length > 0 ? rowsOfGroup[0] : 0);
        for (var page = 0; page < tilesOfPage.Length && !cursor.Failed; page++)
        {
            var columns = directory.Pages[page].Columns;
            var (gaps, counts, rows) = (0L, 0L, 0L);
            var (totalAt, valueAt) = (new long[columns], new long[columns]);
            for (var i = 0; i < tilesOfPage[page]; i++)
            {
                for (var step = cursor.ReadInt32(); step > 0 && group < groups.Length; step--)
                {
                    if (rowsLeft != 0) return null;
                    group++;
                    rowsLeft = group < groups.Length ? rowsOfGroup[group] : 0;
                }
                var rowCount = cursor.ReadInt32(RowsPerTileMax - 1) + 1;
                var stacks = cursor.ReadInt32(stackCount);
                if (cursor.Failed || group >= groups.Length || groups[group].Length != columns || rowCount > rowsLeft) return null;
                directory.Tiles.Add(new Tile(group, row, rowCount, stacks, page, directory.Columns.Count, (int)gaps, (int)counts, (int)rows));
                gaps += cursor.ReadInt32();
                counts += rowCount > 1 ? stacks : 0;
                rows += cursor.ReadInt32();
                row += rowCount;
                rowsLeft -= rowCount;
                for (var c = 0; c < columns; c++)
                {
                    var mode = (TileColumnMode)cursor.ReadInt32((int)TileColumnMode.Ratio);
                    if (mode is TileColumnMode.Factor or TileColumnMode.Ratio && c == 0) return null;
                    directory.Columns.Add(new TileColumn(mode, cursor.ReadVarint(), (int)totalAt[c], (int)valueAt[c]));
                    totalAt[c] += cursor.ReadInt32();
                    valueAt[c] += cursor.ReadInt32();
                    if (totalAt[c] > int.MaxValue || valueAt[c] > int.MaxValue) return null;
                }
                if (gaps > int.MaxValue || rows > int.MaxValue || counts > int.MaxValue) return null;
            }
        }
        var isWhole = !cursor.Failed && cursor.AtEnd && rowsLeft == 0 && group >= groups.Length - 1;
        return isWhole ? directory : null;
    }

    private static PageExtent ReadExtent(ref ByteCursor cursor, in Section section)
    {
        var offset = cursor.ReadInt32(section.StoredBytes);
        var stored = cursor.ReadInt32(section.StoredBytes - offset);
        return new PageExtent(section.Offset + offset, stored, cursor.ReadUInt32());
    }
}
