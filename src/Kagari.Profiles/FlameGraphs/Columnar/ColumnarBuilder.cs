using System.Buffers;

namespace Kagari.Profiles;

/// <summary>Puts drawn trees over one table of names.</summary>
internal static class ColumnarBuilder
{
    /// <summary>A tree to draw.</summary>
    /// <param name="Tree">The nodes.</param>
    /// <param name="RootName">Name of the root, an id of the tree's names; −1: none.</param>
    /// <param name="Ancestors">With ids of the tree's names.</param>
    public readonly record struct Source(FunctionTree Tree, int RootName, ColumnarAncestor[] Ancestors);

    /// <summary>A tree as it is drawn, with ids of the names that it was made of.</summary>
    public readonly record struct Drawn(ColumnarShape Shape, ColumnarShape.Values Values, ColumnarAncestor[] Ancestors);

    /// <summary>Draws trees that share a table of names.</summary>
    public static ColumnarGraph Build(NameTable names, ReadOnlySpan<Source> sources, int maxNodes)
    {
        var drawn = new Drawn[sources.Length];
        for (var i = 0; i < drawn.Length; i++) drawn[i] = Draw(sources[i], maxNodes);
        return Build(names, drawn);
    }

    /// <summary>Puts trees that share a table of names together.</summary>
    public static ColumnarGraph Build(NameTable names, ReadOnlySpan<Drawn> drawn)
    {
        // Names of what is drawn, sorted: equal graphs are equal bytes, whatever order merges met the names in.
        var slots = new int[names.Count];   // id in the graph, + 1
        var used = default(FlatList<int>);
        foreach (var one in drawn)
        {
            foreach (var name in one.Shape.Names) Use(name);
            foreach (var ancestor in one.Ancestors) Use(ancestor.Name);
        }
        NameOrder.Sort(used.Span, names);
        var sorted = new NameTable();
        foreach (var name in used.Span) slots[name] = sorted.Intern(names[name], names.HashOf(name)) + 1;

        var trees = new ColumnarTree[drawn.Length];
        for (var i = 0; i < trees.Length; i++)
        {
            var (shape, values, above) = drawn[i];
            int[] ids = [.. shape.Names.Select(SlotOf)];
            ColumnarAncestor[] ancestors = [.. above.Select(a => a with { Name = SlotOf(a.Name) })];
            trees[i] = new ColumnarTree(shape.Depths, ids, values.Selfs, values.Totals, values.FoldedNodes, ancestors);
        }
        return new ColumnarGraph(sorted, trees);

        int SlotOf(int name) => name < 0 ? -1 : slots[name] - 1;

        void Use(int name)
        {
            if (name < 0 || slots[name] != 0) return;
            slots[name] = 1;
            used.Add(name);
        }
    }

    private static Drawn Draw(Source source, int maxNodes)
    {
        var tree = source.Tree;
        var rented = ArrayPool<long>.Shared.Rent(tree.Count);
        var totals = rented.AsSpan(0, tree.Count);
        tree.ComputeTotals(totals);
        var shape = ColumnarShape.Of(tree, source.RootName, totals, maxNodes);
        var values = shape.Lay(tree.Selfs, totals);
        ArrayPool<long>.Shared.Return(rented);
        return new Drawn(shape, values, source.Ancestors);
    }
}
