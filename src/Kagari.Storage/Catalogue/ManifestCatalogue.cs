using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The catalogue of a single process: everything in memory, a manifest file beside the logs.</summary>
/// <remarks>
/// The logs are the truth; the manifest is an index of them that makes a start fast. So it is not synced for every
/// segment: what it lacks after a crash, the scan of the logs adds (<see cref="OpenAsync"/>).
/// </remarks>
public sealed class ManifestCatalogue : ICatalogue, IDisposable
{
    private readonly CatalogueIndex _index;
    private readonly Action<StorageReport> _report;
    private readonly Lock _gate = new();
    private IAppendObject? _manifest;
    private FlatList<byte> _frame;

    private ManifestCatalogue(CatalogueIndex index, IAppendObject manifest, Action<StorageReport> report)
    {
        _index = index;
        _manifest = manifest;
        _report = report;
    }

    /// <summary>
    /// Reads the manifest, scans the logs for segments it does not know, cuts torn tails, and leaves a whole manifest.
    /// </summary>
    /// <param name="store">Where manifest and logs lie.</param>
    /// <param name="report">Is told of damage, of cut tails and of a rebuilt manifest.</param>
    /// <param name="cancellation">Ends the scan.</param>
    public static async Task<ManifestCatalogue> OpenAsync(IAppendStore store, Action<StorageReport> report, CancellationToken cancellation)
    {
        var (known, whole, length) = await ReadManifestAsync(store, cancellation);
        var manifestBroken = whole < length;
        if (manifestBroken)
        {
            report(new StorageReport(StorageReportKind.ManifestRebuilt, ManifestFile.Key, whole,
                $"The manifest ends or is damaged at byte {whole} of {length}; segments behind it are found again in the logs."));
        }

        // A log is scanned from where the manifest's knowledge of it ends.
        var knownEnd = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var segment in known) knownEnd[segment.ObjectKey] = Math.Max(knownEnd.GetValueOrDefault(segment.ObjectKey), segment.End);
        var found = new List<SegmentEntry>();
        var tocs = new List<byte[]>();
        foreach (var log in await store.ListAsync(SegmentLog.Prefix, cancellation))
        {
            if (!SegmentLog.IsLogKey(log.Key)) continue;   // a copy or a note that somebody left there
            var scan = new LogScan(store, log, report);
            await scan.RunAsync(knownEnd.GetValueOrDefault(log.Key), cancellation);
            found.AddRange(scan.Segments);
            tocs.AddRange(scan.Tocs);
        }

        var index = new CatalogueIndex();
        foreach (var segment in known) index.Add(segment);
        foreach (var segment in found) index.Add(segment);

        if (manifestBroken) store.Truncate(ManifestFile.Key, whole);
        var manifest = store.Open(ManifestFile.Key);
        var catalogue = new ManifestCatalogue(index, manifest, report);
        if (manifest.Length == 0) catalogue.Change(static (file, _) => file.Append(ManifestFile.Magic));
        for (var i = 0; i < found.Count; i++) catalogue.Write(found[i], tocs[i]);
        catalogue.Change(static (file, _) => file.Sync());
        return catalogue;
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(SegmentEntry segment, ReadOnlyMemory<byte> toc, CancellationToken cancellation)
    {
        lock (_gate) Write(segment, toc.Span);
        _index.Add(segment);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ChainSelection> Select(string tenant, long timeNanosMin, long timeNanosMax, Func<string, bool> service) =>
        _index.Select(tenant, timeNanosMin, timeNanosMax, service);

    /// <inheritdoc/>
    public IReadOnlyList<string> Tenants() => _index.Tenants();

    /// <inheritdoc/>
    public (long TimeNanosMin, long TimeNanosMax)? TimeRange(string tenant) => _index.TimeRange(tenant);

    /// <inheritdoc/>
    public IReadOnlyList<SegmentEntry> Segments() => _index.Segments();

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _manifest?.Dispose();
            _manifest = null;
        }
    }

    private void Write(SegmentEntry segment, ReadOnlySpan<byte> toc)
    {
        _frame.Clear();
        ManifestFile.AddSegment(ref _frame, segment, toc);
        Change(static (file, frame) => file.Append(frame));
    }

    private delegate void ManifestChange(IAppendObject file, ReadOnlySpan<byte> frame);

    /// <summary>Changes the manifest, unless that failed before: it is an index, and a full disk must not keep the logs from being served.</summary>
    private void Change(ManifestChange change)
    {
        if (_manifest is null) return;
        try
        {
            change(_manifest, _frame.Span);
        }
        catch (IOException e)
        {
            // The segment is durable in its log; the next start finds it there.
            _report(new StorageReport(StorageReportKind.WriteFailed, ManifestFile.Key, _manifest.Length,
                $"The manifest cannot be written ({e.Message}); it is left as it is until the next start, which scans the logs."));
            _manifest.Dispose();
            _manifest = null;
        }
    }

    private static async Task<(List<SegmentEntry> Segments, long Whole, long Length)> ReadManifestAsync(
        IAppendStore store, CancellationToken cancellation)
    {
        var info = (await store.ListAsync(ManifestFile.Key, cancellation)).FirstOrDefault(o => o.Key == ManifestFile.Key);
        if (info.Key is null) return ([], 0, 0);
        var bytes = new byte[info.Length];
        await store.ReadAsync(ManifestFile.Key, 0, bytes, cancellation);
        var segments = ManifestFile.Read(bytes, out var whole);
        return (segments, whole, bytes.Length);
    }
}
