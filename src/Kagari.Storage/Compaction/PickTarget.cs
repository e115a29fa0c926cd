namespace Kagari.Storage;

/// <summary>Hands on some columns of each cell; cells without a value in them stay behind.</summary>
internal sealed class PickTarget(ICellTarget inner, int[] columns) : ICellTarget
{
    private readonly long[] _values = new long[columns.Length];

    public bool WantsSpans => inner.WantsSpans;

    public void AddCell(int stack, int target, ReadOnlySpan<long> values)
    {
        if (TryPick(values)) inner.AddCell(stack, target, _values);
    }

    public void AddSpan(int stack, int target, SpanId span, ReadOnlySpan<long> values)
    {
        if (TryPick(values)) inner.AddSpan(stack, target, span, _values);
    }

    private bool TryPick(ReadOnlySpan<long> values)
    {
        long any = 0;
        for (var i = 0; i < columns.Length; i++) any |= _values[i] = values[columns[i]];
        return any != 0;
    }
}
