namespace Kagari.Storage;

/// <summary>The sections of a dataset in a block. The numbers are part of the file format.</summary>
/// <remarks>
/// In the file <see cref="Cells"/> stands first, because it is written while it grows; the sections a flame graph needs
/// (<see cref="Series"/> to <see cref="Totals"/>) stand side by side, so that one read brings them all.
/// </remarks>
public enum BlockSectionKind
{
    /// <summary>Label sets, series groups, and how many rows each group has.</summary>
    Series = 0,

    /// <summary>The tree of functions in preorder, and how many stacks end at each node.</summary>
    Tree = 1,

    /// <summary>Names of functions, sorted and front-coded.</summary>
    Names = 2,

    /// <summary>The directory of tiles.</summary>
    Tiles = 3,

    /// <summary>Which stacks each tile has, and their sums over the rows of the tile.</summary>
    Totals = 4,

    /// <summary>Rows: time, duration, totals, identity.</summary>
    Rows = 5,

    /// <summary>Sums per series and minute.</summary>
    Minutes = 6,

    /// <summary>Rows and values of each stack of each tile.</summary>
    Cells = 7,

    /// <summary>What stacks have beyond function names: locations, lines, files, mappings.</summary>
    Lines = 8,

    /// <summary>Span and trace ids of cells.</summary>
    Spans = 9,
}
