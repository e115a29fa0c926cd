using System.Buffers;

namespace Kagari.Profiles;

/// <summary>Chooses the nodes of <see cref="ColumnarTree"/>s and lays them out.</summary>
internal static class ColumnarBuilder
{
    /// <summary>A tree to draw.</summary>
    /// <param name="Tree">The nodes.</param>
    /// <param name="RootName">Name of the root, an id of the tree's names; −1: none.</param>
    /// <param name="Ancestors">With ids of the tree's names.</param>
    public readonly record struct Source(FunctionTree Tree, int RootName, ColumnarAncestor[] Ancestors);

    /// <summary>Draws trees that share a table of names.</summary>
    public static ColumnarGraph Build(NameTable names, ReadOnlySpan<Source> sources, int maxNodes)
    {
        var layouts = new Layout[sources.Length];
        for (var i = 0; i < layouts.Length; i++) layouts[i] = Lay(sources[i], maxNodes);

        // Names of what is drawn, sorted: equal graphs are equal bytes, whatever order merges met the names in.
        var slots = new int[names.Count];   // id in the graph, + 1
        var used = default(FlatList<int>);
        for (var i = 0; i < layouts.Length; i++)
        {
            foreach (var name in layouts[i].Names) Use(name);
            foreach (var ancestor in sources[i].Ancestors) Use(ancestor.Name);
        }
        NameOrder.Sort(used.Span, names);
        var sorted = new NameTable();
        foreach (var name in used.Span) slots[name] = sorted.Intern(names[name], names.HashOf(name)) + 1;

        var trees = new ColumnarTree[layouts.Length];
        for (var i = 0; i < trees.Length; i++)
        {
            var layout = layouts[i];
            foreach (ref var name in layout.Names.AsSpan()) name = SlotOf(name);
            ColumnarAncestor[] ancestors = [.. sources[i].Ancestors.Select(a => a with { Name = SlotOf(a.Name) })];
            trees[i] = new ColumnarTree(layout.Depths, layout.Names, layout.Selfs, layout.Totals, layout.FoldedNodes, ancestors);
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

    private static Layout Lay(Source source, int maxNodes)
    {
        var tree = source.Tree;
        var rented = ArrayPool<long>.Shared.Rent(tree.Count);
        var totals = rented.AsSpan(0, tree.Count);
        tree.ComputeTotals(totals);
        var totalMin = Truncation.TotalMin(totals, maxNodes);
        using var kept = KeptTree.Build(tree, totals, totalMin, sumsOthers: false);
        var drawn = Choose(kept, totals, totalMin, maxNodes, out var count);
        var layout = new Layout(count);

        // Step 2: pre-order. Children of one parent lie side by side; pushed from the right, they come from the left.
        var columnOf = new int[tree.Count];   // column of each drawn node, + 1
        var open = new Stack<(int Kept, int Depth)>();
        open.Push((0, 0));
        for (var column = 0; open.TryPop(out var at); column++)
        {
            var node = kept.Nodes[at.Kept];
            columnOf[node] = column + 1;
            layout.Depths[column] = at.Depth;
            layout.Names[column] = node == 0 ? source.RootName : tree.NameIds[node];
            layout.Selfs[column] = tree.Selfs[node];
            layout.Totals[column] = totals[node];
            for (var child = kept.FirstChild[at.Kept + 1] - 1; child >= kept.FirstChild[at.Kept]; child--)
                if (drawn[child]) open.Push((child, at.Depth + 1));
        }

        // Step 3: what is not drawn counts at the nearest drawn node above. Parents precede children.
        for (var node = 1; node < tree.Count; node++)
        {
            if (columnOf[node] > 0) continue;
            columnOf[node] = columnOf[tree.Parents[node]];
            if (totals[node] > 0) layout.FoldedNodes[columnOf[node] - 1]++;
        }
        ArrayPool<long>.Shared.Return(rented);
        return layout;
    }

    /// <summary>
    /// Step 1: of the nodes that the least total lets pass, all above it and as many at it as are left. They are
    /// numbered level by level, so a parent is taken before its children.
    /// </summary>
    private static bool[] Choose(KeptTree kept, ReadOnlySpan<long> totals, long totalMin, int maxNodes, out int count)
    {
        var above = 0;
        foreach (var node in kept.Nodes[1..])
            if (node != KeptTree.Other && totals[node] > totalMin) above++;
        var left = maxNodes == 0 ? int.MaxValue : maxNodes - above;

        var drawn = new bool[kept.Count];
        drawn[0] = true;
        count = 1;
        for (var at = 1; at < drawn.Length; at++)
        {
            var node = kept.Nodes[at];
            if (node == KeptTree.Other) continue;
            drawn[at] = totals[node] > totalMin || left-- > 0;
            if (drawn[at]) count++;
        }
        return drawn;
    }

    private readonly struct Layout(int count)
    {
        public readonly int[] Depths = new int[count], Names = new int[count], FoldedNodes = new int[count];
        public readonly long[] Selfs = new long[count], Totals = new long[count];
    }
}
