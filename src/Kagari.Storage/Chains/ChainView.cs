namespace Kagari.Storage;

/// <summary>A chain as one query sees it: immutable while the chain grows.</summary>
/// <param name="Dataset">Series, stacks, functions.</param>
/// <param name="Symbols">Lines, files and binaries of the stacks; those come last, see <see cref="UnpackSymbols"/>.</param>
/// <param name="Nodes">Makes the stacks.</param>
/// <param name="Rows">All rows, segment after segment.</param>
/// <param name="RowEnds">Where the rows of each segment end.</param>
internal sealed record ChainView(
    DatasetView Dataset, SymbolView Symbols, Func<StackNode[]> Nodes, DatasetRows Rows, IReadOnlyList<int> RowEnds)
{
    /// <summary>All symbols with the stacks, which are made anew each time: 8 bytes for each.</summary>
    public SymbolView UnpackSymbols() => Symbols with { Nodes = Nodes() };

    /// <summary>The rows of one segment of the chain.</summary>
    public ReadOnlySpan<Row> RowsOf(int entry) => Rows.Rows.Span[(entry == 0 ? 0 : RowEnds[entry - 1])..RowEnds[entry]];
}
