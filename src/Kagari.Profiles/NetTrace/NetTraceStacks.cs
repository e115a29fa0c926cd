namespace Kagari.Profiles;

/// <summary>Stacks of addresses, each once.</summary>
internal struct NetTraceStacks
{
    private FlatList<ulong> _frames;
    private FlatList<int> _ends;
    private HashIndex _index;

    public readonly int Count => _ends.Count;

    /// <summary>The addresses of a stack, leaf first.</summary>
    public readonly ReadOnlySpan<ulong> this[int stack]
    {
        get
        {
            var start = stack == 0 ? 0 : _ends[stack - 1];
            return _frames.Span[start.._ends[stack]];
        }
    }

    /// <summary>Addresses of all of them.</summary>
    public readonly int FrameCount => _frames.Count;

    /// <summary>Forgets all, keeps the memory.</summary>
    public void Clear()
    {
        _frames.Clear();
        _ends.Clear();
        _index.Clear();
    }

    /// <summary>The number of this stack; it is added if it is new.</summary>
    public int Add(ReadOnlySpan<ulong> frames)
    {
        var hash = SecretHash.Of(frames);
        var probe = HashIndex.Probe(hash);
        while (_index.Next(ref probe, out var known))
            if (this[known].SequenceEqual(frames)) return known;
        _index.Add(hash, _ends.Count);
        _frames.AddRange(frames);
        _ends.Add(_frames.Count);
        return _ends.Count - 1;
    }
}
