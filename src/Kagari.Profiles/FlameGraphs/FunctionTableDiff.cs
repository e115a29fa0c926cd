namespace Kagari.Profiles;

/// <summary>Functions of two trees, the one whose share changed most first. Exact: nothing is truncated. Immutable.</summary>
/// <remarks>Shares, not values: two trees of different length or load are compared by what part of each a function is.</remarks>
public sealed class FunctionTableDiff
{
    private readonly FunctionDiffRow[] _rows;

    private FunctionTableDiff(NameTable names, long leftTotal, long rightTotal, FunctionDiffRow[] rows)
    {
        Names = names;
        LeftTotal = leftTotal;
        RightTotal = rightTotal;
        _rows = rows;
    }

    /// <summary>Names that <see cref="FunctionDiffRow.Name"/> refers to; the inputs' own where they share a table.</summary>
    public NameTable Names { get; }

    /// <summary>Value of the whole left tree.</summary>
    public long LeftTotal { get; }

    /// <summary>Value of the whole right tree.</summary>
    public long RightTotal { get; }

    /// <summary>
    /// One row per function: absolute change of the share of self descending, then that of total, then name, byte-wise.
    /// </summary>
    public ReadOnlySpan<FunctionDiffRow> Rows => _rows;

    /// <summary>Change of the share of self, from −1 to 1; an empty side has shares of 0.</summary>
    public double SelfShareChange(in FunctionDiffRow row) => Share(row.RightSelf, RightTotal) - Share(row.LeftSelf, LeftTotal);

    /// <summary>Change of the share of total, from −1 to 1; an empty side has shares of 0.</summary>
    public double TotalShareChange(in FunctionDiffRow row) => Share(row.RightTotal, RightTotal) - Share(row.LeftTotal, LeftTotal);

    /// <summary>Compares the functions of two trees, whether they share a table of names or not.</summary>
    public static FunctionTableDiff Build(FunctionTree left, FunctionTree right) =>
        Build(FunctionTable.Build(left), FunctionTable.Build(right));

    /// <summary>Compares two tables.</summary>
    public static FunctionTableDiff Build(FunctionTable left, FunctionTable right)
    {
        // The inputs' names are left as they are: a side may be cached and read by others.
        var names = ReferenceEquals(left.Names, right.Names) ? left.Names : new NameTable();
        var rows = new Dictionary<int, FunctionDiffRow>();
        foreach (ref readonly var row in left.Rows)
        {
            var name = NameIn(names, left.Names, row.Name);
            rows[name] = new FunctionDiffRow(name, row.Self, row.Total, 0, 0);
        }
        foreach (ref readonly var row in right.Rows)
        {
            var name = NameIn(names, right.Names, row.Name);
            rows[name] = rows.GetValueOrDefault(name) with { Name = name, RightSelf = row.Self, RightTotal = row.Total };
        }

        var diff = new FunctionTableDiff(names, left.Total, right.Total, [.. rows.Values]);
        Array.Sort(diff._rows, diff.Compare);
        return diff;
    }

    private int Compare(FunctionDiffRow a, FunctionDiffRow b)
    {
        var bySelf = Math.Abs(SelfShareChange(b)).CompareTo(Math.Abs(SelfShareChange(a)));
        if (bySelf != 0) return bySelf;
        var byTotal = Math.Abs(TotalShareChange(b)).CompareTo(Math.Abs(TotalShareChange(a)));
        return byTotal != 0 ? byTotal : Names[a.Name].SequenceCompareTo(Names[b.Name]);
    }

    private static double Share(long value, long total) => total == 0 ? 0 : (double)value / total;

    private static int NameIn(NameTable target, NameTable source, int name) =>
        ReferenceEquals(target, source) ? name : target.Intern(source[name], source.HashOf(name));
}
