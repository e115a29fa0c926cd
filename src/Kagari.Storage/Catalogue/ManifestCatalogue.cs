using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The catalogue of a single process: everything in memory, a manifest file beside logs and blocks.</summary>
/// <remarks>
/// For segments the logs are the truth and the manifest an index that makes a start fast: it is not synced for them,
/// and what it lacks after a crash the scan of the logs adds. For replacements the manifest is the truth: one synced
/// record makes blocks take the place of their sources, and only then sources may be deleted. Objects that it does not
/// know are left-overs of jobs that were interrupted; <see cref="OpenAsync"/> removes them. Where the manifest is lost,
/// blocks tell what they replaced (<see cref="BlockRecovery"/>).
/// </remarks>
public sealed class ManifestCatalogue : ICatalogue, IDisposable
{
    /// <summary>The manifest is written anew when it is this long and four times what the state needs.</summary>
    private const long CheckpointBytesMin = 4 << 20;

    private readonly CatalogueIndex _index;
    private readonly IAppendStore _store;
    private readonly Action<StorageReport> _report;
    private readonly JobLeases _leases;
    private readonly Lock _gate = new();

    /// <summary>What was replaced and may still lie on the disk: a new manifest goes on saying that it is no part of the data.</summary>
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private IAppendObject? _manifest;
    private FlatList<byte> _frame;
    private long _checkpointBytes;

    private ManifestCatalogue(CatalogueIndex index, IAppendStore store, TimeProvider time, Action<StorageReport> report)
    {
        _index = index;
        _store = store;
        _report = report;
        _leases = new JobLeases(time);
    }

    /// <inheritdoc/>
    public long Version => _index.Version;

    /// <summary>How many segments are not compacted.</summary>
    public int SegmentCount => _index.SegmentCount;

    /// <summary>How many blocks there are.</summary>
    public int BlockCount => _index.BlockCount;

    /// <summary>Whether the caller runs inside of a change: the simulator's one thread must not make another one there.</summary>
    internal bool IsLockedHere => _gate.IsHeldByCurrentThread;

    /// <summary>The highest number of a log file that was ever used.</summary>
    public long LastLogNumber { get; private set; }

