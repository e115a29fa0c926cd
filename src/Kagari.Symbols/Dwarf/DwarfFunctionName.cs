namespace Kagari.Symbols;

/// <summary>What a function is called and where it is declared.</summary>
/// <param name="Function">For people.</param>
/// <param name="SystemName">For the linker; equal where there is no other.</param>
/// <param name="IsLinkage">Whether the linker's name is known.</param>
/// <param name="StartLine">The line of its declaration, or 0.</param>
internal sealed record DwarfFunctionName(string Function, string SystemName, bool IsLinkage, int StartLine);
