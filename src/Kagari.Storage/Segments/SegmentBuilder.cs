using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Builds one segment frame in memory: header, table of contents, sections. Reused; not thread safe.</summary>
/// <remarks>docs/formats/segment.md draws the frame; keep both in step.</remarks>
public sealed class SegmentBuilder : IDisposable
{
    private readonly SectionCodec _codec;
    private readonly List<PendingDataset> _datasets = [];
    private FlatList<byte> _payload, _frame, _toc;

    /// <summary>Where who adds a dataset writes a section before <see cref="AddSection"/>.</summary>
    internal FlatList<byte> Section;

    /// <summary>A builder with its own codec.</summary>
    public SegmentBuilder()
        : this(new SectionCodec())
    {
    }

    internal SegmentBuilder(SectionCodec codec) => _codec = codec;

    /// <summary>How many datasets were added.</summary>
    public int DatasetCount => _datasets.Count;

    /// <summary>Starts over.</summary>
    public void Clear()
    {
        _datasets.Clear();
        _payload.Clear();
    }

    /// <summary>The finished frame; valid until the next call.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        _toc.Clear();
        SegmentToc.Encode(_datasets, ref _toc);
        _frame.Clear();
        SegmentFrame.WriteHeader(ref _frame, _toc.Span, _payload.Count);
        _frame.AddRange(_toc.Span);
        _frame.AddRange(_payload.Span);
        // The next frame starts at a multiple of 8, where a scan for it looks.
        while (_frame.Count % SegmentFrame.Alignment != 0) _frame.Add(0);
        return _frame.Span;
    }

    /// <summary>The table of contents of the finished frame, as the manifest keeps it.</summary>
    internal ReadOnlySpan<byte> Toc => _toc.Span;

    /// <inheritdoc/>
    public void Dispose() => _codec.Dispose();

    internal void BeginDataset(string tenant, string service, int generation, ReadOnlySpan<Row> rows)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (ref readonly var row in rows)
        {
            first = Math.Min(first, row.TimeNanos);
            last = Math.Max(last, row.TimeNanos);
        }
        _datasets.Add(new PendingDataset(tenant, service, generation, first, last, rows.Length, new Section[DatasetEntry.SectionCount]));
    }

    internal void AddSection(SectionKind kind, ReadOnlySpan<byte> raw)
    {
        var start = _payload.Count;
        var codec = _codec.Compress(raw, ref _payload);
        var stored = _payload.Span[start..];
        _datasets[^1].Sections[(int)kind] = new Section(start, stored.Length, raw.Length, codec, Crc32C.Of(stored));
    }

    internal void EndDataset()
    {
        foreach (var section in _datasets[^1].Sections)
            if (section is { StoredBytes: 0, RawBytes: > 0 }) throw new InvalidOperationException("BUG: a section of the dataset was not written.");
    }
}

/// <summary>A dataset whose sections' offsets count from the start of the payload.</summary>
internal sealed record PendingDataset(
    string Tenant, string Service, int Generation, long TimeNanosMin, long TimeNanosMax, int RowCount, Section[] Sections);
