namespace Kagari.Profiles;

/// <summary>Values by the 64-bit ids that an input chose. Later values of an id replace earlier ones.</summary>
/// <remarks>A mutable struct: hold it in a field, never copy it. Clearing keeps the memory.</remarks>
internal struct IdTable<T>
    where T : unmanaged
{
    private FlatList<long> _ids;
    private FlatList<T> _values;
    private HashIndex _index;

    /// <summary>How many there are.</summary>
    public readonly int Count => _ids.Count;

    /// <summary>Bytes of memory held.</summary>
    public readonly unsafe long MemoryBytes => (8L * _ids.Capacity) + ((long)sizeof(T) * _values.Capacity) + _index.MemoryBytes;

    /// <summary>The value of a row.</summary>
    public readonly ref T this[int row] => ref _values[row];

    /// <summary>The id of a row.</summary>
    public readonly long IdOf(int row) => _ids[row];

    public void Set(long id, T value)
    {
        var row = Find(id);
        if (row >= 0)
        {
            _values[row] = value;
            return;
        }
        _index.Add(SecretHash.Of(id, 0), _ids.Count);
        _ids.Add(id);
        _values.Add(value);
    }

    /// <summary>The row of an id, which gets <paramref name="value"/> if it is new.</summary>
    public int FindOrAdd(long id, T value)
    {
        var row = Find(id);
        if (row >= 0) return row;
        Set(id, value);
        return Count - 1;
    }

    /// <summary>The row of an id, or −1.</summary>
    public readonly int Find(long id)
    {
        var probe = HashIndex.Probe(SecretHash.Of(id, 0));
        while (_index.Next(ref probe, out var row))
            if (_ids[row] == id) return row;
        return -1;
    }

    public void Clear()
    {
        _ids.Clear();
        _values.Clear();
        _index.Clear();
    }
}
