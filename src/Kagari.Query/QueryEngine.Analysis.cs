using Kagari.Storage;

namespace Kagari.Query;

// What a query costs, told from the catalogue.
public sealed partial class QueryEngine
{
    /// <summary>What a flame graph of these rows reads.</summary>
    public async Task<QueryAnalysis> AnalyzeAsync(SeriesQuery query, CancellationToken cancellation)
    {
        var sources = (await _datasets.PlanAsync(query with { SlotNanosMax = Rollup.DayNanos }, cancellation)).SelectMany(p => p).ToList();
        var chains = sources.OfType<ChainSource>().SelectMany(c => c.Chain.Selected.Select(i => c.Chain.Entries[i])).ToList();
        var blocks = sources.OfType<BlockSource>().Select(b => b.Dataset).ToList();
        long Bytes(params BlockSectionKind[] kinds) => blocks.Sum(d => kinds.Sum(k => (long)d[k].StoredBytes));
        return new QueryAnalysis(
            sources.Count - blocks.Count,
            blocks.Count,
            chains.Sum(e => (long)e.RowCount) + blocks.Sum(d => (long)d.RowCount),
            blocks.Sum(d => d.CellCount),
            chains.Sum(e => (long)e[SectionKind.Series].StoredBytes + e[SectionKind.Rows].StoredBytes)
                + Bytes(BlockSectionKind.Series, BlockSectionKind.Rows, BlockSectionKind.Minutes, BlockSectionKind.Tiles),
            chains.Sum(e => (long)e[SectionKind.Samples].StoredBytes) + Bytes(BlockSectionKind.Totals, BlockSectionKind.Cells, BlockSectionKind.Spans),
            chains.Sum(e => (long)e[SectionKind.Symbols].StoredBytes) + Bytes(BlockSectionKind.Tree, BlockSectionKind.Names, BlockSectionKind.Lines),
            sources.Any(s => s.MayRepeat));
    }
}
