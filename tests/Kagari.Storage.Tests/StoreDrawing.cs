using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Storage.Tests;

/// <summary>Reads a whole store back without the query engine, cell by cell: an independent look at what is on the disk.</summary>
internal static class StoreDrawing
{
    /// <summary>Everything stored for a tenant as a drawing, added up; a row stored twice counts once.</summary>
    public static async Task<string> DrawAsync(this TestStore store, string tenant = "t")
    {
        var tree = new FunctionTree();
        var seen = new HashSet<(RowIdentity, string)>();
        var datasets = store.NewDatasets();
        var (chains, blocks) = store.Catalogue.Select(tenant, long.MinValue, long.MaxValue, _ => true);
        foreach (var selection in chains)
        {
            var (view, usable) = await datasets.OpenAsync(selection, default);
            foreach (var index in selection.Selected.Where(i => i < usable))
            {
                using var samples = await datasets.Sections.TryReadAsync(selection.Key.ObjectKey, selection.Entries[index][SectionKind.Samples], default);
                if (samples is not null) AddRows(view, index, samples, tree, seen);
            }
        }
        foreach (var (block, some) in blocks.Where(b => !b.Block.IsRollup))
            foreach (var entry in some)
                await AddAsync((await BlockDataset.TryOpenAsync(block, entry, datasets.Sections, default))!, datasets.Sections, tree, seen);
        return Drawings.Draw(tree);
    }

    private static void AddRows(ChainView chain, int index, SectionBytes samples, FunctionTree tree, HashSet<(RowIdentity, string)> seen)
    {
        var decoder = new CellDecoder();
        foreach (var row in chain.RowsOf(index))
        {
            var group = chain.Dataset.Groups[row.Group];
            if (!seen.Add((row.Identity, chain.Dataset.Series[group[0]].ToString()))) continue;
            decoder.TryDecode(samples.Span, row, 0, group.Length, chain.Dataset.StackCount, withSpans: false).ShouldBeTrue();
            for (var i = 0; i < decoder.Nodes.Length; i++) AddStack(chain.Dataset, decoder.Nodes[i], decoder.Values[i], tree);
        }
    }

    private static async Task AddAsync(BlockDataset dataset, SectionReader sections, FunctionTree tree, HashSet<(RowIdentity, string)> seen)
    {
        var rows = (await dataset.RowsAsync(default))!;
        var scanner = new BlockScanner(sections);
        foreach (var tile in dataset.Directory.Tiles.Span.ToArray())
        {
            (await scanner.ReadCellsAsync(dataset, tile, default)).ShouldBeTrue();
            scanner.ReadValues(dataset, tile, 0).ShouldBeTrue();
            var wanted = new bool[tile.RowCount];
            for (var i = 0; i < tile.RowCount; i++)
            {
                var row = rows.Rows.Span[tile.FirstRow + i];
                wanted[i] = seen.Add((row.Identity, dataset.View.Series[dataset.View.Groups[row.Group][0]].ToString()));
            }
            var cell = 0;
            for (var i = 0; i < scanner.Stacks.Length; i++)
                for (var n = scanner.Counts[i]; n > 0; n--, cell++)
                    if (wanted[scanner.Rows[cell]]) AddStack(dataset.View, scanner.Stacks[i], scanner.ValuesOf(0)[cell], tree);
        }
    }

    private static void AddStack(DatasetView view, int stack, long value, FunctionTree tree)
    {
        var path = new List<int>();
        for (var node = view.TreeNodes.Span[stack]; node > 0; node = view.Tree.Parents.Span[node])
            path.Add(tree.Names.Intern(view.Names[view.Tree.Names.Span[node]]));
        path.Reverse();
        tree.AddStack(path.ToArray(), value);
    }
}
