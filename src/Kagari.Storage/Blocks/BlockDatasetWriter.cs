using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Writes one dataset of a block: tiles as they come, then what describes them.</summary>
/// <remarks>Rows come by group, then time; a tile is begun, filled and ended, then the next. Not thread safe.</remarks>
internal sealed class BlockDatasetWriter
{
    private readonly BlockWriter _block;
    private readonly BlockSymbols _symbols;
    private readonly IReadOnlyList<LabelSet> _series;
    private readonly int[][] _groups;
    private readonly int[] _typeOfSeries;
    private readonly Dictionary<int, long[]> _sumsOfType = [];
    private readonly TileWriter _tile;
    private readonly TileDirectory _directory = new();
    private readonly long _cellsStart;
    private FlatList<byte>[] _hot = [], _cold = [];
    private FlatList<byte> _totals, _scratch;
    private long _cellCount, _rawHot, _rawCold;
    private int _columns;

    public BlockDatasetWriter(BlockWriter block, BlockSymbols symbols, IReadOnlyList<LabelSet> series, int[][] groups)
    {
        _block = block;
        _symbols = symbols;
        _series = series;
        _groups = groups;
        _typeOfSeries = [.. series.Select(s => block.TypeOf(s[LabelNames.ProfileType]))];
        _tile = new TileWriter(symbols.StackCount);
        _cellsStart = block.Position;
    }

    /// <summary>Stacks of the dataset.</summary>
    public int StackCount => _symbols.StackCount;

    /// <summary>Takes the cells of the tile that was begun.</summary>
    public TileWriter Tile => _tile;

    /// <summary>What belongs to spans; rows are those of the dataset.</summary>
    public SpanCells Spans { get; } = new();

    /// <summary>Bytes of memory held, without the symbols.</summary>
    public long MemoryBytes => _tile.MemoryBytes + _totals.Capacity + Spans.MemoryBytes + _hot.Sum(s => (long)s.Capacity) + _cold.Sum(s => (long)s.Capacity);

    /// <summary>Starts a tile of a group with so many columns.</summary>
    public async ValueTask BeginTileAsync(int columns, CancellationToken cancellation)
    {
        if (columns != _columns || _hot.Sum(s => (long)s.Count) + _cold.Sum(s => (long)s.Count) >= _block.PageBytesMin) await EndPageAsync(cancellation);
        if (columns != _columns)
        {
            _hot = new FlatList<byte>[2 + columns];
            _cold = new FlatList<byte>[1 + columns];
            _columns = columns;
        }
        _tile.Begin(columns);
    }

    /// <summary>Writes the tile.</summary>
    public void EndTile(int group, int firstRow, int rowCount)
    {
        _cellCount += _tile.CellCount;
        _tile.End(group, firstRow, rowCount, _directory.Pages.Count, _hot, _cold, _directory, column => SumsOf(_groups[group][column]));
    }

