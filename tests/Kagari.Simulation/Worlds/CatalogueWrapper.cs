using Kagari.Storage;

namespace Kagari.Simulation;

/// <summary>A catalogue in front of another; what is not overridden is handed on.</summary>
internal abstract class CatalogueWrapper(ICatalogue catalogue) : ICatalogue
{
    protected ICatalogue Inner => catalogue;

    public virtual long Version => catalogue.Version;

    public virtual ValueTask AppendAsync(SegmentEntry segment, ReadOnlyMemory<byte> toc, CancellationToken cancellation) =>
        catalogue.AppendAsync(segment, toc, cancellation);

    public virtual ValueTask ReplaceAsync(Replacement replacement, JobLease? lease, CancellationToken cancellation) =>
        catalogue.ReplaceAsync(replacement, lease, cancellation);

    public virtual ValueTask<JobLease?> TryLeaseAsync(UInt128 job, TimeSpan duration, CancellationToken cancellation) =>
        catalogue.TryLeaseAsync(job, duration, cancellation);

    public virtual ValueTask<JobLease?> TryExtendAsync(JobLease lease, TimeSpan duration, CancellationToken cancellation) =>
        catalogue.TryExtendAsync(lease, duration, cancellation);

    public virtual ValueTask ReleaseAsync(JobLease lease, CancellationToken cancellation) => catalogue.ReleaseAsync(lease, cancellation);

    public virtual CatalogueSelection Select(string tenant, long timeNanosMin, long timeNanosMax, Func<string, bool> service) =>
        catalogue.Select(tenant, timeNanosMin, timeNanosMax, service);

    public virtual IReadOnlyList<string> Tenants() => catalogue.Tenants();

    public virtual (long TimeNanosMin, long TimeNanosMax)? TimeRange(string tenant) => catalogue.TimeRange(tenant);

    public virtual IReadOnlyList<SegmentEntry> Segments() => catalogue.Segments();

    public virtual IReadOnlyList<BlockEntry> Blocks() => catalogue.Blocks();
}
