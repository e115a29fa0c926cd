using Kagari.Profiles;

namespace Kagari.Client.Collecting;

/// <summary>Stacks of locations, each once. A mutable struct: hold it in a field.</summary>
internal struct LocationStacks
{
    private FlatList<int> _locations;
    private FlatList<int> _ends;
    private HashIndex _index;

    /// <summary>The locations of a stack, leaf first.</summary>
    public readonly ReadOnlySpan<int> this[int stack] => _locations.Span[(stack == 0 ? 0 : _ends[stack - 1]).._ends[stack]];

    /// <summary>The number of this stack; it is added if it is new.</summary>
    public int Add(ReadOnlySpan<int> locations)
    {
        var hash = SecretHash.Of(locations);
        var probe = HashIndex.Probe(hash);
        while (_index.Next(ref probe, out var known))
            if (this[known].SequenceEqual(locations)) return known;
        _index.Add(hash, _ends.Count);
        _locations.AddRange(locations);
        _ends.Add(_locations.Count);
        return _ends.Count - 1;
    }

    public void Clear()
    {
        _locations.Clear();
        _ends.Clear();
        _index.Clear();
    }
}
