using System.Collections.Concurrent;

namespace Kagari.Storage;

/// <summary>Takes profiles, groups them into segments, and acknowledges them when they are durable and visible.</summary>
/// <remarks>
/// <code>
/// push ─▶ dataset writer (lock per tenant and service): stacks to ids, cells encoded
///            │ group task                      flush loop, one at a time:
///            ▼                                 1 new group   2 encode every writer with rows   3 append, fdatasync
///          wait ◀──────── done ────────────────4 catalogue    5 the group's task ends
/// </code>
/// A push belongs to the group that is current when it leaves the writer's lock. The loop replaces the group before it
/// visits the writers, so rows of the old group are always in the segment that ends it; rows of the new group may be in it
/// too, and if it fails, both groups do. Thread safe.
/// </remarks>
public sealed class Ingester : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Tenant, string Service), DatasetWriter> _writers = new();
    private readonly SegmentLog _log;
    private readonly ICatalogue _catalogue;
    private readonly IngesterOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<StorageReport> _report;
    private readonly Action<FlushStatistics> _flushed;
    private readonly DiskSpace? _space;
    private readonly SegmentBuilder _segment = new();
    private readonly AppendScratchPool _scratches = new();
    private readonly List<PendingMarks> _marks = [];
    private readonly HashSet<IngestGroup> _encoded = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private IngestGroup _group = new();
    private volatile bool _closed;
    private int _awake, _seal;
    private int _generation;
    private long _pendingBytes;
    private long _useClock;

    /// <summary>Starts the flush loop.</summary>
    public Ingester(
        SegmentLog log,
        ICatalogue catalogue,
        IngesterOptions options,
        TimeProvider time,
        Action<StorageReport> report,
        Action<FlushStatistics>? flushed = null,
        DiskSpace? space = null)
    {
        _log = log;
        _catalogue = catalogue;
        _options = options;
        _time = time;
        _report = report;
        _flushed = flushed ?? (static _ => { });
        _space = space;
        _loop = options.HasLoop ? Task.Run(RunAsync) : Task.CompletedTask;
    }

    /// <summary>Bytes of rows that wait for a segment.</summary>
    public long PendingBytes => Interlocked.Read(ref _pendingBytes);

    /// <summary>Memory held by dictionaries.</summary>
    public long DictionaryBytes => _writers.Values.Sum(w => w.MemoryBytes);

    /// <summary>The log file that is being written; null where the next segment starts one. All others are closed.</summary>
    public string? ActiveLogKey => _log.ActiveKey;

    /// <summary>Ends the current log file with the next flush, which comes at once, so that it can be compacted.</summary>
    public void Seal()
    {
        Interlocked.Exchange(ref _seal, 1);
        Wake();
    }

    /// <summary>Ends the current log file and waits until it is closed: what was acknowledged before can be compacted then.</summary>
    internal async Task SealAsync(CancellationToken cancellation)
    {
        var key = ActiveLogKey;
        while (key is not null && ActiveLogKey == key)
        {
            var group = Volatile.Read(ref _group);
            Seal();
            try
            {
                await group.Done.WaitAsync(cancellation);
            }
            catch (IOException)
            {
                // A flush that failed ends the log file too.
            }
        }
    }

    /// <summary>Throws where the disk is nearly full: for what is stored beside profiles.</summary>
    /// <exception cref="StorageFullException">It is.</exception>
    public void ThrowIfFull() => _space?.ThrowIfFull();

    /// <summary>Adds the rows of one profile.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="service">The service: the dataset the rows go to.</param>
    /// <param name="profile">The profile; it is not used after the call.</param>
    /// <param name="rows">Which samples belong to which series.</param>
    /// <param name="timeNanos">Time of the profile, nanoseconds since 1970.</param>
    /// <param name="contentHash">Hash of what the client sent, labels included: makes a repeated push the same rows.</param>
    /// <param name="counts">What was stored and left out.</param>
    /// <returns>Ends when the rows are durable and visible; fails where they may not be.</returns>
    /// <exception cref="IngesterOverloadedException">Too much waits for the disk.</exception>
    /// <exception cref="StorageFullException">The disk is nearly full.</exception>
    public Task Append(
        string tenant,
        string service,
        Profiles.FlatProfile profile,
        ReadOnlySpan<ProfileRow> rows,
        long timeNanos,
        ulong contentHash,
        out AppendCounts counts)
    {
        var pending = Interlocked.Read(ref _pendingBytes);
        if (pending > _options.PendingBytesMax) throw new IngesterOverloadedException(pending, _options.PendingBytesMax);
        _space?.ThrowIfFull();
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);

        counts = default;
        IngestGroup group;
        while (true)
        {
            var writer = _writers.GetOrAdd((tenant, service), static (key, ingester) => ingester.CreateWriter(key), this);
            lock (writer.Gate)
            {
                if (writer.IsRetired) continue;
                // Read under the gate: the last flush takes every gate after it has closed the ingester.
                ObjectDisposedException.ThrowIf(_closed, this);
                var before = writer.PendingBytes;
                writer.LastUse = Interlocked.Increment(ref _useClock);
                try
                {
                    AppendRows(writer, profile, rows, timeNanos, contentHash, ref counts);
                }
                catch (Exception e)
                {
                    // Half a row would shift all rows behind it. The writer goes, and with it the rows that others
                    // wait for: exactly their groups fail, so their clients send them again. They are told before the
                    // writer goes, so that a flush which no longer sees it knows why.
                    foreach (var waiting in writer.Waiting) waiting.Poison(e);
                    Retire(writer);
                    Interlocked.Add(ref _pendingBytes, -before);
                    throw;
                }
                Interlocked.Add(ref _pendingBytes, writer.PendingBytes - before);
                group = Volatile.Read(ref _group);
                if (counts.Rows > 0 && !writer.Waiting.Contains(group)) writer.Waiting.Add(group);
            }
            break;
        }
        if (counts.Rows == 0) return Task.CompletedTask;
        Wake();
        return group.Done;
    }

    /// <summary>Writes what waits and ends the loop.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync();
        await _loop;
        _closed = true;
        await FlushAsync();
        _segment.Dispose();
        _wake.Dispose();
        _stop.Dispose();
    }

    /// <summary>
    /// Writes one segment of all that waits and ends its group. One at a time: only the loop, <see cref="DisposeAsync"/>,
    /// and who asked for an ingester without a loop call it.
    /// </summary>
    internal async Task FlushAsync()
    {
        var group = Interlocked.Exchange(ref _group, new IngestGroup());
        var started = _time.GetTimestamp();
        // The segment that fills the log file is its last: every chain ends with it.
        var last = _log.FileBytes >= _options.LogFileBytesMax || (Interlocked.Exchange(ref _seal, 0) == 1 && _log.FileBytes > 0);
        try
        {
            Encode(last);
            if (_segment.DatasetCount > 0)
            {
                var frame = _segment.Finish();
                var length = frame.Length;
                var encoded = _time.GetTimestamp();
                var (key, offset) = _log.Append(frame);
                var datasets = SegmentToc.TryDecode(
                    _segment.Toc, offset + SegmentFrame.HeaderBytes + _segment.Toc.Length, length - SegmentFrame.HeaderBytes - _segment.Toc.Length)
                    ?? throw new InvalidOperationException("BUG: a table of contents just written cannot be read.");
                foreach (var marks in _marks)
                    lock (marks.Writer.Gate) marks.Writer.Commit(marks);
                await _catalogue.AppendAsync(new SegmentEntry(key, offset, length, datasets), _segment.Toc.ToArray(), CancellationToken.None);
                _flushed(new FlushStatistics(
                    datasets.Count, length, _time.GetElapsedTime(started, encoded), _time.GetElapsedTime(encoded)));
            }
            if (last) _log.Roll();
            if (group.PoisonedBy is { } cause) group.Fail(new IOException($"Rows of this group were lost: {cause.Message}", cause));
            else group.Succeed();
        }
        catch (Exception e)
        {
            // What the disk has of this frame is unknown, and its new symbols may be missing: this log file ends here,
            // and every chain starts anew in the next with all its symbols.
            _log.Roll();
            RestartChains();
            // Rows of the next group too may have been in this segment, if they came before their writer was visited.
            foreach (var waiting in _encoded) waiting.Poison(e);
            group.Fail(e is IOException ? e : new IOException($"A segment could not be written: {e.Message}", e));
            _report(new StorageReport(StorageReportKind.WriteFailed, SegmentLog.Prefix, 0, $"A segment could not be written: {e.Message}"));
        }
        EvictDictionaries();
    }

    private static void AppendRows(
        DatasetWriter writer, Profiles.FlatProfile profile, ReadOnlySpan<ProfileRow> rows, long timeNanos, ulong contentHash, ref AppendCounts counts)
    {
        writer.BeginProfile(profile);
        foreach (ref readonly var row in rows)
        {
            var one = writer.Append(profile, row, timeNanos, contentHash);
            counts.Rows += one.Rows;
            counts.Cells += one.Cells;
            counts.NegativeSamples += one.NegativeSamples;
        }
        writer.EndProfile();
    }

    /// <summary>Takes a writer out of use; its gate must be held.</summary>
    private void Retire(DatasetWriter writer)
    {
        writer.IsRetired = true;
        _writers.TryRemove((writer.Tenant, writer.Service), out _);
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                await _wake.WaitAsync(_stop.Token);
                Interlocked.Exchange(ref _awake, 0);
                var started = _time.GetTimestamp();
                await FlushSafelyAsync();
                var rest = _options.FlushInterval - _time.GetElapsedTime(started);
                if (rest > TimeSpan.Zero) await Task.Delay(rest, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // DisposeAsync flushes the rest.
        }
    }

    /// <summary>Whatever goes wrong in one flush, the loop goes on: nobody else would ever answer the clients that wait.</summary>
    private async Task FlushSafelyAsync()
    {
        try
        {
            await FlushAsync();
        }
        catch (Exception e)
        {
            _report(new StorageReport(StorageReportKind.WriteFailed, SegmentLog.Prefix, 0, $"BUG: a flush ended unexpectedly: {e}"));
        }
    }

    private void Wake()
    {
        if (!_stop.IsCancellationRequested && Interlocked.Exchange(ref _awake, 1) == 0) _wake.Release();
    }

    private DatasetWriter CreateWriter((string Tenant, string Service) key)
    {
        var writer = new DatasetWriter(key.Tenant, key.Service, _scratches);
        writer.StartChain(Interlocked.Increment(ref _generation));
        return writer;
    }

    private void Encode(bool last)
    {
        _segment.Clear();
        _marks.Clear();
        _encoded.Clear();
        foreach (var writer in OrderedWriters())
        {
            lock (writer.Gate)
            {
                if (writer.IsRetired) continue;   // what it holds may be half a row
                if (writer.HasPending)
                {
                    var pending = writer.PendingBytes;
                    _marks.Add(writer.Encode(_segment));
                    _encoded.UnionWith(writer.Waiting);
                    writer.Waiting.Clear();
                    Interlocked.Add(ref _pendingBytes, -pending);
                }
                if (last || writer.MemoryBytes > _options.DictionaryBytesMax / 4) writer.StartChain(Interlocked.Increment(ref _generation));
            }
        }
    }

    /// <summary>By tenant and service: string hashes differ from process to process, and equal input gives equal bytes.</summary>
    private IEnumerable<DatasetWriter> OrderedWriters() =>
        // ToArray of the dictionary itself is atomic; LINQ over it is not, while services are added.
        _writers.ToArray().OrderBy(w => w.Key.Tenant, StringComparer.Ordinal).ThenBy(w => w.Key.Service, StringComparer.Ordinal).Select(w => w.Value);

    private void RestartChains()
    {
        foreach (var writer in OrderedWriters())
            lock (writer.Gate) writer.RestartChain(Interlocked.Increment(ref _generation));
    }

    private void EvictDictionaries()
    {
        var held = DictionaryBytes;
        if (held <= _options.DictionaryBytesMax) return;
        foreach (var (_, writer) in _writers.ToArray().OrderBy(w => w.Value.LastUse))
        {
            lock (writer.Gate)
            {
                if (writer.HasPending) continue;
                held -= writer.MemoryBytes;
                Retire(writer);
            }
            // Well below the limit, so that the next push does not evict again.
            if (held <= _options.DictionaryBytesMax * 3 / 4) return;
        }
    }
}
