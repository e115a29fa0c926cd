namespace Kagari.Storage;

/// <summary>What a job did, for metrics and logs.</summary>
/// <param name="Level">Level of what it wrote; 1 where it compacted logs, whose old profiles may have gone further.</param>
/// <param name="Sources">Keys of what it replaced.</param>
/// <param name="Blocks">Blocks it wrote.</param>
/// <param name="Rows">Rows it wrote, without those of rollups.</param>
/// <param name="DuplicateRows">Rows that were there more than once.</param>
/// <param name="SourceBytes">Bytes of what it replaced.</param>
/// <param name="WrittenBytes">Bytes that it wrote.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record JobResult(
    int Level, IReadOnlyList<string> Sources, IReadOnlyList<BlockEntry> Blocks, long Rows, long DuplicateRows, long SourceBytes, long WrittenBytes, TimeSpan Elapsed);
