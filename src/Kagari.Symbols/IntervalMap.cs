namespace Kagari.Symbols;

/// <summary>Finds the intervals around an address, the innermost first.</summary>
/// <remarks>
/// Intervals are sorted by their start. They may lie inside of each other (entry points of assembly code, units of
/// discarded code), so each knows the nearest one before it that is still open where it starts; looking up is a binary
/// search and a short walk along these.
/// </remarks>
internal sealed class IntervalMap
{
    private readonly ulong[] _starts;
    private readonly ulong[] _ends;
    private readonly int[] _values;
    private readonly int[] _outer;

    public IntervalMap(List<Interval> intervals)
    {
        // The larger of two with one start is the outer one.
        intervals.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End != b.End ? b.End.CompareTo(a.End) : a.Value.CompareTo(b.Value));
        var count = intervals.Count;
        (_starts, _ends, _values, _outer) = (new ulong[count], new ulong[count], new int[count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            (_starts[i], _ends[i], _values[i]) = (intervals[i].Start, intervals[i].End, intervals[i].Value);
            var outer = i - 1;
            while (outer >= 0 && _ends[outer] <= _starts[i]) outer = _outer[outer];
            _outer[i] = outer;
        }
    }

    public static IntervalMap Empty { get; } = new([]);

    public int Count => _starts.Length;

    public long MemoryBytes => 24L * _starts.Length;

    public int ValueOf(int index) => _values[index];

    public ulong StartOf(int index) => _starts[index];

    /// <summary>The index of the innermost interval around an address, or -1.</summary>
    public int Find(ulong address)
    {
        var (low, high) = (0, _starts.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_starts[middle] <= address) low = middle + 1;
            else high = middle;
        }
        return OpenAt(low - 1, address);
    }

    /// <summary>The next interval around the address outside of one that <see cref="Find"/> gave, or -1.</summary>
    public int FindOuter(int index, ulong address) => OpenAt(_outer[index], address);

    private int OpenAt(int index, ulong address)
    {
        while (index >= 0 && address >= _ends[index]) index = _outer[index];
        return index;
    }
}
