namespace Kagari.Simulation;

// Directory entries: they too are only durable once their directory was synced.
internal sealed partial class SimulatedDisk
{
    private readonly SortedDictionary<string, SimulatedFile> _durableNames = new(StringComparer.Ordinal);
    private readonly List<NameChange> _unsyncedNames = [];

    /// <summary>A name that a file got; and the name it had before, or that was removed.</summary>
    private sealed record NameChange(string? Added, SimulatedFile? File, string? Removed);

    internal void Link(string key, SimulatedFile file)
    {
        _names[key] = file;
        _unsyncedNames.Add(new NameChange(key, file, null));
    }

    internal void Unlink(string key)
    {
        if (_names.Remove(key)) _unsyncedNames.Add(new NameChange(null, null, key));
    }

    internal void Move(string key, string newKey)
    {
        if (!_names.Remove(key, out var file)) throw new Storage.ObjectNotFoundException(key);
        _names[newKey] = file;
        _unsyncedNames.Add(new NameChange(newKey, file, key == newKey ? null : key));
    }

    /// <summary>Makes the names of the directory that this key lies in durable.</summary>
    internal void SyncDirectory(string key)
    {
        var directory = DirectoryOf(key);
        Step(DiskCall.SyncDirectory, directory);
        if (Lies.HasFlag(DiskLies.SyncDirectory)) return;
        for (var i = 0; i < _unsyncedNames.Count;)
        {
            var change = _unsyncedNames[i];
            var (added, removed) = (IsIn(change.Added), IsIn(change.Removed));
            if (added) _durableNames[change.Added!] = change.File!;
            if (removed) _durableNames.Remove(change.Removed!);
            // A file that moved to another directory: its old name stays until that directory is synced too.
            if (added && !removed && change.Removed is not null) _unsyncedNames[i++] = new NameChange(null, null, change.Removed);
            else if (removed && !added && change.Added is not null) _unsyncedNames[i++] = change with { Removed = null };
            else if (added || removed) _unsyncedNames.RemoveAt(i);
            else i++;
        }

        bool IsIn(string? name) => name is not null && DirectoryOf(name) == directory;
    }

    private static string DirectoryOf(string key) => key[..(key.LastIndexOf('/') + 1)];

    private void PowerCutNames()
    {
        // A journal keeps the order of its changes: a first part survives. Without one, each is on its own.
        var journal = random.Next(2) == 0;
        var survivors = journal ? random.Next(_unsyncedNames.Count + 1) : int.MaxValue;
        for (var i = 0; i < _unsyncedNames.Count && i < survivors; i++)
        {
            if (!journal && random.Next(2) == 0) continue;
            var change = _unsyncedNames[i];
            if (change.Removed is { } removed) _durableNames.Remove(removed);
            if (change.Added is { } added) _durableNames[added] = change.File!;
        }
        _unsyncedNames.Clear();
        _names = new SortedDictionary<string, SimulatedFile>(_durableNames, StringComparer.Ordinal);
    }
}
