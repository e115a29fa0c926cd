namespace Kagari.Symbols;

/// <summary>One call at an address.</summary>
/// <param name="Function">The name for people: demangled.</param>
/// <param name="SystemName">The name for the linker; equal to <paramref name="Function"/> where the language does not mangle.</param>
/// <param name="File">The source file, as full as it is known; empty where it is not.</param>
/// <param name="Line">The line in it, from 1; 0 where it is not known.</param>
/// <param name="StartLine">The line on which the function is declared; 0 where it is not known.</param>
public readonly record struct SymbolFrame(string Function, string SystemName, string File, int Line, int StartLine);
