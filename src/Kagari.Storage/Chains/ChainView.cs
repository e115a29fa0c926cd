using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The dictionaries of a chain as one query sees them: immutable while the chain grows.</summary>
public sealed class ChainView
{
    internal ChainView(SymbolTable symbols, ChainSeries series, ReadOnlyMemory<int> treeNodes, FunctionTreeView tree)
    {
        Names = symbols.Strings.View();
        Functions = symbols.Functions.Memory;
        Mappings = symbols.Mappings.Memory;
        Locations = symbols.Locations.Memory;
        Lines = symbols.Lines.Memory;
        Nodes = symbols.Nodes.Memory;
        Series = [.. series.Labels];
        SeriesHashes = [.. series.Hashes];
        Groups = [.. series.Groups];
        TreeNodes = treeNodes;
        Tree = tree;
    }

    /// <summary>Strings by id.</summary>
    public NameView Names { get; }

    /// <summary>Functions by id.</summary>
    public ReadOnlyMemory<FunctionRow> Functions { get; }

    /// <summary>Mappings by id.</summary>
    public ReadOnlyMemory<MappingRow> Mappings { get; }

    /// <summary>Locations by id.</summary>
    public ReadOnlyMemory<LocationRow> Locations { get; }

    /// <summary>Lines of all locations.</summary>
    public ReadOnlyMemory<LineRow> Lines { get; }

    /// <summary>The stack trie: parents before children, node 0 the root.</summary>
    public ReadOnlyMemory<StackNode> Nodes { get; }

    /// <summary>Label sets by series id.</summary>
    public IReadOnlyList<LabelSet> Series { get; }

    /// <summary>Hashes of the label sets: equal for equal labels in any chain.</summary>
    public IReadOnlyList<ulong> SeriesHashes { get; }

    /// <summary>Series ids by group id, one per value column.</summary>
    public IReadOnlyList<int[]> Groups { get; }

    /// <summary>All rows, segment after segment.</summary>
    public ReadOnlyMemory<Row> Rows { get; internal init; }

    /// <summary>Totals of all rows.</summary>
    public ReadOnlyMemory<long> Totals { get; internal init; }

    internal IReadOnlyList<int> RowEnds { get; init; } = [];

    /// <summary>The rows of one segment of the chain.</summary>
    public ReadOnlySpan<Row> RowsOf(int entry) => Rows.Span[(entry == 0 ? 0 : RowEnds[entry - 1])..RowEnds[entry]];

    /// <summary>Node of the function tree by node of the stack trie.</summary>
    public ReadOnlyMemory<int> TreeNodes { get; }

    /// <summary>The function tree: stacks by function name only, inlined calls expanded.</summary>
    public FunctionTreeView Tree { get; }
}

/// <summary>A tree of function names as two columns: parents before children, node 0 the root without a name.</summary>
/// <param name="Parents">Parent of each node.</param>
/// <param name="Names">String id of each node's name.</param>
public readonly record struct FunctionTreeView(ReadOnlyMemory<int> Parents, ReadOnlyMemory<int> Names);
