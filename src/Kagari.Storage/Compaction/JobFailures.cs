namespace Kagari.Storage;

/// <summary>Jobs that failed and wait, longer each time. Thread safe.</summary>
internal sealed class JobFailures
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, FailedJob> _failed = [];

    /// <summary>Whether a job must still wait.</summary>
    public bool IsPutOff(UInt128 job, DateTimeOffset now)
    {
        lock (_gate) return _failed.TryGetValue(job, out var failed) && failed.NotBefore > now;
    }

    /// <summary>Notes a failure; gives how long the job waits.</summary>
    public TimeSpan Add(UInt128 job, CompactionTask task, string reason, DateTimeOffset now)
    {
        lock (_gate)
        {
            var failures = (_failed.TryGetValue(job, out var failed) ? failed.Failures : 0) + 1;
            var pause = TimeSpan.FromSeconds(Math.Min(3600, 15 * Math.Pow(2, failures)));
            _failed[job] = new FailedJob(task, failures, now, now + pause, reason);
            return pause;
        }
    }

    /// <summary>Forgets what is done.</summary>
    public void Remove(UInt128 job)
    {
        lock (_gate) _failed.Remove(job);
    }

    /// <summary>All of them, the last failure first.</summary>
    public IReadOnlyList<FailedJob> List()
    {
        lock (_gate) return [.. _failed.Values.OrderByDescending(f => f.FailedAt).ThenBy(f => f.Task.Id, StringComparer.Ordinal)];
    }
}
