namespace Kagari.Symbols;

/// <summary>From this address on the code is of this file and line.</summary>
internal readonly record struct DwarfLineRow(ulong Address, int File, int Line);
