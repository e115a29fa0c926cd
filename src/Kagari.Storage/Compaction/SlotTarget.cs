using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Adds up the cells of all rows of one slot of a rollup, dense by stack.</summary>
internal sealed class SlotTarget(int stackCount) : ICellTarget
{
    private long[] _sums = [];
    private readonly ulong[] _used = new ulong[(stackCount + 63) / 64];
    private int[] _map = [];
    private int _columns;

    public bool WantsSpans => false;

    public void Begin(int columns)
    {
        if (_sums.Length < stackCount * columns) _sums = new long[stackCount * columns];
        _columns = columns;
    }

    public void Use(int[] stackMap) => _map = stackMap;

    public void AddRow(int target, ReadOnlySpan<int> stacks, ReadOnlySpan<long> values)
    {
        for (var i = 0; i < stacks.Length; i++)
        {
            var to = _map[stacks[i]];
            _used[to >> 6] |= 1UL << to;
            var sums = _sums.AsSpan(to * _columns, _columns);
            var cell = values.Slice(i * _columns, _columns);
            for (var c = 0; c < sums.Length; c++) sums[c] = Saturating.Add(sums[c], cell[c]);
        }
    }

    public void AddCells(ReadOnlySpan<byte> targets, ReadOnlySpan<int> stacks, ReadOnlySpan<long> values) => AddRow(0, stacks, values);

    public void AddSpan(int stack, int target, SpanId span, ReadOnlySpan<long> values) =>
        throw new InvalidOperationException("BUG: a rollup has no spans.");

    /// <summary>Writes the sums as a row of a tile, adds them to the row's totals, and starts over. Returns how many cells it has.</summary>
    public int Drain(TileWriter tile, int row, Span<long> totals)
    {
        var cells = 0;
        for (var word = 0; word < _used.Length; word++)
        {
            for (var bits = _used[word]; bits != 0; bits &= bits - 1)
            {
                var stack = (word << 6) + System.Numerics.BitOperations.TrailingZeroCount(bits);
                var sums = _sums.AsSpan(stack * _columns, _columns);
                tile.Add(stack, row, sums);
                for (var c = 0; c < sums.Length; c++) totals[c] = Saturating.Add(totals[c], sums[c]);
                sums.Clear();
                cells++;
            }
            _used[word] = 0;
        }
        return cells;
    }
}
