namespace Kagari.Profiles;

/// <summary>Functions of a tree, the heaviest first. Exact: nothing is truncated. Immutable.</summary>
public sealed class FunctionTable
{
    private readonly FunctionRow[] _rows;

    private FunctionTable(NameTable names, long total, FunctionRow[] rows)
    {
        Names = names;
        Total = total;
        _rows = rows;
    }

    /// <summary>The tree's names, that <see cref="FunctionRow.Name"/> refers to.</summary>
    public NameTable Names { get; }

    /// <summary>Value of the whole tree.</summary>
    public long Total { get; }

    /// <summary>One row per function: self descending, then total descending, then name, byte-wise.</summary>
    public ReadOnlySpan<FunctionRow> Rows => _rows;

    /// <summary>Counts the functions of a tree in time linear in its nodes, and sorts them.</summary>
    public static FunctionTable Build(FunctionTree tree)
    {
        var totals = new long[tree.Count];
        tree.ComputeTotals(totals);
        var rowOf = new int[tree.Names.Count];      // row + 1; 0: the tree does not have this name
        var open = default(FlatList<int>);          // per row: how often the name is on the path
        var rows = default(FlatList<FunctionRow>);

        using (var walk = new TreeWalk(tree))
        {
            while (walk.Next())
            {
                if (walk.Node == 0) continue;
                var name = tree.NameIds[walk.Node];
                if (!walk.Entering)
                {
                    open[rowOf[name] - 1]--;
                    continue;
                }
                if (rowOf[name] == 0)
                {
                    rows.Add(new FunctionRow(name, 0, 0));
                    open.Add(0);
                    rowOf[name] = rows.Count;
                }
                ref var row = ref rows[rowOf[name] - 1];
                // Only the outermost call of a recursion adds its total: the inner ones lie within it.
                var isOutermost = open[rowOf[name] - 1]++ == 0;
                row = new FunctionRow(
                    name, Saturating.Add(row.Self, tree.Selfs[walk.Node]), isOutermost ? Saturating.Add(row.Total, totals[walk.Node]) : row.Total);
            }
        }

        var sorted = rows.Span.ToArray();
        var names = tree.Names;
        Array.Sort(sorted, (a, b) =>
            a.Self != b.Self ? b.Self.CompareTo(a.Self)
            : a.Total != b.Total ? b.Total.CompareTo(a.Total)
            : names[a.Name].SequenceCompareTo(names[b.Name]));
        return new FunctionTable(names, totals[0], sorted);
    }
}
