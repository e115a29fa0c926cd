namespace Kagari.Symbols;

/// <summary>Bounds of what one executable may cost. Every one of them only refuses or leaves out; none throws.</summary>
public sealed record SymbolLimits
{
    /// <summary>Bounds for callers that configure none.</summary>
    public static SymbolLimits Default { get; } = new();

    /// <summary>Bytes of the file. Default 1 GiB.</summary>
    public long FileBytesMax { get; init; } = 1L << 30;

    /// <summary>Bytes of all compressed sections together, once decompressed. Default 1 GiB; sections beyond it are as if absent.</summary>
    public long DecompressedBytesMax { get; init; } = 1L << 30;

    /// <summary>Frames of one address: inlined calls beyond it are left out, outermost first. Default 256.</summary>
    public int FramesMax { get; init; } = 256;

    /// <summary>Symbols of one symbol table. Default 4 million; those beyond it are not read.</summary>
    public int SymbolsMax { get; init; } = 4_000_000;

    /// <summary>Compile units of the debug information. Default 1 million; those beyond it are not read.</summary>
    public int UnitsMax { get; init; } = 1_000_000;

    /// <summary>Abbreviations of one unit. Default 100,000; a unit with more is as if absent.</summary>
    public int AbbreviationsMax { get; init; } = 100_000;

    /// <summary>Functions and inlined calls of one unit. Default 2 million; those beyond it are not read.</summary>
    public int UnitFunctionsMax { get; init; } = 2_000_000;

    /// <summary>Ranges of addresses of one unit, and of all units together. Default 4 million each; those beyond it are not read.</summary>
    public int RangesMax { get; init; } = 4_000_000;

    /// <summary>Rows of the line table of one unit. Default 4 million; those beyond it are not read.</summary>
    public int LineRowsMax { get; init; } = 4_000_000;

    /// <summary>Memory of everything read so far, as <see cref="ExecutableSymbols.MemoryBytes"/> tells. Default 1 GiB; beyond it no further unit is read.</summary>
    public long MemoryBytesMax { get; init; } = 1L << 30;
}
