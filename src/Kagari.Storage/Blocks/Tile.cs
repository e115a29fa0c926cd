namespace Kagari.Storage;

/// <summary>One tile: up to 256 rows of one series group, and every stack that any of them has.</summary>
/// <param name="Group">The group.</param>
/// <param name="FirstRow">First of its rows in the rows section; they are side by side.</param>
/// <param name="RowCount">Rows, 1 to 256.</param>
/// <param name="StackCount">Different stacks of its rows.</param>
/// <param name="Page">Which page holds it.</param>
/// <param name="FirstColumn">Place of its first column in <see cref="TileDirectory.Columns"/>; there are as many as the group has series.</param>
/// <param name="Gaps">Where its stack ids start in the page's stream.</param>
/// <param name="Counts">Where its rows per stack start in the page's stream; unused where there is one row.</param>
/// <param name="Rows">Where its row numbers start in the page's stream.</param>
internal readonly record struct Tile(
    int Group, int FirstRow, int RowCount, int StackCount, int Page, int FirstColumn, int Gaps, int Counts, int Rows);

/// <summary>How one value column of a tile is stored.</summary>
/// <param name="Mode">See <see cref="TileColumnMode"/>.</param>
/// <param name="Scale">What stored values are multiplied by.</param>
/// <param name="Totals">Where its sums start in the page's stream.</param>
/// <param name="Values">Where its values start in the page's stream.</param>
internal readonly record struct TileColumn(TileColumnMode Mode, ulong Scale, int Totals, int Values);

/// <summary>Ways to store a value column. The numbers are part of the file format.</summary>
internal enum TileColumnMode
{
    /// <summary>Values as they are, divided by the scale.</summary>
    Absolute = 0,

    /// <summary>Differences to the value of the same stack in its row before: what grows slowly, as sums since a start.</summary>
    Delta = 1,

    /// <summary>Nothing: values are those of the first column times the scale, as CPU nanoseconds are samples times the period.</summary>
    Factor = 2,

    /// <summary>
    /// As <see cref="Delta"/>, less what the first column's difference predicts: a stack's bytes grow by its objects times their
    /// mean size, which both sums tell.
    /// </summary>
    Ratio = 3,
}

/// <summary>A run of tiles that is compressed together.</summary>
/// <param name="Columns">Value columns of every tile in it.</param>
/// <param name="Hot">Which stacks with which sums: gaps, counts, and a stream of totals per column.</param>
/// <param name="Cold">Which rows with which values: row numbers, and a stream of values per column.</param>
internal readonly record struct TilePage(int Columns, PageExtent Hot, PageExtent Cold);

/// <summary>Where one half of a page lies.</summary>
/// <param name="Offset">In the object; while it is written, in its section.</param>
/// <param name="StoredBytes">Length as stored.</param>
/// <param name="Checksum">CRC-32C of the stored bytes.</param>
internal readonly record struct PageExtent(long Offset, int StoredBytes, uint Checksum);
