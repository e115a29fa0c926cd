using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>The cells of a tile by row: stored stack by stack, wanted row by row. Reused.</summary>
internal sealed class RowCellsOfTile
{
    private readonly int[] _starts = new int[TileDirectory.RowsPerTileMax + 2];
    private FlatList<int> _stacks;
    private FlatList<long> _values;

    public ReadOnlySpan<int> StacksOf(int row) => _stacks.Span[_starts[row].._starts[row + 1]];

    public ReadOnlySpan<long> ValuesOf(int row) => _values.Span[_starts[row].._starts[row + 1]];

    /// <summary>Sorts the cells that the scanner has read by row; within a row they stay in order of stack.</summary>
    public void Load(BlockScanner scanner, int column, int rowCount)
    {
        var stacks = scanner.Stacks;
        var counts = scanner.Counts;
        var rows = scanner.Rows;
        var values = scanner.ValuesOf(column);
        Array.Clear(_starts);
        // Counted two places on, so that the fill below leaves each row's start where it belongs.
        foreach (var row in rows) _starts[row + 2]++;
        for (var row = 0; row < rowCount; row++) _starts[row + 2] += _starts[row + 1];
        _stacks.Resize(rows.Length);
        _values.Resize(rows.Length);
        var cell = 0;
        for (var i = 0; i < stacks.Length; i++)
        {
            for (var n = counts[i]; n > 0; n--, cell++)
            {
                var at = _starts[rows[cell] + 1]++;
                _stacks[at] = stacks[i];
                _values[at] = values[cell];
            }
        }
    }
}
