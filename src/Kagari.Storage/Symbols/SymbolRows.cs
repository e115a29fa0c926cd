namespace Kagari.Storage;

/// <summary>
/// A function of a <see cref="SymbolTable"/>: indexes of its strings, and the line it starts at. IsAddress says that
/// the name was made from an address (<c>binary!0x1f3a</c>), because the profile had none.
/// </summary>
public readonly record struct FunctionRow(int Name, int SystemName, int FileName, long StartLine, bool IsAddress);

/// <summary>A binary of a <see cref="SymbolTable"/>.</summary>
public readonly record struct MappingRow(
    ulong MemoryStart, ulong MemoryLimit, ulong FileOffset, int FileName, int BuildId, int Flags);

/// <summary>
/// A place in the code: its lines, innermost inlined call first. The address is 0 where the lines say it all, so that
/// the same line at many addresses is one location.
/// </summary>
public readonly record struct LocationRow(int Mapping, int LineStart, int LineCount, ulong Address);

/// <summary>A line of a function.</summary>
public readonly record struct LineRow(int Function, int Column, long LineNumber);

/// <summary>A node of the stack trie: parents have smaller numbers than their children, node 0 is the root.</summary>
public readonly record struct StackNode(int Parent, int Location);
