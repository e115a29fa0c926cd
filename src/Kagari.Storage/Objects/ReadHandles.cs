using Microsoft.Win32.SafeHandles;

namespace Kagari.Storage;

/// <summary>Keeps files open that are read again and again: opening one costs more than a read from the page cache. Thread safe.</summary>
internal sealed class ReadHandles : IDisposable
{
    private const int OpenMax = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _open = new(StringComparer.Ordinal);
    private long _clock;

    /// <summary>A file with the number of its users; it is closed by the last one after it was forgotten.</summary>
    private sealed class Entry(SafeFileHandle file)
    {
        public SafeFileHandle File { get; } = file;

        public int Users { get; set; } = 1;

        public long LastUse { get; set; }
    }

    /// <summary>The file, open until the lease is disposed.</summary>
    public Lease Rent(string key, Func<string, SafeFileHandle> open)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(key, out var entry))
            {
                if (_open.Count >= OpenMax) Release(_open.MinBy(e => e.Value.LastUse).Key);
                _open.Add(key, entry = new Entry(open(key)));
            }
            entry.Users++;
            entry.LastUse = ++_clock;
            return new Lease(this, entry);
        }
    }

    /// <summary>Closes the file once nobody reads it: it was replaced or removed.</summary>
    public void Forget(string key)
    {
        lock (_gate) Release(key);
    }

    public void Dispose()
    {
        lock (_gate)
            foreach (var key in _open.Keys.ToList()) Release(key);
    }

    private void Release(string key)
    {
        if (_open.Remove(key, out var entry)) Leave(entry);
    }

    private static void Leave(Entry entry)
    {
        if (--entry.Users == 0) entry.File.Dispose();
    }

    /// <summary>One use of a file.</summary>
    public readonly struct Lease : IDisposable
    {
        private readonly ReadHandles _handles;
        private readonly object _entry;

        internal Lease(ReadHandles handles, object entry)
        {
            _handles = handles;
            _entry = entry;
        }

        public SafeFileHandle File => ((Entry)_entry).File;

        public void Dispose()
        {
            lock (_handles._gate) Leave((Entry)_entry);
        }
    }
}
