namespace Kagari.Symbols;

/// <summary>The functions of a unit that have code, and the calls that were inlined into them.</summary>
/// <remarks>
/// Calls stand in preorder: a call comes before those inside of it, and knows where these end. The calls around an
/// address are found in one forward pass that steps over all others. As deep as the reader lets entries nest.
/// </remarks>
internal sealed class DwarfFunctions
{
    private readonly DwarfCall[] _calls;
    private readonly Interval[] _ranges;
    private readonly IntervalMap _functions;

    /// <param name="calls">In preorder.</param>
    /// <param name="ranges">Of all calls, those of one after the other.</param>
    /// <param name="functions">The ranges of functions, with their index among calls.</param>
    /// <param name="scopes">Names around functions that have no linkage name.</param>
    public DwarfFunctions(DwarfCall[] calls, Interval[] ranges, IntervalMap functions, DwarfScopes scopes)
    {
        (_calls, _ranges, _functions, Scopes) = (calls, ranges, functions, scopes);
        MemoryBytes = (32L * calls.Length) + (24L * ranges.Length) + functions.MemoryBytes + scopes.MemoryBytes;
    }

    public static DwarfFunctions Empty { get; } = new([], [], IntervalMap.Empty, DwarfScopes.Empty);

    public DwarfScopes Scopes { get; }

    public long MemoryBytes { get; }

    /// <summary>Appends the function around an address and the calls inlined there, outermost first; false where there is none.</summary>
    public bool TryFind(ulong address, List<DwarfCall> path)
    {
        var found = _functions.Find(address);
        if (found < 0) return false;
        var function = _functions.ValueOf(found);
        path.Add(_calls[function]);
        FindInlined(function, address, path);
        return true;
    }

    private bool FindInlined(int around, ulong address, List<DwarfCall> path)
    {
        for (int i = around + 1, end = _calls[around].End; i < end; i = _calls[i].End)
        {
            ref readonly var call = ref _calls[i];
            if (!call.IsInlined) continue;
            var isInside = Contains(call, address);
            if (!isInside && !call.IsExceeded) continue;
            path.Add(call);
            if (FindInlined(i, address, path) || isInside) return true;
            path.RemoveAt(path.Count - 1);
        }
        return false;
    }

    /// <summary>Appends where the functions of the unit are.</summary>
    public void AddRanges(List<Interval> output, int value)
    {
        foreach (ref readonly var call in _calls.AsSpan())
            if (!call.IsInlined)
                foreach (ref readonly var range in _ranges.AsSpan(call.Ranges, call.RangeCount)) output.Add(range with { Value = value });
    }

    private bool Contains(in DwarfCall call, ulong address)
    {
        foreach (ref readonly var range in _ranges.AsSpan(call.Ranges, call.RangeCount))
            if (address >= range.Start && address < range.End) return true;
        return false;
    }
}
