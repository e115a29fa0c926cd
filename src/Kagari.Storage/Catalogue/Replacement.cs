namespace Kagari.Storage;

/// <summary>One step of compaction, retention or deletion: some objects go, some come, at once.</summary>
/// <param name="Removed">Keys of log files and blocks that are not part of the data any more.</param>
/// <param name="Added">Blocks that are; their objects are durable.</param>
public sealed record Replacement(IReadOnlyList<string> Removed, IReadOnlyList<BlockEntry> Added);

/// <summary>A replacement came too late: its lease ran out, or what it replaces is gone.</summary>
public sealed class ReplacementRefusedException : InvalidOperationException
{
    /// <summary>Names the reason.</summary>
    public ReplacementRefusedException(string reason)
        : base(reason)
    {
    }

    /// <summary>Without details.</summary>
    public ReplacementRefusedException()
    {
    }
}
