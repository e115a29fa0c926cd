using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Storage.Tests.Blocks;

/// <summary>Any bytes in the place of a section give its content or nothing: no exception, no endless loop, no memory beyond reason.</summary>
public sealed class BlockFuzzTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Sections_Mutated_AreReadOrRefused()
    {
        await using var store = await TestStore.OpenAsync(compaction: new CompactorOptions { RollupRowsPerSlotMin = 0 });
        var first = (Start - DateTimeOffset.UnixEpoch).Ticks * 100;
        for (var i = 1; i < 40; i++) await store.PutAsync($"main;a;b{i % 5} {i} | main;c{i % 3};d 7 | main {i * 3}", first + (i * 1_000_000_007L), pod: $"p{i % 3}");
        await store.CompactAsync(Start.AddHours(3));
        var sections = store.NewDatasets().Sections;
        var block = store.Catalogue.Blocks().First(b => !b.IsRollup);
        var entry = block.Datasets[0];
        var raw = new Dictionary<BlockSectionKind, byte[]>();
        foreach (var kind in Enum.GetValues<BlockSectionKind>().Except([BlockSectionKind.Totals, BlockSectionKind.Cells]))
        {
            using var bytes = await sections.TryReadAsync(block.Key, entry[kind], default);
            raw.Add(kind, bytes!.Span.ToArray());
        }
        using var index = await sections.TryReadAsync(block.Key, block.Index, default);
        using var functions = await sections.TryReadAsync(block.Key, block.Functions, default);
        var toc = new FlatList<byte>();
        BlockToc.Encode(block, ref toc);
        var dataset = (await BlockDataset.TryOpenAsync(block, entry, sections, default))!;
        var rows = (await dataset.RowsAsync(default))!;
        var tree = TreeCodec.TryDecode(raw[BlockSectionKind.Tree], dataset.View.Names.Ends.Length, entry.StackCount)!;
        var hot = new byte[dataset.Directory.Pages[0].Hot.StoredBytes];
        await store.Files.ReadAsync(block.Key, dataset.Directory.Pages[0].Hot.Offset, hot, default);
        var cold = new byte[dataset.Directory.Pages[0].Cold.StoredBytes];
        await store.Files.ReadAsync(block.Key, dataset.Directory.Pages[0].Cold.Offset, cold, default);

        foreach (var seed in FuzzBudget.Seeds(3000))
        {
            var random = new Random(seed);
            byte[] Mutate(ReadOnlySpan<byte> bytes) => FuzzBudget.Mutate(bytes, random);
            try
            {
                BlockToc.TryDecode(Mutate(toc.Span), "k", block.Length);
                BlockSeriesCodec.TryDecode(Mutate(raw[BlockSectionKind.Series]));
                BlockRowsCodec.TryDecode(Mutate(raw[BlockSectionKind.Rows]), dataset.Series);
                MinutesCodec.TryDecode(Mutate(raw[BlockSectionKind.Minutes]), dataset.Series);
                SpanCells.TryDecode(Mutate(raw[BlockSectionKind.Spans]), rows, dataset.Series.Groups, entry.StackCount);
                TenantIndex.TryDecode(Mutate(index!.Span), block.Datasets.Count);
                FunctionSums.TryDecode(Mutate(functions!.Span), block.Types.Count);
                LinesCodec.TryDecode(Mutate(raw[BlockSectionKind.Lines]), dataset.View.Names, tree);
                if (TreeCodec.TryDecode(Mutate(raw[BlockSectionKind.Tree]), dataset.View.Names.Ends.Length, entry.StackCount) is { } other)
                    LinesCodec.TryDecode(raw[BlockSectionKind.Lines], dataset.View.Names, other);
                ReadTiles(TileDirectory.TryDecode(Mutate(raw[BlockSectionKind.Tiles]), entry[BlockSectionKind.Totals], entry[BlockSectionKind.Cells], dataset.Series, entry.StackCount), hot, cold, entry.StackCount);
                ReadTiles(dataset.Directory, Mutate(hot), cold, entry.StackCount);
                ReadTiles(dataset.Directory, hot, Mutate(cold), entry.StackCount);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}", e);
            }
        }
    }

    private static void ReadTiles(TileDirectory? directory, byte[] hotBytes, byte[] coldBytes, int stackCount)
    {
        if (directory is null) return;
        using var codec = new SectionCodec();
        var (hot, cold) = (new TilePageBytes(), new TilePageBytes());
        for (var i = 0; i < directory.Tiles.Count; i++)
        {
            var tile = directory.Tiles[i];
            var columns = directory.Pages[tile.Page].Columns;
            if (tile.Page > 0 || !hot.TryDecode(hotBytes, 2 + columns, codec, out _) || !cold.TryDecode(coldBytes, 1 + columns, codec, out _)) return;
            var own = directory.Columns.Span.Slice(tile.FirstColumn, columns);
            var (stacks, counts, rows) = (new FlatList<int>(), new FlatList<int>(), new FlatList<byte>());
            var (first, values) = (new FlatList<long>(), new FlatList<long>());
            var sums = new long[stackCount];
            for (var column = 0; column < columns; column++)
            {
                TileReader.TryAddTotals(tile, own, column, hot, sums);
                TileReader.TryReadTotals(tile, own, column, hot, ref values);
            }
            if (!TileReader.TryReadStacks(tile, hot, stackCount, ref stacks, ref counts) || !TileReader.TryReadRows(tile, counts.Span, cold, ref rows)) continue;
            for (var column = 0; column < columns; column++) TileReader.TryReadValues(tile, own, column, counts.Span, hot, cold, ref first, ref values);
        }
    }
}
