using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>One dataset of a block, opened: its hot part in memory, the rest read when it is asked for. Thread safe.</summary>
internal sealed class BlockDataset
{
    private readonly BlockEntry _block;
    private readonly SectionReader _reader;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly BlockTree _tree;
    private DatasetRows? _rows;
    private SymbolView? _symbols;
    private SpanCells? _spans;
    private MinuteSums[][]? _minutes;

    private BlockDataset(BlockEntry block, BlockDatasetEntry entry, SectionReader reader, BlockSeries series, BlockTree tree, DatasetView view, TileDirectory directory)
    {
        _block = block;
        _reader = reader;
        _tree = tree;
        Entry = entry;
        Series = series;
        View = view;
        Directory = directory;
    }

    public string ObjectKey => _block.Key;

    public BlockDatasetEntry Entry { get; }

    public BlockSeries Series { get; }

    /// <summary>Sum of all values of each profile type that it has.</summary>
    public IEnumerable<(string Type, long Total)> TypeTotals => Entry.Types.Select(t => (_block.Types[t.Type], t.Total));

    public DatasetView View { get; }

    public TileDirectory Directory { get; }

    public SectionReader Sections => _reader;

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes =>
        (20L * View.Tree.Parents.Length) + (4L * View.StackCount) + View.Names.Bytes.Length + (12L * View.Names.Ends.Length)
        + (1024L * View.Series.Count) + (48L * Directory.Tiles.Capacity) + (32L * Directory.Columns.Capacity)
        + (_rows is { } rows ? (64L * rows.Rows.Length) + (8L * rows.Totals.Length) : 0)
        + (_symbols is { } s ? (32L * s.Functions.Length) + (24L * s.Locations.Length) + (16L * s.Lines.Length) + (8L * s.Nodes.Length) + s.Strings.Bytes.Length : 0)
        + (_spans?.MemoryBytes ?? 0);

    /// <summary>Reads the hot part in one read; null where it is damaged or gone, which is reported.</summary>
    /// <exception cref="ObjectNotFoundException">The block was replaced meanwhile: plan again.</exception>
    public static async ValueTask<BlockDataset?> TryOpenAsync(
        BlockEntry block, BlockDatasetEntry entry, SectionReader reader, CancellationToken cancellation)
    {
        var run = await reader.TryReadRunAsync(
            block.Key,
            [entry[BlockSectionKind.Series], entry[BlockSectionKind.Tree], entry[BlockSectionKind.Names], entry[BlockSectionKind.Tiles]],
            cancellation);
        if (run is null) return null;
        try
        {
            if (TryDecode(block, entry, reader, run) is { } dataset) return dataset;
            reader.ReportDamage(block.Key, entry[BlockSectionKind.Series].Offset, $"The dataset of service '{entry.Service}' cannot be read");
            return null;
        }
        finally
        {
            foreach (var bytes in run) bytes.Dispose();
        }
    }

    /// <summary>Only series and rows, for questions that look at no stack; null where they are damaged, which is reported.</summary>
    /// <remarks>They take a hundredth of the tree's memory, and nothing is decoded that nobody asks for.</remarks>
    public static async ValueTask<BlockDataset?> TryOpenRowsAsync(
        BlockEntry block, BlockDatasetEntry entry, SectionReader reader, CancellationToken cancellation)
    {
        using var bytes = await reader.TryReadAsync(block.Key, entry[BlockSectionKind.Series], cancellation);
        if (bytes is null) return null;
        if (BlockSeriesCodec.TryDecode(bytes.Span) is { } series && series.RowCount == entry.RowCount)
            return new BlockDataset(block, entry, reader, series, new BlockTree([], [], []), ViewOf(series, default, default, default), new TileDirectory());
        reader.ReportDamage(block.Key, entry[BlockSectionKind.Series].Offset, $"The series of service '{entry.Service}' cannot be read");
        return null;
    }

    /// <summary>The rows; null where they are damaged, which is reported.</summary>
    public ValueTask<DatasetRows?> RowsAsync(CancellationToken cancellation) =>
        LoadAsync(BlockSectionKind.Rows, () => _rows, value => _rows = value, bytes => BlockRowsCodec.TryDecode(bytes, Series), cancellation);

