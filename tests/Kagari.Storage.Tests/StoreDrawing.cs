using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Storage.Tests;

/// <summary>Reads a whole store back without the query engine: an independent look at what is on the disk.</summary>
internal static class StoreDrawing
{
    /// <summary>Everything stored for a tenant as a drawing, added up; a row stored twice counts once.</summary>
    public static async Task<string> DrawAsync(this TestStore store, string tenant = "t")
    {
        var tree = new FunctionTree();
        var seen = new HashSet<(RowIdentity, string)>();
        var chains = store.NewChains();
        foreach (var selection in store.Catalogue.Select(tenant, long.MinValue, long.MaxValue, _ => true))
        {
            var (view, usable) = await chains.OpenAsync(selection, default);
            foreach (var index in selection.Selected.Where(i => i < usable))
            {
                var entry = selection.Entries[index];
                using var rowBytes = await chains.Sections.TryReadAsync(selection.Key.ObjectKey, entry[SectionKind.Rows], default);
                using var samples = await chains.Sections.TryReadAsync(selection.Key.ObjectKey, entry[SectionKind.Samples], default);
                if (rowBytes is null || samples is null) continue;
                var rows = new FlatList<Row>();
                var totals = new FlatList<long>();
                RowsCodec.TryDecode(rowBytes.Span, view.Groups, ref rows, ref totals).ShouldBeTrue();
                AddRows(view, rows, samples, tree, seen);
            }
        }
        return Drawings.Draw(tree);
    }

    private static void AddRows(ChainView view, FlatList<Row> rows, SectionBytes samples, FunctionTree tree, HashSet<(RowIdentity, string)> seen)
    {
        var decoder = new CellDecoder();
        foreach (var row in rows.Span)
        {
            var group = view.Groups[row.Group];
            if (!seen.Add((row.Identity, view.Series[group[0]].ToString()))) continue;
            decoder.TryDecode(samples.Span, row, 0, group.Length, view.Nodes.Length, withSpans: false).ShouldBeTrue();
            for (var i = 0; i < decoder.Nodes.Length; i++)
            {
                var path = new List<int>();
                for (var node = view.TreeNodes.Span[decoder.Nodes[i]]; node > 0; node = view.Tree.Parents.Span[node])
                    path.Add(tree.Names.Intern(view.Names[view.Tree.Names.Span[node]]));
                path.Reverse();
                tree.AddStack(path.ToArray(), decoder.Values[i]);
            }
        }
    }
}
