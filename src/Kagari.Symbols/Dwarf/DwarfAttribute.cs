namespace Kagari.Symbols;

/// <summary>One attribute of an abbreviation.</summary>
internal readonly record struct DwarfAttribute(ushort Name, ushort Form, long ImplicitValue);
