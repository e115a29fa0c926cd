namespace Kagari.Storage;

/// <summary>Leases of the jobs of one process. Thread safe.</summary>
internal sealed class JobLeases(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, JobLease> _leases = [];
    private long _epoch;

    /// <summary>Takes a job; null where somebody has it.</summary>
    public JobLease? TryTake(UInt128 job, TimeSpan duration)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_leases.TryGetValue(job, out var held) && held.Until > now) return null;
            return _leases[job] = new JobLease(job, ++_epoch, now + duration);
        }
    }

    /// <summary>Holds a job longer; null where it was lost.</summary>
    public JobLease? TryExtend(JobLease lease, TimeSpan duration)
    {
        lock (_gate)
        {
            if (!IsHeldLocked(lease)) return null;
            return _leases[lease.JobId] = lease with { Until = time.GetUtcNow() + duration };
        }
    }

    /// <summary>Whether this lease is the newest of its job and has not run out.</summary>
    public bool IsHeld(JobLease lease)
    {
        lock (_gate) return IsHeldLocked(lease);
    }

    /// <summary>Gives a job back.</summary>
    public void Release(JobLease lease)
    {
        lock (_gate)
            if (_leases.TryGetValue(lease.JobId, out var held) && held.Epoch == lease.Epoch) _leases.Remove(lease.JobId);
    }

    private bool IsHeldLocked(JobLease lease) =>
        _leases.TryGetValue(lease.JobId, out var held) && held.Epoch == lease.Epoch && held.Until > time.GetUtcNow();
}
