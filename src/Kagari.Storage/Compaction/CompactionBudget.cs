namespace Kagari.Storage;

/// <summary>How much memory a merge may take, and how it is divided.</summary>
/// <remarks>
/// <code>
/// 3/8  the table of the new dataset's symbols and the maps of its sources; ordering them takes as much again
/// 1/8  rows
/// 1/4  the tile being written and the source being read
/// 1/4  pages, buffers of uploads, the codec
/// </code>
/// A dataset that needs more is divided in time; a single profile is bounded by what ingestion accepts.
/// </remarks>
/// <param name="Bytes">Default: 96 MiB.</param>
public readonly record struct CompactionBudget(long Bytes)
{
    /// <summary>96 MiB: a third of what the server may take at the load it is measured at.</summary>
    public static CompactionBudget Default { get; } = new(96L << 20);

    /// <summary>Rows of one dataset.</summary>
    internal long RowsMax => Bytes / 8 / 96;

    /// <summary>Cells of one tile: each takes 34 bytes and 8 more for each column while it is sorted, in arrays that double when they grow.</summary>
    internal long TileCellsMax(int columns) => Bytes / 8 / (34 + (8L * columns));

    /// <summary>Symbols of a source that may stay in memory between the two times it is read.</summary>
    internal long KeptBytesMax(int sources) => Bytes / 8 / Math.Max(1, sources);

    /// <summary>Whether symbols and rows fit.</summary>
    internal bool Fits(long symbolBytes, long rows) => symbolBytes <= Bytes * 3 / 16 && rows <= RowsMax;
}
