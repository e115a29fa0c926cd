using Kagari.Storage;

namespace Kagari.Simulation.Mutations;

/// <summary>A catalogue that is not told of every ninth segment.</summary>
internal sealed class ForgetfulCatalogue(ICatalogue catalogue) : ICatalogue
{
    private int _appended;

    public ValueTask AppendAsync(SegmentEntry segment, ReadOnlyMemory<byte> toc, CancellationToken cancellation) =>
        ++_appended % 9 == 0 ? ValueTask.CompletedTask : catalogue.AppendAsync(segment, toc, cancellation);

    public IReadOnlyList<ChainSelection> Select(string tenant, long timeNanosMin, long timeNanosMax, Func<string, bool> service) =>
        catalogue.Select(tenant, timeNanosMin, timeNanosMax, service);

    public IReadOnlyList<string> Tenants() => catalogue.Tenants();

    public (long TimeNanosMin, long TimeNanosMax)? TimeRange(string tenant) => catalogue.TimeRange(tenant);

    public IReadOnlyList<SegmentEntry> Segments() => catalogue.Segments();
}
