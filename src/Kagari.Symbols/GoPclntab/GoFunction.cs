namespace Kagari.Symbols;

/// <summary>What the table says about one function.</summary>
/// <param name="Entry">Its first address.</param>
/// <param name="Name">Offset of its name.</param>
/// <param name="FileValues">Offset of its files along the code.</param>
/// <param name="LineValues">Offset of its lines along the code.</param>
/// <param name="Unit">Where the files of its package start.</param>
/// <param name="StartLine">The line of <c>func</c>; from 1.20 on.</param>
/// <param name="Data">Where the offsets of further values start.</param>
/// <param name="DataCount">How many there are.</param>
/// <param name="FunctionDataCount">How many offsets of data follow them.</param>
internal readonly record struct GoFunction(
    ulong Entry, int Name, uint FileValues, uint LineValues, uint Unit, int StartLine, long Data, uint DataCount, byte FunctionDataCount);
