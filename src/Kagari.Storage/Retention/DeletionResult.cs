namespace Kagari.Storage;

/// <summary>What a deletion removed, or would remove.</summary>
/// <param name="Counts">By service and profile type.</param>
/// <param name="Blocks">Blocks that had matching rows.</param>
/// <param name="BytesBefore">Bytes of these blocks, and in a dry run of matching parts of logs.</param>
/// <param name="BytesAfter">Bytes of what took their place; null in a dry run.</param>
public sealed record DeletionResult(IReadOnlyList<DeletionCount> Counts, int Blocks, long BytesBefore, long? BytesAfter)
{
    /// <summary>Series with matching rows.</summary>
    public long Series => Counts.Sum(c => (long)c.Series);

    /// <summary>Matching rows.</summary>
    public long Rows => Counts.Sum(c => c.Rows);
}

/// <summary>Matching rows of one service and profile type.</summary>
/// <param name="Service">The service.</param>
/// <param name="ProfileType">The profile type.</param>
/// <param name="Series">How many series.</param>
/// <param name="Rows">How many rows: one per series and profile. A dry run may count what was sent twice twice.</param>
/// <param name="TimeNanosMin">Time of the first.</param>
/// <param name="TimeNanosMax">Time of the last.</param>
public sealed record DeletionCount(string Service, string ProfileType, int Series, long Rows, long TimeNanosMin, long TimeNanosMax);
