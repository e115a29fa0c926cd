using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Writes one block to the store as it is made: sections of dataset after dataset, then the table of contents.</summary>
/// <remarks>docs/formats/block.md draws the file; keep both in step. Not thread safe.</remarks>
internal sealed class BlockWriter : IAsyncDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly IObjectUpload _upload;
    private readonly List<BlockDatasetEntry> _datasets = [];
    private readonly List<string> _types = [];
    private readonly TenantIndex _index = new();
    private FlatList<byte> _buffer;
    private FlatList<byte> _stored;
    private long _written;

    /// <summary>Starts a block.</summary>
    /// <param name="upload">Where it goes.</param>
    /// <param name="codec">Compresses its sections.</param>
    /// <param name="withFunctions">Whether it keeps sums per function.</param>
    public BlockWriter(IObjectUpload upload, SectionCodec codec, bool withFunctions)
    {
        _upload = upload;
        Functions = withFunctions ? new FunctionSums() : null;
        Codec = codec;
        _buffer.AddRange(BlockFrame.Magic);
    }

    public SectionCodec Codec { get; }

    /// <summary>A page of tiles is compressed when its streams have this many bytes. Default 256 KiB.</summary>
    /// <remarks>In larger pages the codec finds the stacks that instances of a service share, and reading one tile restores more.</remarks>
    public int PageBytesMin { get; init; } = 256 << 10;

    /// <summary>Where the next byte goes.</summary>
    public long Position => _written + _buffer.Count;

    public int DatasetCount => _datasets.Count;

    /// <summary>The number of a profile type in this block.</summary>
    public int TypeOf(string type)
    {
        var at = _types.IndexOf(type);
        if (at >= 0) return at;
        _types.Add(type);
        return _types.Count - 1;
    }

    /// <summary>Enters a dataset that was written.</summary>
    public void AddDataset(BlockDatasetEntry dataset, IReadOnlyList<LabelSet> series)
    {
        _index.Add(_datasets.Count, series);
        _datasets.Add(dataset);
    }

    /// <summary>Sums per function over all datasets; null where the block keeps none.</summary>
    public FunctionSums? Functions { get; }

    /// <summary>Appends bytes as they are.</summary>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        _buffer.AddRange(bytes.Span);
        if (_buffer.Count >= BufferBytes) await FlushAsync(cancellation);
    }

    /// <summary>Compresses and appends a section.</summary>
    public async ValueTask<Section> AddSectionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellation)
    {
        _stored.Clear();
        var codec = Codec.Compress(raw.Span, ref _stored);
        var section = new Section(Position, _stored.Count, raw.Length, codec, Crc32C.Of(_stored.Span));
        await AppendAsync(_stored.Memory, cancellation);
        return section;
    }

    /// <summary>Writes the table of contents and makes the object durable and visible.</summary>
    public async ValueTask<BlockEntry> FinishAsync(
        string tenant, int level, TimeWindow window, long resolutionNanos, IReadOnlyList<string> droppedLabels, BlockOrigin origin,
        CancellationToken cancellation)
    {
        var raw = new FlatList<byte>();
        _index.Encode(ref raw);
        var index = await AddSectionAsync(raw.Memory, cancellation);
        raw.Clear();
        Functions?.Encode(ref raw);
        var functions = await AddSectionAsync(raw.Memory, cancellation);
        var entry = new BlockEntry(_upload.Key, 0, tenant, level, window, resolutionNanos, droppedLabels, origin, _types, _datasets, index, functions);
        _stored.Clear();
        BlockToc.Encode(entry, ref _stored);
        var tocBytes = _stored.Count;
        BlockFrame.AddTail(ref _stored, _stored.Span[..tocBytes]);
        await AppendAsync(_stored.Memory, cancellation);
        await FlushAsync(cancellation);
        await _upload.CompleteAsync(cancellation);
        return entry with { Length = _written };
    }

    public ValueTask DisposeAsync() => _upload.DisposeAsync();

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await _upload.WriteAsync(_buffer.Memory, cancellation);
        _written += _buffer.Count;
        _buffer.Clear();
    }
}
