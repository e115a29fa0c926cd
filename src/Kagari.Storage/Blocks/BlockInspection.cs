namespace Kagari.Storage;

/// <summary>Reads a block whole and checks it: every checksum, every section, and that rows, tiles and sums agree.</summary>
public static class BlockInspection
{
    /// <summary>Checks one block.</summary>
    /// <param name="store">Where it lies.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <exception cref="ObjectNotFoundException">There is no such object.</exception>
    public static async Task<BlockReport> CheckAsync(IObjectStore store, string key, CancellationToken cancellation)
    {
        var info = (await store.ListAsync(key, cancellation)).FirstOrDefault(o => o.Key == key);
        if (info.Key is null) throw new ObjectNotFoundException(key);
        var (block, fault) = await BlockOpener.TryReadAsync(store, info, cancellation);
        if (block is null) return new BlockReport(null, [$"The object {fault}."]);
        var faults = new List<string>();
        var sections = new SectionReader(store, report => faults.Add($"byte {report.Offset}: {report.Message}"));
        foreach (var dataset in block.Datasets)
        {
            if (await BlockDataset.TryOpenAsync(block, dataset, sections, cancellation) is { } opened) await CheckAsync(opened, faults, cancellation);
        }
        if (block.Index.RawBytes > 0 && await ReadAsync(sections, block, block.Index, b => TenantIndex.TryDecode(b, block.Datasets.Count) is not null, cancellation) == false)
            faults.Add("The tenant index cannot be read.");
        if (block.Functions.RawBytes > 0 && await ReadAsync(sections, block, block.Functions, b => FunctionSums.TryDecode(b, block.Types.Count) is not null, cancellation) == false)
            faults.Add("The sums per function cannot be read.");
        return new BlockReport(block, faults);
    }

    private static async Task CheckAsync(BlockDataset dataset, List<string> faults, CancellationToken cancellation)
    {
        _ = await dataset.SymbolsAsync(cancellation);
        _ = await dataset.SpansAsync(cancellation);
        if (dataset.Entry[BlockSectionKind.Minutes].RawBytes > 0) _ = await dataset.MinutesAsync(cancellation);
        if (await dataset.RowsAsync(cancellation) is not { } rows) return;
        using var scanner = dataset.Sections.RentScanner();
        for (var i = 0; i < dataset.Directory.Tiles.Count; i++)
        {
            var tile = dataset.Directory.Tiles[i];
            if (!await scanner.ReadCellsAsync(dataset, tile, cancellation) || !scanner.ReadAllValues(dataset, tile)) continue;
            for (var column = 0; column < dataset.View.Groups[tile.Group].Length; column++)
            {
                var sums = new long[tile.RowCount];
                for (var cell = 0; cell < scanner.Rows.Length; cell++) sums[scanner.Rows[cell]] += scanner.ValuesOf(column)[cell];
                for (var row = 0; row < sums.Length; row++)
                {
                    var total = rows.Totals.Span[rows.Rows.Span[tile.FirstRow + row].TotalStart + column];
                    if (sums[row] != total)
                        faults.Add($"Service '{dataset.Entry.Service}', row {tile.FirstRow + row}, column {column}: its cells add up to {sums[row]}; its total says {total}.");
                }
            }
        }
    }

    private delegate bool Check(ReadOnlySpan<byte> bytes);

    private static async Task<bool?> ReadAsync(SectionReader sections, BlockEntry block, Section section, Check check, CancellationToken cancellation)
    {
        using var bytes = await sections.TryReadAsync(block.Key, section, cancellation);
        return bytes is null ? null : check(bytes.Span);
    }
}

/// <summary>What a check of a block found.</summary>
/// <param name="Block">What is in it; null where that cannot be read.</param>
/// <param name="Faults">What is wrong, in words; empty where all is well.</param>
public sealed record BlockReport(BlockEntry? Block, IReadOnlyList<string> Faults);
