using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Watches how much of the disk is free, so that writes are refused before one fails half-way. Thread safe.</summary>
/// <remarks>
/// <code>
/// free  ≥ limit            all is well
///       &lt; limit            refuse: pushes are refused   delete_oldest: the oldest blocks go until 3/2 of it are free
///       &lt; limit / 2        pushes are refused in any case: there is nothing left to delete
///       job + limit / 4    what compaction may take: it makes more space than it needs, but later
/// </code>
/// The disk is asked once a second at most.
/// </remarks>
public sealed class DiskSpace
{
    private const long SmallDiskBytes = 10L << 30;
    private const int SmallDiskShare = 20;

    private static readonly long FreshTicks = TimeSpan.FromSeconds(1).Ticks;

    private readonly IObjectStore _store;
    private readonly DiskSpaceOptions _options;
    private readonly string _place;
    private readonly TimeProvider _time;
    private readonly Action<StorageReport> _report;
    private readonly Lock _gate = new();
    private long _askedTicks = long.MinValue;
    private long _freeBytes;
    private bool _wasLow;

    /// <summary>A watch over a store's disk.</summary>
    /// <param name="store">The store; one that does not know its free bytes is never full.</param>
    /// <param name="options">Settings.</param>
    /// <param name="place">What messages call the place, as its directory.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Is told when the disk becomes nearly full, and when it is no longer.</param>
    public DiskSpace(IObjectStore store, DiskSpaceOptions options, string place, TimeProvider time, Action<StorageReport> report)
    {
        (_store, _options, _place, _time, _report) = (store, options, place, time, report);
        LimitBytes = store.TotalBytes is { } total and < SmallDiskBytes ? Math.Min(options.MinFreeBytes, total / SmallDiskShare) : options.MinFreeBytes;
    }

    /// <summary>Bytes that stay free; 0 where nobody watches.</summary>
    public long LimitBytes { get; }

    /// <summary>What gives way when less is free.</summary>
    public FullDiskPolicy WhenFull => _options.WhenFull;

    /// <summary>Free bytes, up to a second old; null where nobody knows.</summary>
    public long? FreeBytes
    {
        get
        {
            var free = Ask();
            return free == long.MaxValue ? null : free;
        }
    }

    /// <summary>Whether less is free than should be.</summary>
    public bool IsLow => LimitBytes > 0 && Ask() < LimitBytes;

    /// <summary>Throws where pushes are refused.</summary>
    /// <exception cref="StorageFullException">They are.</exception>
    public void ThrowIfFull()
    {
        if (LimitBytes == 0) return;
        var free = Ask();
        var least = WhenFull == FullDiskPolicy.Refuse ? LimitBytes : LimitBytes / 2;
        if (free >= least) return;
        throw new StorageFullException(
            $"The disk of '{_place}' has {ByteSize.Format(free)} free; profiles are refused below {ByteSize.Format(least)} (setting storage.min_free_bytes)."
            + (WhenFull == FullDiskPolicy.Refuse
                ? " Nothing that was acknowledged is lost. Make space, shorten the retention, or set storage.when_full to delete_oldest."
                : " Nothing that was acknowledged is lost, and there are no old blocks left to delete. Make space."));
    }

    /// <summary>Whether so many bytes more can be written by compaction.</summary>
    public bool HasRoomFor(long bytes) => LimitBytes == 0 || Ask() - bytes >= LimitBytes / 4;

    /// <summary>Forgets the last answer: something was deleted.</summary>
    internal void AskAgain()
    {
        lock (_gate) _askedTicks = long.MinValue;
    }

    /// <summary>Free bytes; the largest number where nobody knows.</summary>
    private long Ask()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow().UtcTicks;
            if (_askedTicks != long.MinValue && now >= _askedTicks && now - _askedTicks < FreshTicks) return _freeBytes;
            _askedTicks = now;
            try
            {
                _freeBytes = _store.FreeBytes ?? long.MaxValue;
            }
            catch (IOException)
            {
                // A disk that does not answer shows in the writes themselves.
                _freeBytes = long.MaxValue;
            }
            var isLow = LimitBytes > 0 && _freeBytes < LimitBytes;
            if (isLow != _wasLow) Report(isLow);
            _wasLow = isLow;
            return _freeBytes;
        }
    }

    private void Report(bool isLow)
    {
        var what = !isLow ? "profiles are taken" : WhenFull == FullDiskPolicy.Refuse ? "profiles are refused until there is more" : "the oldest profiles are deleted";
        _report(new StorageReport(StorageReportKind.DiskFull, "", 0,
            $"The disk of '{_place}' has {(_freeBytes == long.MaxValue ? "enough" : ByteSize.Format(_freeBytes))} free, the limit is {ByteSize.Format(LimitBytes)} (storage.min_free_bytes): {what}."));
    }
}
