using Kagari.Storage;

namespace Kagari.Simulation;

/// <summary>Lets another thread have its turn just after a look at the catalogue: what the look found is old then.</summary>
internal sealed class InterruptedCatalogue(ICatalogue catalogue) : CatalogueWrapper(catalogue)
{
    /// <summary>Runs once, after the next selection of a query.</summary>
    public Action? AfterSelect { get; set; }

    /// <summary>Runs once, after the next list of segments.</summary>
    public Action? AfterSegments { get; set; }

    public override CatalogueSelection Select(string tenant, long timeNanosMin, long timeNanosMax, Func<string, bool> service)
    {
        var selection = base.Select(tenant, timeNanosMin, timeNanosMax, service);
        var meanwhile = AfterSelect;
        AfterSelect = null;
        meanwhile?.Invoke();
        return selection;
    }

    public override IReadOnlyList<SegmentEntry> Segments()
    {
        var segments = base.Segments();
        var meanwhile = AfterSegments;
        AfterSegments = null;
        meanwhile?.Invoke();
        return segments;
    }
}