    /// <summary>
    /// Reads the manifest, scans the logs for segments it does not know, cuts torn tails, removes left-overs, and leaves a
    /// whole manifest.
    /// </summary>
    /// <param name="store">Where manifest, logs and blocks lie.</param>
    /// <param name="time">What leases are measured by.</param>
    /// <param name="report">Is told of damage, of cut tails and of a rebuilt manifest.</param>
    /// <param name="cancellation">Ends the scan.</param>
    public static async Task<ManifestCatalogue> OpenAsync(
        IAppendStore store, TimeProvider time, Action<StorageReport> report, CancellationToken cancellation)
    {
        var (records, whole, length) = await ReadManifestAsync(store, cancellation);
        var isBroken = whole < length;
        if (isBroken)
        {
            report(new StorageReport(StorageReportKind.ManifestRebuilt, ManifestFile.Key, whole,
                $"The manifest ends or is damaged at byte {whole} of {length}; what is behind it is found again in logs and blocks."));
        }
        var catalogue = new ManifestCatalogue(new CatalogueIndex(), store, time, report);
        var removed = catalogue.Apply(records);
        var objects = (await store.ListAsync(BlockKeys.Prefix, cancellation)).ToList();
        var logs = (await store.ListAsync(SegmentLog.Prefix, cancellation)).Where(l => SegmentLog.IsLogKey(l.Key)).ToList();
        // Not even the log number that every manifest begins with, while blocks are there: it was lost. One without replacements is
        // not: its blocks are what the first compaction of all had written when the process died, and nobody had counted them yet.
        if (isBroken || (records.Count == 0 && objects.Count > 0)) await catalogue.RecoverBlocksAsync(objects, logs, removed, cancellation);
        await catalogue.ScanLogsAsync(logs, removed, cancellation);
        catalogue._removed.UnionWith(removed);
        // A full disk must not keep the data from being served: the old manifest stays then, and the next start reads it again.
        catalogue.TryCheckpoint();
        // Only now: the record that replaced them may have been read from the system's cache and be gone with the next power cut.
        if (catalogue._manifest is not null) await catalogue.RemoveLeftOversAsync(objects, cancellation);
        return catalogue;
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(SegmentEntry segment, ReadOnlyMemory<byte> toc, CancellationToken cancellation)
    {
        lock (_gate)
        {
            WriteSegment(segment, toc.Span);
            _index.Add(segment);
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReplaceAsync(Replacement replacement, JobLease? lease, CancellationToken cancellation)
    {
        lock (_gate)
        {
            // It could not be written, as on a full disk. Written anew it has none of what failed, as the state in memory.
            if (_manifest is null) TryCheckpoint();
            if (_manifest is null) throw new IOException("The manifest cannot be written; compaction goes on when it can.");
            if (lease is not null && !_leases.IsHeld(lease)) throw new ReplacementRefusedException($"The lease {lease.Epoch} of a job ran out or was taken over; its work is done again.");
            if (!_index.HasAll(replacement.Removed)) throw new ReplacementRefusedException("Something that was to be replaced is not there any more.");
            foreach (var key in replacement.Removed) NoteLog(key);
            _frame.Clear();
            ManifestFile.AddReplacement(ref _frame, replacement);
            try
            {
                _manifest.Append(_frame.Span);
                _manifest.Sync();
            }
            catch (IOException e)
            {
                GiveUp(e);
                throw;
            }
            _removed.UnionWith(replacement.Removed);
            if (!_index.TryReplace(replacement, out var missing)) throw new InvalidOperationException($"BUG: '{missing}' vanished under the lock of the catalogue.");
            if (_manifest.Length > Math.Max(CheckpointBytesMin, 4 * _checkpointBytes)) TryCheckpoint();
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<JobLease?> TryLeaseAsync(UInt128 job, TimeSpan duration, CancellationToken cancellation) =>
        ValueTask.FromResult(_leases.TryTake(job, duration));

    /// <inheritdoc/>
    public ValueTask<JobLease?> TryExtendAsync(JobLease lease, TimeSpan duration, CancellationToken cancellation) =>
        ValueTask.FromResult(_leases.TryExtend(lease, duration));

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(JobLease lease, CancellationToken cancellation)
    {
        _leases.Release(lease);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public CatalogueSelection Select(string tenant, long timeNanosMin, long timeNanosMax, Func<string, bool> service) =>
        _index.Select(tenant, timeNanosMin, timeNanosMax, service);

    /// <inheritdoc/>
    public IReadOnlyList<string> Tenants() => _index.Tenants();

    /// <inheritdoc/>
    public (long TimeNanosMin, long TimeNanosMax)? TimeRange(string tenant) => _index.TimeRange(tenant);

    /// <inheritdoc/>
    public IReadOnlyList<SegmentEntry> Segments() => _index.Segments();

    /// <inheritdoc/>
    public IReadOnlyList<BlockEntry> Blocks() => _index.Blocks();

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _manifest?.Dispose();
            _manifest = null;
        }
    }

    private HashSet<string> Apply(List<ManifestRecord> records)
    {
        var removed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            if (record is LogNumberRecord number) LastLogNumber = Math.Max(LastLogNumber, number.Last);
            if (record is SegmentRecord segment)
            {
                _index.Add(segment.Segment);
                NoteLog(segment.Segment.ObjectKey);
            }
            if (record is not ReplacementRecord { Replacement: var replacement }) continue;
            removed.UnionWith(replacement.Removed);
            foreach (var key in replacement.Removed) NoteLog(key);
            // A log that the manifest had no segments of, as after a damage, may be named too.
            _index.TryReplace(replacement with { Removed = [.. replacement.Removed.Where(key => _index.HasAll([key]))] }, out _);
        }
        return removed;
    }

    private void NoteLog(string key) => LastLogNumber = Math.Max(LastLogNumber, SegmentLog.NumberOf(key));

    private async Task RecoverBlocksAsync(List<ObjectInfo> objects, List<ObjectInfo> logs, HashSet<string> removed, CancellationToken cancellation)
    {
        var known = _index.Blocks();
        var found = known.ToDictionary(b => b.Key, StringComparer.Ordinal);
        foreach (var info in objects)
        {
            if (found.ContainsKey(info.Key) || removed.Contains(info.Key)) continue;
            var (block, fault) = await BlockOpener.TryReadAsync(_store, info, cancellation);
            if (block is not null) found.Add(block.Key, block);
            else SetAside(info, fault);
        }
        var existing = objects.Concat(logs).Select(o => o.Key).Where(k => !removed.Contains(k)).ToHashSet(StringComparer.Ordinal);
        // What the readable part of the manifest knows may have been merged behind the damage, and deleted.
        string[] gone = [.. _index.Segments().Select(s => s.ObjectKey).Concat(known.Select(b => b.Key)).Distinct(StringComparer.Ordinal).Where(k => !existing.Contains(k))];
        if (gone.Length > 0)
        {
            _report(new StorageReport(StorageReportKind.ManifestRebuilt, ManifestFile.Key, 0,
                $"{gone.Length} objects that the manifest names are not there, as '{gone[0]}': they were merged into others, or are lost."));
            _index.TryReplace(new Replacement(gone, []), out _);
        }
        var (live, replaced) = BlockRecovery.Resolve([.. found.Values.Where(b => !known.Contains(b))], existing);
        replaced.IntersectWith(_index.Segments().Select(s => s.ObjectKey).Concat(found.Keys).Concat(logs.Select(l => l.Key)));
        foreach (var key in found.Values.SelectMany(b => b.Origin.Sources)) NoteLog(key);
        removed.UnionWith(replaced);
        // A process that died before it synced the directory left the name in the system's cache only.
        foreach (var block in live) _store.Rename(block.Key, block.Key);
        _index.TryReplace(new Replacement([.. replaced.Where(key => _index.HasAll([key]))], live), out _);
    }

    /// <summary>Keeps a block that cannot be read where no later start takes it for a left-over.</summary>
    private void SetAside(ObjectInfo info, string fault)
    {
        var aside = $"lost/{info.Key.Replace('/', '-')}";
        _store.Rename(info.Key, aside);
        _report(new StorageReport(StorageReportKind.Damage, info.Key, info.Length, $"The object {fault}; it is kept as '{aside}' and not served."));
    }

    private async Task RemoveLeftOversAsync(List<ObjectInfo> objects, CancellationToken cancellation)
    {
        var live = _index.Blocks().Select(b => b.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var key in objects.Select(o => o.Key).Where(k => !live.Contains(k)).Concat(_removed.Where(SegmentLog.IsLogKey)).ToList())
        {
            try
            {
                await _store.DeleteAsync(key, cancellation);
                _removed.Remove(key);
            }
            catch (IOException e)
            {
                _report(new StorageReport(StorageReportKind.WriteFailed, key, 0, $"A replaced object could not be deleted ({e.Message}); the next start tries again."));
            }
        }
    }

    private async Task ScanLogsAsync(List<ObjectInfo> logs, HashSet<string> removed, CancellationToken cancellation)
    {
        // A log is scanned from where the manifest's knowledge of it ends.
        var knownEnd = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var segment in _index.Segments()) knownEnd[segment.ObjectKey] = Math.Max(knownEnd.GetValueOrDefault(segment.ObjectKey), segment.End);
        foreach (var log in logs)
        {
            NoteLog(log.Key);
            if (removed.Contains(log.Key)) continue;
            var scan = new LogScan(_store, log, _report);
            await scan.RunAsync(knownEnd.GetValueOrDefault(log.Key), cancellation);
            foreach (var segment in scan.Segments) _index.Add(segment);
        }
    }

    private void TryCheckpoint()
    {
        try
        {
            Checkpoint();
        }
        catch (IOException e)
        {
            GiveUp(e);
        }
    }

    /// <summary>Writes the whole state into a new file and puts it in the place of the manifest.</summary>
    private void Checkpoint()
    {
        _manifest?.Dispose();
        _manifest = null;
        // Appendable stores are local disks, whose calls end before they return; the lock must not be left meanwhile.
        WriteStateAsync().AsTask().GetAwaiter().GetResult();
        _manifest = _store.Open(ManifestFile.Key);
        _checkpointBytes = _manifest.Length;
    }

    private async ValueTask WriteStateAsync()
    {
        const int ChunkBytes = 1 << 20;
        await using var upload = await _store.BeginUploadAsync(ManifestFile.Key, CancellationToken.None);
        _frame.Clear();
        _frame.AddRange(ManifestFile.Magic);
        foreach (var segment in _index.Segments()) NoteLog(segment.ObjectKey);
        ManifestFile.AddLogNumber(ref _frame, LastLogNumber);
        foreach (var prefix in new[] { BlockKeys.Prefix, SegmentLog.Prefix })
        {
            var there = (await _store.ListAsync(prefix, CancellationToken.None)).Select(o => o.Key).ToHashSet(StringComparer.Ordinal);
            _removed.RemoveWhere(key => key.StartsWith(prefix, StringComparison.Ordinal) && !there.Contains(key));
        }
        if (_removed.Count > 0) ManifestFile.AddReplacement(ref _frame, new Replacement([.. _removed.Order(StringComparer.Ordinal)], []));
        var toc = new FlatList<byte>();
        foreach (var segment in _index.Segments())
        {
            toc.Clear();
            SegmentToc.Encode([.. segment.Datasets.Select(d => ToPending(segment, d))], ref toc);
            ManifestFile.AddSegment(ref _frame, segment, toc.Span);
            if (_frame.Count >= ChunkBytes) await FlushAsync(upload);
        }
        foreach (var block in _index.Blocks())
        {
            ManifestFile.AddReplacement(ref _frame, new Replacement([], [block]));
            if (_frame.Count >= ChunkBytes) await FlushAsync(upload);
        }
        await FlushAsync(upload);
        await upload.CompleteAsync(CancellationToken.None);
    }

    private async ValueTask FlushAsync(IObjectUpload upload)
    {
        await upload.WriteAsync(_frame.Memory, CancellationToken.None);
        _frame.Clear();
    }

    /// <summary>A dataset as a table of contents holds it: its offsets count from the payload, which follows the table.</summary>
    private static PendingDataset ToPending(SegmentEntry segment, DatasetEntry dataset)
    {
        var payload = segment.PayloadStart;
        return new PendingDataset(
            dataset.Tenant, dataset.Service, dataset.Generation, dataset.TimeNanosMin, dataset.TimeNanosMax, dataset.RowCount,
            [.. dataset.Sections.Select(s => s with { Offset = s.Offset - payload })]);
    }

    private void WriteSegment(SegmentEntry segment, ReadOnlySpan<byte> toc)
    {
        if (_manifest is null) return;
        try
        {
            _frame.Clear();
            ManifestFile.AddSegment(ref _frame, segment, toc);
            _manifest.Append(_frame.Span);
        }
        catch (IOException e)
        {
            // The segment is durable in its log; the next start finds it there.
            GiveUp(e);
        }
    }

    private void GiveUp(IOException cause)
    {
        _report(new StorageReport(StorageReportKind.WriteFailed, ManifestFile.Key, _manifest?.Length ?? 0,
            $"The manifest cannot be written ({cause.Message}); it is left as it is until the next start, which scans the logs."));
        _manifest?.Dispose();
        _manifest = null;
    }

    private static async Task<(List<ManifestRecord> Records, long Whole, long Length)> ReadManifestAsync(
        IAppendStore store, CancellationToken cancellation)
    {
        var info = (await store.ListAsync(ManifestFile.Key, cancellation)).FirstOrDefault(o => o.Key == ManifestFile.Key);
        if (info.Key is null) return ([], 0, 0);
        var bytes = new byte[info.Length];
        await store.ReadAsync(ManifestFile.Key, 0, bytes, cancellation);
        if (ManifestFile.IsOtherVersion(bytes, out var version))
            throw new ObjectDamagedException(ManifestFile.Key, 0, $"a manifest of format version {version}; this program knows version {ManifestFile.Magic[^1]}, so start the newer one");
        return (ManifestFile.Read(bytes, out var whole), whole, bytes.Length);
    }
}
