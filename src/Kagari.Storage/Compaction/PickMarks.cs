namespace Kagari.Storage;

/// <summary>Notes the stacks of cells and counts the cells of each row.</summary>
internal sealed class PickMarks(bool[] used, int rows) : ICellTarget
{
    private readonly int[] _cells = new int[rows];

    public bool WantsSpans => false;

    public int CellsOf(int row) => _cells[row];

    public void AddCell(int stack, int target, ReadOnlySpan<long> values)
    {
        used[stack] = true;
        _cells[target]++;
    }

    public void AddSpan(int stack, int target, SpanId span, ReadOnlySpan<long> values) =>
        throw new InvalidOperationException("BUG: spans were not asked for.");
}
