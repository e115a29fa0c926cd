using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Writes out the stacks of the cells of a dataset by function name; equal stacks of a row are one.</summary>
internal sealed class ExportCells(DatasetView view, SampleHandler handler) : ICellSink
{
    private readonly Dictionary<int, long> _sums = [];
    private FlatList<byte> _stack;
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
        var labels = view.Series[_row.Series];
        foreach (var (node, value) in _sums)
        {
            if (value == 0) continue;
            var leaf = Write(node);
            handler(new ExportedSample(_row.Row.TimeNanos, labels, _stack.Span, _stack.Span[leaf..], value));
        }
        _sums.Clear();
    }

    /// <summary>Writes the path to a node; returns where its last name starts.</summary>
    private int Write(int node)
    {
        var parents = view.Tree.Parents.Span;
        var names = view.Tree.Names.Span;
        _path.Clear();
        for (; node > 0; node = parents[node]) _path.Add(names[node]);
        _stack.Clear();
        var leaf = 0;
        for (var i = _path.Count - 1; i >= 0; i--)
        {
            if (_stack.Count > 0) _stack.Add((byte)';');
            leaf = _stack.Count;
            _stack.AddRange(view.Names[_path[i]]);
            var name = _stack.Span[leaf..];
            name.Replace((byte)';', (byte)':');
            name.Replace((byte)'\n', (byte)' ');
            name.Replace((byte)'\r', (byte)' ');
        }
        return leaf;
    }
}
