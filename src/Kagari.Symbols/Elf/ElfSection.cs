namespace Kagari.Symbols;

/// <summary>One row of the section header table.</summary>
internal readonly record struct ElfSection(string Name, uint Type, ulong Flags, ulong Address, ulong Offset, ulong Size, uint Link, ulong EntrySize)
{
    public const uint TypeSymbols = 2;
    public const uint TypeNote = 7;
    public const uint TypeNoBits = 8;
    public const uint TypeDynamicSymbols = 11;

    private const ulong FlagAllocated = 2;
    private const ulong FlagExecutable = 4;
    private const ulong FlagCompressed = 0x800;

    public bool IsExecutable => (Flags & (FlagAllocated | FlagExecutable)) == (FlagAllocated | FlagExecutable);

    public bool IsCompressed => (Flags & FlagCompressed) != 0;

    /// <summary>Whether the section has no bytes in the file: .bss, and all code in a file of debug information alone.</summary>
    public bool IsAbsent => Type == TypeNoBits;
}
