namespace Kagari.Symbols;

/// <summary>The kinds of entries that are looked at.</summary>
internal static class DwarfTag
{
    public const ushort ClassType = 0x02;
    public const ushort CompileUnit = 0x11;
    public const ushort StructureType = 0x13;
    public const ushort UnionType = 0x17;
    public const ushort InlinedSubroutine = 0x1d;
    public const ushort Module = 0x1e;
    public const ushort Subprogram = 0x2e;
    public const ushort Namespace = 0x39;

    /// <summary>Whether names of entries inside of this one are written after its name and <c>::</c>.</summary>
    public static bool IsScope(ushort tag) => tag is ClassType or StructureType or UnionType or Module or Namespace;
}
