namespace Kagari.Storage;

/// <summary>Keeps decoded chains up to a number of bytes; the least recently used go first. Thread safe.</summary>
public sealed class ChainCache(SectionReader sections, long bytesMax)
{
    private readonly Dictionary<ChainKey, ChainReader> _chains = [];
    private readonly Lock _gate = new();
    private long _clock;

    /// <summary>Reads sections of the same store.</summary>
    public SectionReader Sections { get; } = sections;

    /// <summary>Bytes held.</summary>
    public long MemoryBytes
    {
        get
        {
            lock (_gate) return _chains.Values.Sum(c => c.MemoryBytes);
        }
    }

    /// <summary>
    /// The dictionaries that the selection needs, and how many of its first entries can be read: those from the first
    /// damaged one on cannot, because symbols build on those before.
    /// </summary>
    public async ValueTask<(ChainView View, int Usable)> OpenAsync(ChainSelection selection, CancellationToken cancellation)
    {
        ChainReader chain;
        lock (_gate)
        {
            if (!_chains.TryGetValue(selection.Key, out chain!)) _chains.Add(selection.Key, chain = new ChainReader(selection.Key));
            chain.LastUse = ++_clock;
        }
        var opened = await chain.ExtendAsync(selection.Entries, Sections, cancellation);
        Evict();
        return opened;
    }

    private void Evict()
    {
        lock (_gate)
        {
            var held = _chains.Values.Sum(c => c.MemoryBytes);
            if (held <= bytesMax) return;
            foreach (var (key, chain) in _chains.OrderBy(c => c.Value.LastUse).ToList())
            {
                // A query that still reads this chain has its own view of it; nothing it holds is pooled.
                _chains.Remove(key);
                held -= chain.MemoryBytes;
                if (held <= bytesMax * 3 / 4) return;
            }
        }
    }
}
