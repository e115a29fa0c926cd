using Kagari.Storage;

namespace Kagari.Server.Admin;

/// <summary>A job that was done: numbers alone, since entries of blocks are large and many are remembered.</summary>
/// <param name="At">When.</param>
/// <param name="Tenants">Whose data it was; none where nothing was left of it.</param>
/// <param name="Level">Level of what it wrote.</param>
/// <param name="Sources">Objects that it replaced.</param>
/// <param name="Blocks">Blocks that it wrote.</param>
/// <param name="Rows">Rows that it wrote, without those of rollups.</param>
/// <param name="DuplicateRows">Rows that were there more than once.</param>
/// <param name="SourceBytes">Bytes that it replaced.</param>
/// <param name="WrittenBytes">Bytes that it wrote.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record FinishedJob(
    DateTimeOffset At, IReadOnlyList<string> Tenants, int Level, int Sources, int Blocks, long Rows, long DuplicateRows, long SourceBytes, long WrittenBytes, TimeSpan Elapsed)
{
    public static FinishedJob Of(DateTimeOffset at, JobResult job) => new(
        at, [.. job.Blocks.Select(b => b.Tenant).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        job.Level, job.Sources.Count, job.Blocks.Count, job.Rows, job.DuplicateRows, job.SourceBytes, job.WrittenBytes, job.Elapsed);
}
