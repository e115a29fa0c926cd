namespace Kagari.Storage;

/// <summary>Settings of the <see cref="Ingester"/>.</summary>
public sealed record IngesterOptions
{
    /// <summary>
    /// Shortest time between two segments. Default 5 ms: pushes that arrive meanwhile share a segment and one
    /// fdatasync; longer makes fewer, larger segments and slower acknowledgements.
    /// </summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>A log file is ended when it has this many bytes. Default 64 MiB.</summary>
    public long LogFileBytesMax { get; init; } = 64 << 20;

    /// <summary>Rows may wait for a segment up to this many bytes; then pushes are refused. Default 64 MiB.</summary>
    public long PendingBytesMax { get; init; } = 64 << 20;

    /// <summary>Memory for warm dictionaries; the least recently used give way. Default 96 MiB.</summary>
    public long DictionaryBytesMax { get; init; } = 96 << 20;

    /// <summary>
    /// Whether a loop of its own writes what waits. The simulator says no and calls <see cref="Ingester.FlushAsync"/>
    /// itself, so that one thread does everything and a seed gives the same run each time.
    /// </summary>
    internal bool HasLoop { get; init; } = true;
}
