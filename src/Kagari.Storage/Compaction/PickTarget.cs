using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Hands on some columns of each cell; cells without a value in them stay behind.</summary>
internal sealed class PickTarget(ICellTarget inner, int sourceColumns, int[] columns) : ICellTarget
{
    private readonly long[] _cell = new long[columns.Length];
    private FlatList<byte> _targets;
    private FlatList<int> _stacks;
    private FlatList<long> _values;

    public bool WantsSpans => inner.WantsSpans;

    public void AddRow(int target, ReadOnlySpan<int> stacks, ReadOnlySpan<long> values)
    {
        Pick([], stacks, values);
        inner.AddRow(target, _stacks.Span, _values.Span);
    }

    public void AddCells(ReadOnlySpan<byte> targets, ReadOnlySpan<int> stacks, ReadOnlySpan<long> values)
    {
        Pick(targets, stacks, values);
        inner.AddCells(_targets.Span, _stacks.Span, _values.Span);
    }

    public void AddSpan(int stack, int target, SpanId span, ReadOnlySpan<long> values)
    {
        if (TryPick(values)) inner.AddSpan(stack, target, span, _cell);
    }

    private void Pick(ReadOnlySpan<byte> targets, ReadOnlySpan<int> stacks, ReadOnlySpan<long> values)
    {
        _targets.Clear();
        _stacks.Clear();
        _values.Clear();
        for (var i = 0; i < stacks.Length; i++)
        {
            if (!TryPick(values.Slice(i * sourceColumns, sourceColumns))) continue;
            if (targets.Length > 0) _targets.Add(targets[i]);
            _stacks.Add(stacks[i]);
            _values.AddRange(_cell);
        }
    }

    private bool TryPick(ReadOnlySpan<long> values)
    {
        long any = 0;
        for (var i = 0; i < columns.Length; i++) any |= _cell[i] = values[columns[i]];
        return any != 0;
    }
}
