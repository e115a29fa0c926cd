namespace Kagari.Profiles;

/// <summary>Maps entries of a shared table to those of one profile, and forgets all of them in one step.</summary>
/// <remarks>A dictionary serves thousands of profiles of which each needs a few entries: an entry counts only while its stamp is the current one.</remarks>
internal struct LocalIndexes
{
    private FlatList<int> _stamps, _locals;
    private int _stamp;

    /// <summary>Bytes of memory held.</summary>
    public readonly long MemoryBytes => 4L * (_stamps.Capacity + _locals.Capacity);

    /// <summary>Forgets all entries; the shared table has <paramref name="count"/> of them.</summary>
    public void Begin(int count)
    {
        if (_stamps.Count < count)
        {
            _stamps.Resize(count);
            _locals.Resize(count);
        }
        if (++_stamp != int.MaxValue) return;
        _stamps.Span.Clear();
        _stamp = 1;
    }

    /// <summary>The local index of an entry; false where it has none yet.</summary>
    public readonly bool TryGet(int index, out int local)
    {
        local = _locals[index];
        return _stamps[index] == _stamp;
    }

    /// <summary>Gives an entry its local index.</summary>
    public readonly int Set(int index, int local)
    {
        _stamps[index] = _stamp;
        return _locals[index] = local;
    }
}
