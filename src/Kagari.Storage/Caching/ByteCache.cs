namespace Kagari.Storage;

/// <summary>Keeps values up to a number of bytes. A value wanted by many at once is loaded once. Thread safe.</summary>
/// <remarks>
/// Who stays is decided by how often values are asked for, not only by when (W-TinyLFU): new values enter a small
/// window; what falls out of it takes the place of the least recently used value of the rest only where it is asked for
/// more often. So one query over a month does not push out what everybody looks at.
/// </remarks>
/// <param name="bytesMax">Bytes of all values.</param>
/// <param name="sizeOf">Bytes of a value; asked again whenever it is used, because values grow.</param>
public sealed class ByteCache<TKey, TValue>(long bytesMax, Func<TValue, long> sizeOf)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Entry> _entries = [];
    private readonly LinkedList<Entry> _window = [], _main = [];
    private readonly FrequencySketch _sketch = new();
    private long _windowBytes, _mainBytes;

    private sealed class Entry(TKey key)
    {
        public TKey Key { get; } = key;

        public Task<TValue?>? Loading { get; set; }

        public TValue? Value { get; set; }

        public long Bytes { get; set; }

        public LinkedList<Entry>? List { get; set; }

        public LinkedListNode<Entry>? Node { get; set; }
    }

    /// <summary>Bytes held.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate) return _windowBytes + _mainBytes;
        }
    }

    /// <summary>How often a value was there.</summary>
    public long Hits { get; private set; }

    /// <summary>How often a value had to be loaded.</summary>
    public long Misses { get; private set; }

    /// <summary>The value of a key; loaded where it is not there, by one of those who want it. Null results and failures are not kept.</summary>
    public async ValueTask<TValue?> GetAsync(TKey key, Func<CancellationToken, Task<TValue?>> load, CancellationToken cancellation)
    {
        Task<TValue?> loading;
        TaskCompletionSource<TValue?>? own = null;
        Entry? entry;
        lock (_gate)
        {
            _sketch.Note(key.GetHashCode());
            if (_entries.TryGetValue(key, out entry) && entry.Value is { } there)
            {
                Hits++;
                Touch(entry);
                return there;
            }
            if (entry is null)
            {
                Misses++;
                own = new TaskCompletionSource<TValue?>(TaskCreationOptions.RunContinuationsAsynchronously);
                _entries.Add(key, entry = new Entry(key) { Loading = own.Task });
            }
            loading = entry.Loading!;
        }
        if (own is null)
        {
            try
            {
                return await loading.WaitAsync(cancellation);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Who loaded it gave up; that is no reason for us to.
                return await GetAsync(key, load, cancellation);
            }
        }
        return await LoadAsync(entry, own, load, cancellation);
    }

    /// <summary>Whether a key was asked for before, by the sketch: what is asked for once is not worth keeping.</summary>
    /// <remarks>Counts this time too. A sketch may take one key for another: then a value is kept that need not be.</remarks>
    public bool NoteAndWasAsked(TKey key)
    {
        lock (_gate)
        {
            var was = _sketch.Estimate(key.GetHashCode()) > 0;
            if (!was) _sketch.Note(key.GetHashCode());
            return was;
        }
    }

    /// <summary>Lets go of all keys that are gone for good.</summary>
    public void Remove(Func<TKey, bool> isGone)
    {
        lock (_gate)
            foreach (var entry in _entries.Values.Where(e => e.Value is not null && isGone(e.Key)).ToList()) Drop(entry);
    }

    private async Task<TValue?> LoadAsync(
        Entry entry, TaskCompletionSource<TValue?> own, Func<CancellationToken, Task<TValue?>> load, CancellationToken cancellation)
    {
        try
        {
            var value = await load(cancellation);
            lock (_gate)
            {
                entry.Loading = null;
                if (value is null) _entries.Remove(entry.Key);
                else
                {
                    entry.Value = value;
                    entry.Bytes = sizeOf(value);
                    entry.List = _window;
                    entry.Node = _window.AddFirst(entry);
                    _windowBytes += entry.Bytes;
                    Evict();
                }
            }
            own.SetResult(value);
            return value;
        }
        catch (Exception e)
        {
            lock (_gate) _entries.Remove(entry.Key);
            if (e is OperationCanceledException) own.SetCanceled(CancellationToken.None);
            else
            {
                own.SetException(e);
                _ = own.Task.Exception;   // observed: nobody else may be waiting
            }
            throw;
        }
    }

    private void Touch(Entry entry)
    {
        var bytes = sizeOf(entry.Value!);
        Count(entry.List!, bytes - entry.Bytes);
        entry.Bytes = bytes;
        entry.List!.Remove(entry.Node!);
        entry.List.AddFirst(entry.Node!);
        Evict();
    }

    private void Evict()
    {
        // The window holds a tenth; the newest value stays whatever its size, because somebody is about to use it.
        while (_windowBytes > bytesMax / 10 && _window.Count > 1)
        {
            var candidate = _window.Last!.Value;
            Move(candidate, _main);
            while (_windowBytes + _mainBytes > bytesMax && _main.Count > 0)
            {
                var victim = _main.Last!.Value;
                if (victim == candidate) break;
                // The one that is asked for less goes.
                if (_sketch.Estimate(candidate.Key.GetHashCode()) <= _sketch.Estimate(victim.Key.GetHashCode()))
                {
                    Drop(candidate);
                    break;
                }
                Drop(victim);
            }
        }
        while (_windowBytes + _mainBytes > bytesMax && _main.Count > 0) Drop(_main.Last!.Value);
    }

    private void Move(Entry entry, LinkedList<Entry> to)
    {
        Count(entry.List!, -entry.Bytes);
        entry.List!.Remove(entry.Node!);
        entry.List = to;
        to.AddFirst(entry.Node!);
        Count(to, entry.Bytes);
    }

    private void Drop(Entry entry)
    {
        Count(entry.List!, -entry.Bytes);
        entry.List!.Remove(entry.Node!);
        _entries.Remove(entry.Key);
    }

    private void Count(LinkedList<Entry> list, long bytes)
    {
        if (list == _window) _windowBytes += bytes;
        else _mainBytes += bytes;
    }
}
