using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Writes out the stacks of the cells of a dataset by function name; equal stacks of a row are one.</summary>
internal sealed class ExportCells(DatasetView view, SampleHandler handler) : ICellSink
{
    private readonly Dictionary<int, long> _sums = [];
    private readonly ExportedSeries?[] _series = new ExportedSeries?[view.Series.Count];
    private FlatList<int> _path;
    private SelectedRow _row;
    private bool _isOpen;

    public bool BeginRow(in SelectedRow row)
    {
        EndRow();
        (_row, _isOpen) = (row, true);
        return true;
    }

    public void AddCells(ReadOnlySpan<int> stacks, ReadOnlySpan<long> values, ReadOnlySpan<SpanId> spans)
    {
        var treeNodes = view.TreeNodes.Span;
        for (var i = 0; i < stacks.Length; i++)
        {
            // The same functions on other lines are the same stack here.
            ref var sum = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_sums, treeNodes[stacks[i]], out _);
            sum = Saturating.Add(sum, values[i]);
        }
    }

    /// <summary>Hands out what was collected of the last row.</summary>
    public void EndRow()
    {
        if (!_isOpen) return;
        _isOpen = false;
        var series = _series[_row.Series] ??= new ExportedSeries(view.Series[_row.Series]);
        foreach (var (node, value) in _sums)
        {
            if (value == 0) continue;
            handler(new ExportedSample(_row.Row.TimeNanos, series, view.Names, PathOf(node), value));
        }
        _sums.Clear();
    }

    /// <summary>Names from the root to a node.</summary>
    private Span<int> PathOf(int node)
    {
        var parents = view.Tree.Parents.Span;
        var names = view.Tree.Names.Span;
        _path.Clear();
        for (; node > 0; node = parents[node]) _path.Add(names[node]);
        _path.Span.Reverse();
        return _path.Span;
    }
}
