using Kagari.Storage;

namespace Kagari.Simulation.Mutations;

/// <summary>A catalogue that leaves out what starts exactly at the last nanosecond asked for: the classic of closed ranges.</summary>
internal sealed class NarrowCatalogue(ICatalogue catalogue) : CatalogueWrapper(catalogue)
{
    public override CatalogueSelection Select(string tenant, long timeNanosMin, long timeNanosMax, Func<string, bool> service) =>
        base.Select(tenant, timeNanosMin, timeNanosMax - 1, service);
}
