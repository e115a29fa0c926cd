namespace Kagari.Query;

// Single samples, for analysis elsewhere.
public sealed partial class QueryEngine
{
    /// <summary>Hands out every selected sample, profile by profile in no order; nothing is kept in memory beyond a profile.</summary>
    /// <remarks>It cannot start over once samples are out: an object that compaction replaces and deletes meanwhile ends it with an error.</remarks>
    /// <exception cref="Kagari.Storage.ObjectNotFoundException">What was planned was deleted before it was read.</exception>
    public async Task ExportAsync(SeriesQuery query, SampleHandler handler, CancellationToken cancellation)
    {
        var singles = query with { SlotNanosMax = SeriesQuery.ProfilesOnly };
        await foreach (var dataset in _datasets.ScanAsync(singles, cancellation))
        {
            var cells = new ExportCells(dataset.View, handler);
            await dataset.ScanAsync(StackFilter.None, wantSpans: false, cells, cancellation);
            cells.EndRow();
        }
    }
}
