namespace Kagari.Storage;

/// <summary>Notes the stacks of cells and counts the cells of each row.</summary>
internal sealed class PickMarks(bool[] used, int rows) : ICellTarget
{
    private readonly int[] _cells = new int[rows];

    public bool WantsSpans => false;

    public int CellsOf(int row) => _cells[row];

    public void AddRow(int target, ReadOnlySpan<int> stacks, ReadOnlySpan<long> values)
    {
        foreach (var stack in stacks) used[stack] = true;
        _cells[target] += stacks.Length;
    }

    public void AddCells(ReadOnlySpan<byte> targets, ReadOnlySpan<int> stacks, ReadOnlySpan<long> values)
    {
        foreach (var stack in stacks) used[stack] = true;
        foreach (var target in targets) _cells[target]++;
    }

    public void AddSpan(int stack, int target, SpanId span, ReadOnlySpan<long> values) =>
        throw new InvalidOperationException("BUG: spans were not asked for.");
}
