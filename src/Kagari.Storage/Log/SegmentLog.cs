using System.Globalization;

namespace Kagari.Storage;

/// <summary>The embedded store's log: segments one after the other in files of bounded size, made durable group by group.</summary>
/// <remarks>Each process start begins a new file, so a file has one writer in its life. Not thread safe.</remarks>
public sealed class SegmentLog : IDisposable
{
    /// <summary>Keys of log files start so.</summary>
    public const string Prefix = "log/";

    private readonly IAppendStore _store;
    private long _number;
    private IAppendObject? _file;
    private volatile string? _activeKey;

    private SegmentLog(IAppendStore store, long lastNumber)
    {
        _store = store;
        _number = lastNumber;
    }

    /// <summary>Bytes in the current file; 0 before the first append.</summary>
    public long FileBytes => _file?.Length ?? 0;

    /// <summary>Whether an object is a log file of ours: <c>log/</c>, ten digits, <c>.log</c>.</summary>
    internal static bool IsLogKey(string key) =>
        key.Length == Prefix.Length + 14 && key.StartsWith(Prefix, StringComparison.Ordinal) && key.EndsWith(".log", StringComparison.Ordinal)
        && key.AsSpan(Prefix.Length, 10).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Continues after the log files that are there. The first file is created with the first append.</summary>
    /// <param name="store">Where they lie.</param>
    /// <param name="lastNumber">The last number that was ever used, as the catalogue knows it: a file that was compacted and removed must not come back under its name.</param>
    /// <param name="cancellation">Ends the listing.</param>
    public static async Task<SegmentLog> OpenAsync(IAppendStore store, long lastNumber, CancellationToken cancellation)
    {
        foreach (var log in await store.ListAsync(Prefix, cancellation)) lastNumber = Math.Max(lastNumber, NumberOf(log.Key));
        return new SegmentLog(store, lastNumber);
    }

    /// <summary>The number of a log file; 0 where the key is none.</summary>
    internal static long NumberOf(string key) =>
        IsLogKey(key) ? long.Parse(key.AsSpan(Prefix.Length, 10), NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    /// <summary>The file that is being written; null between two. All others are closed for good.</summary>
    public string? ActiveKey => _activeKey;

    /// <summary>Appends a frame and makes it durable.</summary>
    /// <returns>Where it starts.</returns>
    /// <exception cref="IOException">It may not be durable; the caller must go on with <see cref="Roll"/>.</exception>
    public (string Key, long Offset) Append(ReadOnlySpan<byte> frame)
    {
        // Known as active before it exists: nobody may take a file for closed that is about to be written.
        if (_file is null) _file = _store.Create(_activeKey = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{++_number:d10}.log"));
        var offset = _file.Length;
        _file.Append(frame);
        _file.Sync();
        return (_file.Key, offset);
    }

    /// <summary>Ends the current file; the next append starts a new one.</summary>
    public void Roll()
    {
        _file?.Dispose();
        _file = null;
        _activeKey = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Roll();
}
