using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>The functions of one side in each of its sub-windows.</summary>
/// <remarks>
/// <code>
/// Of(name, byTotal)    w0 w1 w2 …      one cell per function and window; names are those that both sides share
/// </code>
/// </remarks>
internal sealed class WindowSums(NameTable names, double[] seconds)
{
    private readonly long[] _all = new long[seconds.Length];
    private FlatList<long> _selfs;
    private FlatList<long> _totals;

    /// <summary>Value of all stacks.</summary>
    public long Total { get; private set; }

    public int Windows => seconds.Length;

    public int FilledWindows => seconds.Length - _all.AsSpan().Count(0);

    private double Seconds => seconds.Sum();

    /// <summary>Adds what one window has; each window once.</summary>
    public void Add(int window, FunctionTable table)
    {
        _all[window] = table.Total;
        Total = Saturating.Add(Total, table.Total);
        foreach (var row in table.Rows)
        {
            var name = names.Intern(table.Names[row.Name], table.Names.HashOf(row.Name));
            Cover(name + 1);
            _selfs[(name * Windows) + window] = row.Self;
            _totals[(name * Windows) + window] = row.Total;
        }
    }

    /// <summary>Makes cells for all names, so that each can be asked about.</summary>
    public void Complete() => Cover(names.Count);

    /// <summary>Value of a function in all windows.</summary>
    public long Sum(int name, bool byTotal)
    {
        var sum = 0L;
        foreach (var value in Of(name, byTotal)) sum = Saturating.Add(sum, value);
        return sum;
    }

    /// <summary>Share or rate of a function, and the standard error of it.</summary>
    public (double Level, double? Error) Estimate(int name, bool byTotal, ChangeMode mode) =>
        mode == ChangeMode.Share ? Share(name, byTotal) : Rate(name, byTotal);

    /// <summary>
    /// The share is a ratio of two sums, so its error is that of a ratio estimator: windows count by their weight, and
    /// one with little load says little (Cochran, Sampling Techniques, §6.4, without the finite population correction).
    /// </summary>
    private (double Level, double? Error) Share(int name, bool byTotal)
    {
        if (Total == 0) return (0, null);
        var share = Sum(name, byTotal) / (double)Total;
        var filled = FilledWindows;
        if (filled < 2) return (share, null);
        var squares = 0.0;
        var values = Of(name, byTotal);
        for (var window = 0; window < values.Length; window++)
        {
            var residual = values[window] - (share * _all[window]);
            squares += residual * residual;
        }
        return (share, WithoutRounding(Math.Sqrt(filled / (filled - 1.0) * squares) / Total, share));
    }

    /// <summary>Windows are equally long, and one without data is a rate of 0: the plain standard error of a mean.</summary>
    private (double Level, double? Error) Rate(int name, bool byTotal)
    {
        var rate = Sum(name, byTotal) / Seconds;
        if (Windows < 2) return (rate, null);
        var squares = 0.0;
        var values = Of(name, byTotal);
        for (var window = 0; window < values.Length; window++)
        {
            var residual = (values[window] / seconds[window]) - rate;
            squares += residual * residual;
        }
        return (rate, WithoutRounding(Math.Sqrt(squares / (Windows - 1.0) / Windows), rate));
    }

    /// <summary>Windows that are exactly alike leave residuals of rounding, which would make anything significant.</summary>
    private static double WithoutRounding(double error, double level) => error <= level * 1e-12 ? 0 : error;

    private ReadOnlySpan<long> Of(int name, bool byTotal) => (byTotal ? _totals : _selfs).Span.Slice(name * Windows, Windows);

    private void Cover(int nameCount)
    {
        if (_selfs.Count >= nameCount * Windows) return;
        _selfs.Resize(nameCount * Windows);
        _totals.Resize(nameCount * Windows);
    }
}
