namespace Kagari.Symbols;

/// <summary>A function with code, or a call that was inlined into one.</summary>
/// <param name="Entry">Where its entry is in .debug_info.</param>
/// <param name="IsInlined">Whether it is inside of another function.</param>
/// <param name="End">The index after the last call inside of it.</param>
/// <param name="Ranges">The index of its first range.</param>
/// <param name="RangeCount">How many ranges it has.</param>
/// <param name="CallFile">For inlined ones the file of the call, by its number in the line table.</param>
/// <param name="CallLine">And the line.</param>
/// <param name="IsExceeded">Whether calls inside of it have code where it itself has none, which compilers do write.</param>
internal readonly record struct DwarfCall(int Entry, bool IsInlined, int End, int Ranges, int RangeCount, int CallFile, int CallLine, bool IsExceeded);
