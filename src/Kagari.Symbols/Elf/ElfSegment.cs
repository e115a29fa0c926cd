namespace Kagari.Symbols;

/// <summary>A PT_LOAD or PT_NOTE row of the program header table.</summary>
internal readonly record struct ElfSegment(uint Type, uint Flags, ulong Offset, ulong Address, ulong FileSize, ulong MemorySize, ulong Align)
{
    public const uint TypeLoad = 1;
    public const uint TypeNote = 4;

    public bool IsLoad => Type == TypeLoad;

    public bool IsExecutable => (Flags & 1) != 0;
}
