using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Sums cells per node of a chain's stack trie: one dense array, one add per cell.</summary>
internal sealed class NodeSums(int nodeCount) : ICellSink
{
    private readonly long[] _sums = new long[nodeCount];

    public ReadOnlySpan<long> Sums => _sums;

    public bool BeginRow(in SelectedRow row) => true;

    public void AddCells(ReadOnlySpan<int> nodes, ReadOnlySpan<long> values, ReadOnlySpan<SpanId> spans)
    {
        var sums = _sums;
        for (var i = 0; i < nodes.Length; i++) sums[nodes[i]] += values[i];
    }
}