    /// <summary>Lines and files; null where they are damaged, which is reported.</summary>
    public ValueTask<SymbolView?> SymbolsAsync(CancellationToken cancellation) =>
        LoadAsync(BlockSectionKind.Lines, () => _symbols, value => _symbols = value, bytes => LinesCodec.TryDecode(bytes, View.Names, _tree), cancellation);

    /// <summary>Sums per group and minute; null where they are damaged, which is reported.</summary>
    public ValueTask<MinuteSums[][]?> MinutesAsync(CancellationToken cancellation) =>
        LoadAsync(BlockSectionKind.Minutes, () => _minutes, value => _minutes = value, bytes => MinutesCodec.TryDecode(bytes, Series), cancellation);

    /// <summary>Whether any cell belongs to a span.</summary>
    public bool HasSpans => Entry[BlockSectionKind.Spans].RawBytes > 0;

    /// <summary>Cells of spans; null where they are damaged, which is reported.</summary>
    public async ValueTask<SpanCells?> SpansAsync(CancellationToken cancellation)
    {
        if (!HasSpans) return new SpanCells();
        return await RowsAsync(cancellation) is not { } rows ? null : await LoadAsync(
            BlockSectionKind.Spans, () => _spans, value => _spans = value,
            bytes => SpanCells.TryDecode(bytes, rows, Series.Groups, Entry.StackCount), cancellation);
    }

    /// <summary>The same without names, trees and lines: for reading tiles only.</summary>
    public BlockDataset WithoutSymbols() => new(
        _block, Entry, _reader, Series, _tree with { Parents = [], Names = [], NodeOfStack = [] },
        new DatasetView
        {
            Names = default,
            Tree = default,
            TreeNodes = default,
            Series = View.Series,
            SeriesHashes = View.SeriesHashes,
            Groups = View.Groups,
        },
        Directory)
    {
        _rows = _rows,
        _spans = _spans,
    };

    private delegate T? Decode<T>(ReadOnlySpan<byte> bytes);

    private async ValueTask<T?> LoadAsync<T>(
        BlockSectionKind kind, Func<T?> known, Action<T> keep, Decode<T> decode, CancellationToken cancellation)
        where T : class
    {
        if (known() is { } there) return there;
        await _gate.WaitAsync(cancellation);
        try
        {
            if (known() is { } meanwhile) return meanwhile;
            using var bytes = await _reader.TryReadAsync(_block.Key, Entry[kind], cancellation);
            if (bytes is null) return null;
            if (decode(bytes.Span) is { } loaded)
            {
                keep(loaded);
                return loaded;
            }
            _reader.ReportDamage(_block.Key, Entry[kind].Offset, $"The section '{kind}' of service '{Entry.Service}' cannot be read");
            return null;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static BlockDataset? TryDecode(BlockEntry block, BlockDatasetEntry entry, SectionReader reader, SectionBytes[] run)
    {
        if (BlockSeriesCodec.TryDecode(run[0].Span) is not { } series || series.RowCount != entry.RowCount) return null;
        var names = new ByteCursor(run[2].Span);
        var (bytes, ends) = (new FlatList<byte>(), new FlatList<int>());
        FrontCoding.Decode(ref names, ref bytes, ref ends, Array.MaxLength);
        if (names.Failed || !names.AtEnd) return null;
        if (TreeCodec.TryDecode(run[1].Span, ends.Count, entry.StackCount) is not { } tree) return null;
        var directory = TileDirectory.TryDecode(run[3].Span, entry[BlockSectionKind.Totals], entry[BlockSectionKind.Cells], series, entry.StackCount);
        if (directory is null) return null;
        var hashes = new ulong[ends.Count];
        for (var i = 0; i < hashes.Length; i++) hashes[i] = XxHash64.Of((ReadOnlySpan<byte>)bytes.Span[(i == 0 ? 0 : ends[i - 1])..ends[i]]);
        var view = ViewOf(series, new NameView(bytes.Memory, ends.Memory, hashes), new FunctionTreeView(tree.Parents, tree.Names), tree.NodeOfStack);
        return new BlockDataset(block, entry, reader, series, tree, view, directory);
    }

    private static DatasetView ViewOf(BlockSeries series, NameView names, FunctionTreeView tree, ReadOnlyMemory<int> treeNodes) => new()
    {
        Names = names,
        Tree = tree,
        TreeNodes = treeNodes,
        Series = series.Series,
        SeriesHashes = [.. series.Series.Select(s => s.StableHash())],
        Groups = series.Groups,
    };
}
