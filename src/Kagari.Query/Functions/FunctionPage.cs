using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>A part of a function table. Exact: counted on all stacks before anything is left out.</summary>
public sealed class FunctionPage
{
    private readonly FunctionRow[] _rows;

    private FunctionPage(FunctionTable table, FunctionRow[] rows, int matchCount)
    {
        Names = table.Names;
        Total = table.Total;
        FunctionCount = table.Rows.Length;
        MatchCount = matchCount;
        _rows = rows;
    }

    /// <summary>Names that rows refer to.</summary>
    public NameTable Names { get; }

    /// <summary>Value of all stacks.</summary>
    public long Total { get; }

    /// <summary>How many functions the stacks have.</summary>
    public int FunctionCount { get; }

    /// <summary>How many of them the search finds.</summary>
    public int MatchCount { get; }

    /// <summary>The functions of this page.</summary>
    public ReadOnlySpan<FunctionRow> Rows => _rows;

    /// <summary>Cuts a page out of a table.</summary>
    /// <param name="table">Not changed.</param>
    /// <param name="search">Which functions.</param>
    /// <param name="order">In which order.</param>
    /// <param name="offset">How many to leave out at the front.</param>
    /// <param name="limit">How many to show; 0: all.</param>
    /// <exception cref="ArgumentOutOfRangeException">An offset or limit is negative.</exception>
    public static FunctionPage Of(FunctionTable table, FunctionSearch search, FunctionOrder order, int offset, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var names = table.Names;
        var found = table.Rows.ToArray();
        if (!search.FindsAll) found = Array.FindAll(found, r => search.Finds(names.GetString(r.Name)));
        if (order == FunctionOrder.Total) Array.Sort(found, (a, b) => ByTotal(names, a, b));
        if (order == FunctionOrder.Name) Array.Sort(found, (a, b) => names[a.Name].SequenceCompareTo(names[b.Name]));
        var page = found.AsSpan(Math.Min(offset, found.Length));
        return new FunctionPage(table, page[..(limit == 0 ? page.Length : Math.Min(limit, page.Length))].ToArray(), found.Length);
    }

    private static int ByTotal(NameTable names, FunctionRow a, FunctionRow b) =>
        a.Total != b.Total ? b.Total.CompareTo(a.Total)
        : a.Self != b.Self ? b.Self.CompareTo(a.Self)
        : names[a.Name].SequenceCompareTo(names[b.Name]);
}
