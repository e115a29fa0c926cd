using Kagari.Storage;

namespace Kagari.Cli.Inspecting;

/// <summary>What lies in a store: every log file with its segments, and what is wrong with them.</summary>
/// <param name="Logs">The log files, by name.</param>
/// <param name="Reports">What recovery would say.</param>
/// <param name="Blocks">The blocks that are part of the data, by name.</param>
internal sealed record StoreView(IReadOnlyList<LogView> Logs, IReadOnlyList<(string Key, BlockReport Report)> Blocks, IReadOnlyList<StorageReport> Reports)
{
    /// <summary>Sections whose bytes are not what was written.</summary>
    public int DamagedSections => Logs.SelectMany(l => l.Segments).SelectMany(s => s.Datasets).SelectMany(d => d.Sections).Count(s => !s.IsWhole);

    /// <summary>Reads a directory, or one log file of it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<StoreView> ReadAsync(string root, string? onlyLog, CancellationToken cancellation)
    {
        var store = new ReadOnlyStore(root, onlyLog);
        var reports = new List<StorageReport>();
        // Lengths first: what a running server appends afterwards is not looked at.
        var logs = await store.ListAsync(SegmentLog.Prefix, cancellation);
        using var catalogue = await ManifestCatalogue.OpenAsync(store, TimeProvider.System, reports.Add, cancellation);
        var segments = catalogue.Segments().ToLookup(s => s.ObjectKey, StringComparer.Ordinal);
        var views = new List<LogView>();
        // A log that the manifest knows and that is gone shows up too: empty, with damaged sections.
        var gone = segments.Select(s => s.Key).Except(logs.Select(l => l.Key)).Select(k => new ObjectInfo(k, 0));
        foreach (var log in logs.Concat(gone))
        {
            var segmentViews = new List<SegmentView>();
            foreach (var segment in segments[log.Key].OrderBy(s => s.Offset)) segmentViews.Add(await SegmentAsync(store, segment, cancellation));
            views.Add(new LogView(log.Key, log.Length, segmentViews));
        }
        var blocks = new List<(string Key, BlockReport Report)>();
        foreach (var block in catalogue.Blocks())
        {
            try
            {
                blocks.Add((block.Key, await BlockInspection.CheckAsync(store, block.Key, cancellation)));
            }
            catch (ObjectNotFoundException e)
            {
                blocks.Add((block.Key, new BlockReport(null, [e.Message])));
            }
        }
        return new StoreView(views, blocks, reports);
    }

    private static async Task<SegmentView> SegmentAsync(ReadOnlyStore store, SegmentEntry segment, CancellationToken cancellation)
    {
        var datasets = new List<DatasetView>();
        foreach (var dataset in segment.Datasets)
        {
            var sections = new List<SectionView>();
            foreach (var (index, section) in dataset.Sections.Index())
                sections.Add(new SectionView((SectionKind)index, section, await IsWholeAsync(store, segment.ObjectKey, section, cancellation)));
            datasets.Add(new DatasetView(dataset, sections));
        }
        return new SegmentView(segment.Offset, segment.Length, datasets);
    }

    private static async Task<bool> IsWholeAsync(ReadOnlyStore store, string key, Section section, CancellationToken cancellation)
    {
        var bytes = new byte[section.StoredBytes];
        try
        {
            await store.ReadAsync(key, section.Offset, bytes, cancellation);
            return Crc32C.Of(bytes) == section.Checksum;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

/// <summary>A log file.</summary>
internal sealed record LogView(string Key, long Bytes, IReadOnlyList<SegmentView> Segments);

/// <summary>A segment of a log file.</summary>
internal sealed record SegmentView(long Offset, long Bytes, IReadOnlyList<DatasetView> Datasets);

/// <summary>A dataset of a segment.</summary>
internal sealed record DatasetView(DatasetEntry Entry, IReadOnlyList<SectionView> Sections);

/// <summary>A section of a dataset.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Section">Where and how.</param>
/// <param name="IsWhole">Whether its checksum agrees.</param>
internal sealed record SectionView(SectionKind Kind, Section Section, bool IsWhole);
