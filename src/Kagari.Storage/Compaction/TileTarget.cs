namespace Kagari.Storage;

/// <summary>Takes the cells of a source into the tile that is being written.</summary>
internal sealed class TileTarget(BlockDatasetWriter writer) : ICellTarget
{
    private int[] _map = [];
    private int _firstRow;

    public bool WantsSpans => true;

    /// <summary>The cells that follow have stacks of this numbering; targets count from this row of the dataset.</summary>
    public void Begin(int[] stackMap, int firstRow)
    {
        _map = stackMap;
        _firstRow = firstRow;
    }

    public void AddRow(int target, ReadOnlySpan<int> stacks, ReadOnlySpan<long> values) => writer.Tile.AddRow(target, stacks, _map, values);

    public void AddCells(ReadOnlySpan<byte> targets, ReadOnlySpan<int> stacks, ReadOnlySpan<long> values) => writer.Tile.AddCells(targets, stacks, _map, values);

    public void AddSpan(int stack, int target, SpanId span, ReadOnlySpan<long> values) =>
        writer.Spans.Add(_firstRow + target, _map[stack], span, values);
}
