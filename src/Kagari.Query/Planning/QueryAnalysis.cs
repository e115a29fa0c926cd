namespace Kagari.Query;

/// <summary>What a query would read, without reading it.</summary>
/// <param name="Chains">Chains of the log.</param>
/// <param name="Blocks">Datasets of blocks, those of rollups included.</param>
/// <param name="Rows">Rows, of all profile types.</param>
/// <param name="Cells">Cells of blocks.</param>
/// <param name="IndexBytes">Stored bytes of series and rows.</param>
/// <param name="SampleBytes">Stored bytes of samples.</param>
/// <param name="SymbolBytes">Stored bytes of symbols.</param>
/// <param name="MayRepeat">Whether rows must be told apart one by one.</param>
public sealed record QueryAnalysis(
    int Chains, int Blocks, long Rows, long Cells, long IndexBytes, long SampleBytes, long SymbolBytes, bool MayRepeat);
