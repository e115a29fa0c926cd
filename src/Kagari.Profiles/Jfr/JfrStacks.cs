namespace Kagari.Profiles;

/// <summary>Functions, locations and stacks of a whole recording, each once; chunks share them. Reused.</summary>
internal sealed class JfrStacks
{
    /// <summary>Functions by name.</summary>
    public NameTable Names { get; } = new();

    private FlatList<JfrLocation> _locations;
    private HashIndex _locationIndex;
    private FlatList<int> _frames;
    private FlatList<(int Start, int Count)> _stacks;
    private HashIndex _stackIndex;

    public int LocationCount => _locations.Count;

    public int StackCount => _stacks.Count;

    public long MemoryBytes =>
        Names.MemoryBytes + (8L * _locations.Capacity) + _locationIndex.MemoryBytes + (4L * _frames.Capacity) + (8L * _stacks.Capacity) + _stackIndex.MemoryBytes;

    public JfrLocation Location(int location) => _locations[location];

    /// <summary>The locations of a stack, leaf first.</summary>
    public ReadOnlySpan<int> Stack(int stack) => _frames.Span.Slice(_stacks[stack].Start, _stacks[stack].Count);

    public int AddLocation(int function, int line)
    {
        var hash = SecretHash.Of(function, line);
        var probe = HashIndex.Probe(hash);
        while (_locationIndex.Next(ref probe, out var known))
            if (_locations[known] == new JfrLocation(function, line)) return known;
        _locationIndex.Add(hash, _locations.Count);
        _locations.Add(new JfrLocation(function, line));
        return _locations.Count - 1;
    }

    /// <summary>The stack of these locations, leaf first.</summary>
    public int AddStack(ReadOnlySpan<int> frames)
    {
        var hash = SecretHash.Of(frames);
        var probe = HashIndex.Probe(hash);
        while (_stackIndex.Next(ref probe, out var known))
            if (Stack(known).SequenceEqual(frames)) return known;
        _stackIndex.Add(hash, _stacks.Count);
        _stacks.Add((_frames.Count, frames.Length));
        _frames.AddRange(frames);
        return _stacks.Count - 1;
    }

    public void Clear()
    {
        Names.Clear();
        _locations.Clear();
        _locationIndex.Clear();
        _frames.Clear();
        _stacks.Clear();
        _stackIndex.Clear();
    }
}

/// <summary>A line of a function.</summary>
internal readonly record struct JfrLocation(int Function, int Line);
