using Kagari.Storage;

namespace Kagari.Simulation.Mutations;

/// <summary>A catalogue that leaves out what starts exactly at the last nanosecond asked for: the classic of closed ranges.</summary>
internal sealed class NarrowCatalogue(ICatalogue catalogue) : ICatalogue
{
    public ValueTask AppendAsync(SegmentEntry segment, ReadOnlyMemory<byte> toc, CancellationToken cancellation) =>
        catalogue.AppendAsync(segment, toc, cancellation);

    public IReadOnlyList<ChainSelection> Select(string tenant, long timeNanosMin, long timeNanosMax, Func<string, bool> service) =>
        catalogue.Select(tenant, timeNanosMin, timeNanosMax - 1, service);

    public IReadOnlyList<string> Tenants() => catalogue.Tenants();

    public (long TimeNanosMin, long TimeNanosMax)? TimeRange(string tenant) => catalogue.TimeRange(tenant);

    public IReadOnlyList<SegmentEntry> Segments() => catalogue.Segments();
}
