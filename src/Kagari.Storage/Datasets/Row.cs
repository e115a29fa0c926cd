namespace Kagari.Storage;

/// <summary>One stored row: what one pushed profile brought for one group of series.</summary>
/// <param name="Group">Which group of the chain.</param>
/// <param name="Identity">Its identity and time.</param>
/// <param name="DurationNanos">How long was sampled; 0 = unknown.</param>
/// <param name="CellCount">Cells: different stacks.</param>
/// <param name="SpanCount">Cells that carry a span.</param>
/// <param name="SampleStart">Where its cells start in the samples section.</param>
/// <param name="SampleBytes">How long they are.</param>
/// <param name="TotalStart">Where its totals start in the list of all totals, one per column.</param>
public readonly record struct Row(
    int Group, RowIdentity Identity, long DurationNanos, int CellCount, int SpanCount, int SampleStart, int SampleBytes, int TotalStart)
{
    /// <summary>Time of the profile, nanoseconds since 1970.</summary>
    public long TimeNanos => Identity.TimeNanos;
}
