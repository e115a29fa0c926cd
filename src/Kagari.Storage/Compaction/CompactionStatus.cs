using System.Globalization;

namespace Kagari.Storage;

/// <summary>What compaction has to do, does, and could not do, at one time.</summary>
/// <param name="Running">The job that is being done; null where none is.</param>
/// <param name="Waiting">Jobs that could be done, the most urgent first.</param>
/// <param name="Failed">Jobs that failed and wait, the last failure first. Their sources stay, so nothing is lost.</param>
public sealed record CompactionStatus(RunningJob? Running, IReadOnlyList<CompactionTask> Waiting, IReadOnlyList<FailedJob> Failed);

/// <summary>A job, for people.</summary>
/// <param name="Id">Its id, in hexadecimal digits.</param>
/// <param name="Tenant">Whose blocks; empty where logs of all tenants are compacted.</param>
/// <param name="Level">Level of the result.</param>
/// <param name="Window">Window of the result of blocks; logs have none.</param>
/// <param name="LogCount">Log files.</param>
/// <param name="BlockCount">Blocks.</param>
/// <param name="Bytes">Bytes of both.</param>
public sealed record CompactionTask(string Id, string Tenant, int Level, TimeWindow? Window, int LogCount, int BlockCount, long Bytes)
{
    internal static CompactionTask Of(CompactionJob job, IReadOnlyList<SegmentEntry> segments)
    {
        var logs = job.Logs.ToHashSet(StringComparer.Ordinal);
        return new CompactionTask(
            job.Id.ToString("x32", CultureInfo.InvariantCulture), job.Tenant, job.Level, job.Logs.Count > 0 ? null : job.Window, job.Logs.Count, job.Blocks.Count,
            segments.Where(s => logs.Contains(s.ObjectKey)).Sum(s => s.Length) + job.Blocks.Sum(b => b.Length));
    }
}

/// <summary>A job that is being done.</summary>
/// <param name="Task">The job.</param>
/// <param name="StartedAt">Since when.</param>
/// <param name="Lease">The right to do it, as it was last extended.</param>
public sealed record RunningJob(CompactionTask Task, DateTimeOffset StartedAt, JobLease Lease);

/// <summary>A job that failed.</summary>
/// <param name="Task">The job.</param>
/// <param name="Failures">How often.</param>
/// <param name="FailedAt">The last time.</param>
/// <param name="NotBefore">When it is tried again.</param>
/// <param name="Reason">Why.</param>
public sealed record FailedJob(CompactionTask Task, int Failures, DateTimeOffset FailedAt, DateTimeOffset NotBefore, string Reason);
