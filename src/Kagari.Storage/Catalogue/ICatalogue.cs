namespace Kagari.Storage;

/// <summary>Knows which segments and blocks there are and what is in them; planning a query reads nothing else.</summary>
/// <remarks>
/// Here: a manifest file with the whole state in memory. The same contract fits PostgreSQL, whose readers keep the
/// recent part in memory. Implementations are thread safe.
/// </remarks>
public interface ICatalogue
{
    /// <summary>Makes a segment visible to queries. Its object must be durable before.</summary>
    ValueTask AppendAsync(SegmentEntry segment, ReadOnlyMemory<byte> toc, CancellationToken cancellation);

    /// <summary>Replaces objects by blocks in one step, durably: a query sees all of it or nothing.</summary>
    /// <param name="replacement">What goes and comes.</param>
    /// <param name="lease">The lease of the job; null where no job stands behind it, as for retention.</param>
    /// <param name="cancellation">Ends the wait, not the step.</param>
    /// <exception cref="ReplacementRefusedException">The lease is lost, or an object to remove is not there any more.</exception>
    /// <exception cref="IOException">Whether it happened is known at the next start; the added objects must stay.</exception>
    ValueTask ReplaceAsync(Replacement replacement, JobLease? lease, CancellationToken cancellation);

    /// <summary>Takes a job; null where another worker has it.</summary>
    ValueTask<JobLease?> TryLeaseAsync(UInt128 job, TimeSpan duration, CancellationToken cancellation);

    /// <summary>Holds a job longer; null where it was lost.</summary>
    ValueTask<JobLease?> TryExtendAsync(JobLease lease, TimeSpan duration, CancellationToken cancellation);

    /// <summary>Gives a job back.</summary>
    ValueTask ReleaseAsync(JobLease lease, CancellationToken cancellation);

    /// <summary>Chains and blocks of a tenant with data in a range of time (both ends included), of services that pass.</summary>
    CatalogueSelection Select(string tenant, long timeNanosMin, long timeNanosMax, Func<string, bool> service);

    /// <summary>All tenants.</summary>
    IReadOnlyList<string> Tenants();

    /// <summary>Times of a tenant's first and last profile; null where it has none.</summary>
    (long TimeNanosMin, long TimeNanosMax)? TimeRange(string tenant);

    /// <summary>All segments that are not compacted, in the order they were written.</summary>
    IReadOnlyList<SegmentEntry> Segments();

    /// <summary>All blocks.</summary>
    IReadOnlyList<BlockEntry> Blocks();

    /// <summary>A number that changes with every change of the data: what answers are kept by.</summary>
    long Version { get; }
}
