namespace Kagari.Simulation;

// What outlives the process, and what a bad medium does to it.
internal sealed partial class SimulatedDisk
{
    /// <summary>The process is gone; a new one sees what this leaves.</summary>
    public void Restart(CrashKind kind)
    {
        Epoch++;
        HasCrashed = false;
        _crashAt = long.MaxValue;
        _crashCall = null;
        _meanwhile = null;
        if (kind == CrashKind.PowerCut) PowerCutNames();
        foreach (var file in _names.Values)
        {
            if (kind == CrashKind.PowerCut) file.PowerCut(random, PageBytes);
            else file.Kill();
        }
        // As LocalObjectStore does when it is opened.
        foreach (var half in _names.Keys.Where(k => k.EndsWith(TemporarySuffix, StringComparison.Ordinal)).ToList()) Unlink(half);
    }

    /// <summary>All objects, whole or half written.</summary>
    public IEnumerable<string> Keys => _names.Keys;

    /// <summary>Flips a durable bit of some object whose key starts so; null where there is none.</summary>
    public (string Key, int Offset)? FlipBit(string prefix, int from = 0)
    {
        var files = _names.Where(n => n.Key.StartsWith(prefix, StringComparison.Ordinal) && n.Value.DurableLength > from).ToList();
        if (files.Count == 0) return null;
        var (key, file) = files[random.Next(files.Count)];
        var offset = random.Next(from, file.DurableLength);
        file.Flip(offset, random.Next(8));
        return (key, offset);
    }

    /// <summary>Removes an object for good, as a person might.</summary>
    public bool Lose(string key)
    {
        _unsyncedNames.RemoveAll(c => c.Added == key || c.Removed == key);
        _durableNames.Remove(key);
        return _names.Remove(key);
    }
}
