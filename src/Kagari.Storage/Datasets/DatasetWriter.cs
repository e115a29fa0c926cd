using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Takes the profiles of one dataset (a tenant's service) and encodes what is new for the next segment.</summary>
/// <remarks>
/// The dictionaries stay warm from segment to segment; a segment stores only their new rows, so a push whose stacks are
/// all known costs its cells and nothing else. All segments since <see cref="StartChain"/> form a chain: to read one,
/// those before it are needed. Guard every call with <see cref="Gate"/>.
/// </remarks>
public sealed class DatasetWriter
{
    private readonly SymbolTable _symbols = new();
    private readonly ChainSeries _series = new();
    private readonly AppendScratchPool _scratches;
    private AppendScratch? _taking;   // between BeginProfile and EndProfile
    private FlatList<Row> _rows;
    private FlatList<long> _totals;
    private FlatList<byte> _samples;
    private SymbolMarks _stored = SymbolMarks.Start;
    private int _storedSeries, _storedGroups;

    /// <param name="tenant">The tenant.</param>
    /// <param name="service">The service.</param>
    /// <param name="scratches">Shared with other writers; null where there are none.</param>
    internal DatasetWriter(string tenant, string service, AppendScratchPool? scratches = null)
    {
        Tenant = tenant;
        Service = service;
        _scratches = scratches ?? new AppendScratchPool();
    }

    /// <summary>The tenant.</summary>
    public string Tenant { get; }

    /// <summary>The service.</summary>
    public string Service { get; }

    /// <summary>Taken around every call.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Number of the running chain within its log file.</summary>
    internal int Generation { get; private set; }

    /// <summary>Whether rows wait for the next segment.</summary>
    internal bool HasPending => _rows.Count > 0;

    /// <summary>Bytes of rows that wait for the next segment.</summary>
    internal long PendingBytes => _samples.Count + (64L * _rows.Count);

    /// <summary>Bytes of memory held.</summary>
    internal long MemoryBytes => _symbols.MemoryBytes + _samples.Capacity + (64L * _rows.Capacity);

    /// <summary>When it was last written to, in ticks of the ingester's clock: what eviction goes by.</summary>
    internal long LastUse { get; set; }

    /// <summary>Set under <see cref="Gate"/> when it was evicted: whoever still holds it must ask for a new one.</summary>
    internal bool IsRetired { get; set; }

    /// <summary>The groups that wait for its rows: one, or two until a running flush has visited it. Guarded by <see cref="Gate"/>.</summary>
    internal List<IngestGroup> Waiting { get; } = [];

    /// <summary>Prepares for the rows of one profile.</summary>
    internal void BeginProfile(FlatProfile profile) => (_taking = _scratches.Rent()).Interner.Begin(_symbols, profile);

    /// <summary>Lets go of the profile.</summary>
    internal void EndProfile()
    {
        _taking!.Interner.End();
        _scratches.Return(_taking);
        _taking = null;
    }

    /// <summary>Adds a row: the given samples of the profile that <see cref="BeginProfile"/> was told.</summary>
    internal AppendCounts Append(FlatProfile profile, in ProfileRow row, long timeNanos, ulong contentHash)
    {
        var counts = default(AppendCounts);
        var group = row.Group;
        var (interner, cells) = (_taking!.Interner, _taking.Cells);
        cells.Begin(group.Columns.Length, _symbols.Nodes.Count);
        var types = profile.SampleTypes.Count;
        var values = (ReadOnlySpan<long>)profile.Values.Span;
        Span<int> batch = stackalloc int[ProfileInterner.BatchMax];
        var pending = 0;
        foreach (var index in row.Samples.Span)
        {
            var content = Classify(values.Slice(index * types, types), group.Columns);
            if (content == Content.Negative) counts.NegativeSamples++;
            if (content != Content.Counts) continue;
            batch[pending++] = index;
            if (pending < batch.Length) continue;
            AddCells(interner, cells, batch, values, types, row);
            pending = 0;
        }
        AddCells(interner, cells, batch[..pending], values, types, row);
        if (cells.Count == 0) return counts;

        cells.Order();
        var sampleStart = _samples.Count;
        var totalStart = _totals.Count;
        var spans = CellEncoder.Encode(cells, ref _samples, _totals.Extend(group.Columns.Length));
        _rows.Add(new Row(
            _series.Intern(group, _symbols.Strings), new RowIdentity(contentHash, timeNanos), profile.DurationNanos,
            cells.Count, spans, sampleStart, _samples.Count - sampleStart, totalStart));
        counts.Rows = 1;
        counts.Cells = cells.Count;
        return counts;
    }

    private static void AddCells(
        ProfileInterner interner, RowCells cells, ReadOnlySpan<int> samples, ReadOnlySpan<long> values, int types, in ProfileRow row)
    {
        Span<int> nodes = stackalloc int[ProfileInterner.BatchMax];
        interner.InternStacks(samples, nodes);
        var spans = row.Spans.Span;
        for (var i = 0; i < samples.Length; i++)
            cells.Add(nodes[i], spans.IsEmpty ? default : spans[samples[i]], values.Slice(samples[i] * types, types), row.Group.Columns);
    }

    /// <summary>Encodes what waits into <paramref name="segment"/>. Nothing is forgotten before <see cref="Commit"/>.</summary>
    internal PendingMarks Encode(SegmentBuilder segment)
    {
        var marks = SymbolMarks.Of(_symbols);
        segment.BeginDataset(Tenant, Service, Generation, _rows.Span);
        ref var section = ref segment.Section;   // one for all writers: the sections of first segments are large
        section.Clear();
        SymbolsCodec.Encode(_symbols, _stored, marks, ref section);
        segment.AddSection(SectionKind.Symbols, section.Span);
        section.Clear();
        SeriesCodec.Encode(_series, _storedSeries, _storedGroups, ref section);
        segment.AddSection(SectionKind.Series, section.Span);
        section.Clear();
        RowsCodec.Encode(_rows.Span, _totals.Span, ref section);
        segment.AddSection(SectionKind.Rows, section.Span);
        segment.AddSection(SectionKind.Samples, _samples.Span);
        segment.EndDataset();
        var pending = new PendingMarks(this, Generation, marks, _series.Labels.Count, _series.Groups.Count);
        _rows.Clear();
        _totals.Clear();
        _samples.Clear();
        return pending;
    }

    /// <summary>Notes that what <see cref="Encode"/> wrote is durable, so that the next segment continues after it.</summary>
    internal void Commit(in PendingMarks marks)
    {
        if (marks.Generation != Generation) return;
        _stored = marks.Symbols;
        _storedSeries = marks.Series;
        _storedGroups = marks.Groups;
    }

    /// <summary>Starts a new chain with empty dictionaries: in a new log file, or to give memory back.</summary>
    /// <param name="generation">Its number within the log file.</param>
    internal void StartChain(int generation)
    {
        if (HasPending) throw new InvalidOperationException($"BUG: {Tenant}/{Service} starts a chain with {_rows.Count} rows pending.");
        _symbols.Clear();
        _series.Clear();
        RestartChain(generation);
    }

    /// <summary>Starts a new chain with the dictionaries as they are: the next segment stores all of them.</summary>
    internal void RestartChain(int generation)
    {
        _stored = SymbolMarks.Start;
        _storedSeries = _storedGroups = 0;
        Generation = generation;
    }

    private static Content Classify(ReadOnlySpan<long> values, ReadOnlySpan<int> columns)
    {
        long any = 0;
        foreach (var column in columns)
        {
            if (values[column] < 0) return Content.Negative;
            any |= values[column];
        }
        return any == 0 ? Content.Zero : Content.Counts;
    }

    private enum Content
    {
        Counts,
        Zero,
        Negative,
    }
}

/// <summary>How far a dataset's chain is stored once a segment is durable.</summary>
internal readonly record struct PendingMarks(DatasetWriter Writer, int Generation, SymbolMarks Symbols, int Series, int Groups);

/// <summary>What became of the samples of a row.</summary>
public record struct AppendCounts
{
    /// <summary>Rows stored: 1, or 0 where no sample counted anything.</summary>
    public int Rows { get; internal set; }

    /// <summary>Different stacks stored.</summary>
    public int Cells { get; internal set; }

    /// <summary>Samples left out because a value was negative.</summary>
    public int NegativeSamples { get; internal set; }
}
