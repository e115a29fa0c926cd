namespace Kagari.Query;

/// <summary>One query on its way: what it may take, and what it took. Thread safe.</summary>
public sealed class QueryRun
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> _gone = new(StringComparer.Ordinal);
    private SeriesQuery? _asked;
    private long _held, _heldMax, _chains, _blocks, _rollups, _rows, _tiles, _totalTiles, _replans;

    /// <summary>Memory it may hold for results and rows, in bytes; beyond it fails with <see cref="QueryTooLargeException"/>. Default 512 MiB.</summary>
    /// <remarks>One flame graph of a service holds 1 to 5 MB; the default stops what would take a server down.</remarks>
    public long MemoryBytesMax { get; init; } = 512L << 20;

    /// <summary>Most bytes it held.</summary>
    public long MemoryBytes => Interlocked.Read(ref _heldMax);

    /// <summary>Chains of the log that it read.</summary>
    public long Chains => Interlocked.Read(ref _chains);

    /// <summary>Datasets of blocks of profiles that it read.</summary>
    public long Blocks => Interlocked.Read(ref _blocks);

    /// <summary>Datasets of rollups that it read.</summary>
    public long Rollups => Interlocked.Read(ref _rollups);

    /// <summary>Rows that it looked at one by one.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Tiles of which it read cells.</summary>
    public long Tiles => Interlocked.Read(ref _tiles);

    /// <summary>Tiles of which it read sums only.</summary>
    public long TotalTiles => Interlocked.Read(ref _totalTiles);

    /// <summary>How often it started over because data was compacted meanwhile.</summary>
    public long Replans => Interlocked.Read(ref _replans);

    /// <summary>The first question that it asked; null where it came to none.</summary>
    public SeriesQuery? Asked => _asked;

    /// <summary>Whether the answer is made anew although an equal one is kept. Default: false.</summary>
    public bool IgnoresKept { get; init; }

    /// <summary>Whether the answer was kept from an equal query.</summary>
    public bool IsKept { get; internal set; }

    /// <summary>Notes that an object is gone; true where it was gone before, so that it is lost and not only replaced.</summary>
    internal bool NoteGone(string objectKey) => !_gone.TryAdd(objectKey, false) && _gone.TryUpdate(objectKey, true, false);

    /// <summary>Whether an object is lost.</summary>
    internal bool IsLost(string objectKey) => _gone.TryGetValue(objectKey, out var isLost) && isLost;

    /// <summary>Notes what is asked, for those who look later.</summary>
    internal void Note(SeriesQuery query) => Interlocked.CompareExchange(ref _asked, query, null);

    internal void Hold(long bytes)
    {
        var held = Interlocked.Add(ref _held, bytes);
        for (var most = Interlocked.Read(ref _heldMax); held > most;)
            most = Interlocked.CompareExchange(ref _heldMax, held, most) is var seen && seen == most ? held : seen;
        if (held > MemoryBytesMax) throw new QueryTooLargeException(held, MemoryBytesMax);
    }

    internal void Release(long bytes) => Interlocked.Add(ref _held, -bytes);

    internal void Count(Counted what, long number = 1)
    {
        switch (what)
        {
            case Counted.Chain: Interlocked.Add(ref _chains, number); break;
            case Counted.Block: Interlocked.Add(ref _blocks, number); break;
            case Counted.Rollup: Interlocked.Add(ref _rollups, number); break;
            case Counted.Row: Interlocked.Add(ref _rows, number); break;
            case Counted.Tile: Interlocked.Add(ref _tiles, number); break;
            case Counted.TotalTile: Interlocked.Add(ref _totalTiles, number); break;
            default: Interlocked.Add(ref _replans, number); break;
        }
    }

    /// <summary>What is counted.</summary>
    internal enum Counted
    {
        Chain,
        Block,
        Rollup,
        Row,
        Tile,
        TotalTile,
        Replan,
    }
}
