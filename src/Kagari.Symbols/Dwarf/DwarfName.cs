namespace Kagari.Symbols;

/// <summary>The names of attributes that are looked at.</summary>
internal static class DwarfName
{
    public const ushort Name = 0x03;
    public const ushort StatementList = 0x10;
    public const ushort LowPc = 0x11;
    public const ushort HighPc = 0x12;
    public const ushort Language = 0x13;
    public const ushort CompilationDirectory = 0x1b;
    public const ushort AbstractOrigin = 0x31;
    public const ushort DeclarationFile = 0x3a;
    public const ushort DeclarationLine = 0x3b;
    public const ushort Specification = 0x47;
    public const ushort Ranges = 0x55;
    public const ushort CallFile = 0x58;
    public const ushort CallLine = 0x59;
    public const ushort LinkageName = 0x6e;
    public const ushort StringOffsetsBase = 0x72;
    public const ushort AddressBase = 0x73;
    public const ushort RangeListsBase = 0x74;
    public const ushort MipsLinkageName = 0x2007;
}
