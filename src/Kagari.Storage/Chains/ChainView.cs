namespace Kagari.Storage;

/// <summary>A chain as one query sees it: immutable while the chain grows.</summary>
/// <param name="Dataset">Series, stacks, functions.</param>
/// <param name="Symbols">Lines, files and binaries of the stacks.</param>
/// <param name="Rows">All rows, segment after segment.</param>
/// <param name="RowEnds">Where the rows of each segment end.</param>
public sealed record ChainView(DatasetView Dataset, SymbolView Symbols, DatasetRows Rows, IReadOnlyList<int> RowEnds)
{
    /// <summary>The rows of one segment of the chain.</summary>
    public ReadOnlySpan<Row> RowsOf(int entry) => Rows.Rows.Span[(entry == 0 ? 0 : RowEnds[entry - 1])..RowEnds[entry]];
}
