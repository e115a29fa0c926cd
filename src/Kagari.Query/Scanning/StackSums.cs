using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Sums cells by stack: one dense array, one add per cell.</summary>
internal sealed class StackSums(long[] sums) : ICellSink
{
    public bool BeginRow(in SelectedRow row) => true;

    public void AddCells(ReadOnlySpan<int> stacks, ReadOnlySpan<long> values, ReadOnlySpan<SpanId> spans)
    {
        var to = sums;
        for (var i = 0; i < stacks.Length; i++)
        {
            ref var sum = ref to[stacks[i]];
            sum = Saturating.Add(sum, values[i]);
        }
    }
}
