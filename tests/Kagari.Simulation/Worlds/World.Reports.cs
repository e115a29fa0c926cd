using Kagari.Storage;

namespace Kagari.Simulation;

// What the system says about stored bytes, and what the world knows of damage.
internal sealed partial class World
{
    private readonly HashSet<StorageReport> _reports = [];
    private readonly HashSet<(string Key, string Tenant, string Service)> _damagedChains = [];
    private readonly HashSet<string> _damagedKeys = new(StringComparer.Ordinal);

    /// <summary>Flips a bit of a stored object and notes which pushes may now be missing.</summary>
    public string FlipBit()
    {
        var prefix = Random.Next(5) switch { 0 => ManifestFile.Key, 1 or 2 => BlockKeys.Prefix, _ => SegmentLog.Prefix };
        // A manifest of another version stops the start, on purpose: nobody can tell a flipped bit from a newer program.
        if (Disk.FlipBit(prefix, prefix == ManifestFile.Key ? ManifestFile.Magic.Length : 0) is not var (key, offset)) return "nothing is stored";
        _damagedKeys.Add(key);
        if (prefix == BlockKeys.Prefix)
        {
            foreach (var push in Model.Pushes.Where(p => p.WasDelivered && MayHold(key, p))) push.DamagedKeys.Add(key);
            return $"byte {offset} of {key}";
        }
        // A log that was compacted is read again only where recovery needs it.
        if (!Catalogue.Segments().Any(s => s.ObjectKey == key))
            foreach (var push in Model.Pushes.Where(p => p.WasDelivered && (p.Places.Count == 0 || p.WasInDoubt || p.Places.Any(l => l.Key == key)))) push.DamagedKeys.Add(key);
        foreach (var segment in Catalogue.Segments().Where(s => s.ObjectKey == key && s.Offset <= offset && offset < s.End))
        {
            foreach (var dataset in segment.Datasets) _damagedChains.Add((key, dataset.Tenant, dataset.Service));
            foreach (var push in Model.Pushes.Where(p => p.WasDelivered && IsBehind(p, segment))) push.DamagedKeys.Add(key);
        }
        return $"byte {offset} of {key}";
    }

    /// <summary>
    /// Whether a push may need this segment: it lies in it, or behind it in the same file and dataset, whose symbols
    /// build on it. Where nobody saw it written (it came back after a crash), it may lie anywhere.
    /// </summary>
    private static bool IsBehind(ModelPush push, SegmentEntry segment) =>
        push.Places.Count == 0 || push.WasInDoubt
        || push.Places.Any(p => p.Key == segment.ObjectKey && (p.Offset == segment.Offset
            || (p.Offset > segment.Offset && segment.Datasets.Any(d => d.Tenant == push.Tenant && d.Service == push.Service))));

    /// <summary>Whether rows of a push may lie in a block; of one that nobody saw whole, any may.</summary>
    private bool MayHold(string block, ModelPush push) =>
        !_seenBlocks.TryGetValue(block, out var seen)
        || (seen.Tenant == push.Tenant && seen.Datasets.Any(d => d.Service == push.Service && d.TimeNanosMin <= push.Identity.TimeNanos && d.TimeNanosMax >= push.Identity.TimeNanos));

    /// <summary>An attempt failed or died: its rows may lie in any file, also behind damage that was done before.</summary>
    private void NoteDoubt(ModelPush push)
    {
        push.WasInDoubt = true;
        foreach (var chain in _damagedChains.Where(c => c.Tenant == push.Tenant && c.Service == push.Service)) push.DamagedKeys.Add(chain.Key);
    }

    private void Report(StorageReport report)
    {
        if (report.Message.StartsWith("A compaction of", StringComparison.Ordinal)) _failedJobs.Add(report.Message);
        // Each check reads with cold caches and is told again.
        if (_reports.Add(report)) Trace.Add($"  report: {report.Kind} {report.ObjectKey}@{report.Offset}: {report.Message}");
    }

    /// <summary>Nothing is reported that cannot be: damage without a flipped bit, a bug.</summary>
    private void CheckReports()
    {
        foreach (var report in _reports.Where(r => r.Message.Contains("BUG:"))) Fail($"A bug is reported: {report.Message}");
        foreach (var report in _reports.Where(r => r.Kind == StorageReportKind.Damage && !_damagedKeys.Contains(r.ObjectKey) && !IsRivals(r)))
            Fail($"Damage of a whole object is reported: {report.ObjectKey}@{report.Offset}: {report.Message}");
    }

    /// <summary>A compactor whose job a rival took over finds its sources deleted, and says so before it is refused.</summary>
    private bool IsRivals(StorageReport report) => _compactors.Count > 1 && (report.Message.Contains("log file is gone") || report.Message.Contains("block is gone"));

    private bool IsReported(ModelPush push) =>
        _reports.Any(r => r.Kind is StorageReportKind.Damage or StorageReportKind.TornTail && push.DamagedKeys.Contains(r.ObjectKey));
}