    /// <summary>Writes all other sections and enters the dataset into the block.</summary>
    public async ValueTask FinishAsync(
        string service, DatasetRows rows, bool withMinutes, CancellationToken cancellation)
    {
        var (series, groups) = (_series, _groups);
        await EndPageAsync(cancellation);
        var sections = new Section[BlockDatasetEntry.SectionCount];
        sections[(int)BlockSectionKind.Cells] = new Section(_cellsStart, (int)(_block.Position - _cellsStart), RawBytes(_rawCold), CodecId.Raw, 0);
        var rowsOfGroup = new int[groups.Length];
        foreach (ref readonly var row in rows.Rows.Span) rowsOfGroup[row.Group]++;
        async ValueTask AddAsync(BlockSectionKind kind) => sections[(int)kind] = await _block.AddSectionAsync(_scratch.Memory, cancellation);

        BlockSeriesCodec.Encode(series, groups, rowsOfGroup, ref Cleared());
        await AddAsync(BlockSectionKind.Series);
        TreeCodec.Encode(_symbols, ref Cleared());
        await AddAsync(BlockSectionKind.Tree);
        FrontCoding.Encode(_symbols.Names.Length, i => _symbols.Table.Strings[_symbols.Names[i]], ref Cleared());
        await AddAsync(BlockSectionKind.Names);
        _directory.Encode(ref Cleared());
        await AddAsync(BlockSectionKind.Tiles);
        sections[(int)BlockSectionKind.Totals] = new Section(_block.Position, _totals.Count, RawBytes(_rawHot), CodecId.Raw, 0);
        await _block.AppendAsync(_totals.Memory, cancellation);
        BlockRowsCodec.Encode(rows.Rows.Span, rows.Totals.Span, groups, ref Cleared());
        await AddAsync(BlockSectionKind.Rows);
        Cleared();
        if (withMinutes) MinutesCodec.Encode(rows.Rows.Span, rows.Totals.Span, groups, ref _scratch);
        await AddAsync(BlockSectionKind.Minutes);
        LinesCodec.Encode(_symbols, ref Cleared());
        await AddAsync(BlockSectionKind.Lines);
        Cleared();
        if (Spans.Count > 0)
        {
            Spans.Sort();
            Spans.Encode(row => groups[rows.Rows.Span[row].Group].Length, ref _scratch);
        }
        await AddAsync(BlockSectionKind.Spans);
        foreach (var (type, sums) in _sumsOfType) _block.Functions!.Add(type, _symbols, sums);
        _block.AddDataset(Entry(service, rows, sections), series);
    }

    /// <summary>Where the sums of a series' type add up by stack; empty where the block keeps none.</summary>
    private long[] SumsOf(int series)
    {
        if (_block.Functions is null) return [];
        var type = _typeOfSeries[series];
        if (!_sumsOfType.TryGetValue(type, out var sums)) _sumsOfType.Add(type, sums = new long[_symbols.StackCount]);
        return sums;
    }

    private BlockDatasetEntry Entry(string service, DatasetRows rows, Section[] sections)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        var types = new SortedDictionary<int, long>();
        foreach (ref readonly var row in rows.Rows.Span)
        {
            first = Math.Min(first, row.TimeNanos);
            last = Math.Max(last, row.TimeNanos);
            for (var column = 0; column < _groups[row.Group].Length; column++)
            {
                var type = _typeOfSeries[_groups[row.Group][column]];
                types[type] = Saturating.Add(types.GetValueOrDefault(type), rows.Totals.Span[row.TotalStart + column]);
            }
        }
        return new BlockDatasetEntry(
            service, first, last, rows.Rows.Length, _cellCount, _symbols.StackCount, sections, [.. types.Select(t => (t.Key, t.Value))]);
    }

    private async ValueTask EndPageAsync(CancellationToken cancellation)
    {
        if (_directory.Tiles.Count == 0 || _directory.Tiles[_directory.Tiles.Count - 1].Page < _directory.Pages.Count) return;
        _scratch.Clear();
        TilePageBytes.Encode(_cold, _block.Codec, ref _scratch);
        var cold = new PageExtent(_block.Position - _cellsStart, _scratch.Count, Crc32C.Of(_scratch.Span));
        await _block.AppendAsync(_scratch.Memory, cancellation);
        var start = _totals.Count;
        TilePageBytes.Encode(_hot, _block.Codec, ref _totals);
        var hot = new PageExtent(start, _totals.Count - start, Crc32C.Of(_totals.Span[start..]));
        _directory.Pages.Add(new TilePage(_columns, hot, cold));
        foreach (ref var stream in _hot.AsSpan())
        {
            _rawHot += stream.Count;
            stream.Clear();
        }
        foreach (ref var stream in _cold.AsSpan())
        {
            _rawCold += stream.Count;
            stream.Clear();
        }
    }

    private ref FlatList<byte> Cleared()
    {
        _scratch.Clear();
        return ref _scratch;
    }

    private static int RawBytes(long bytes) => (int)Math.Min(bytes, int.MaxValue);
}
