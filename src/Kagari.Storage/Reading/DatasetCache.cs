namespace Kagari.Storage;

/// <summary>Keeps decoded chains and datasets of blocks, each up to a number of bytes. Thread safe.</summary>
public sealed class DatasetCache
{
    // Chains (without offset) and datasets of blocks in one: which of them a server needs depends on the time of day.
    private readonly ByteCache<(ChainKey Key, long Offset), object> _datasets;
    private readonly ByteCache<string, TenantIndex> _indexes;
    private readonly ByteCache<string, FunctionSums> _functions;

    /// <summary>A cache over a store; an eighth is for indexes and sums of blocks.</summary>
    public DatasetCache(SectionReader sections, long bytesMax)
    {
        Sections = sections;
        _datasets = new ByteCache<(ChainKey Key, long Offset), object>(
            bytesMax / 8 * 7, d => d is ChainReader chain ? chain.MemoryBytes : ((BlockDataset)d).MemoryBytes);
        _indexes = new ByteCache<string, TenantIndex>(bytesMax / 16, i => i.MemoryBytes);
        _functions = new ByteCache<string, FunctionSums>(bytesMax / 16, f => f.MemoryBytes);
    }

    /// <summary>Reads sections of the same store.</summary>
    public SectionReader Sections { get; }

    /// <summary>Bytes held.</summary>
    public long MemoryBytes => _datasets.Bytes + _indexes.Bytes + _functions.Bytes;

    /// <summary>How often a chain or dataset was there.</summary>
    public long Hits => _datasets.Hits;

    /// <summary>How often one had to be read.</summary>
    public long Misses => _datasets.Misses;

    /// <summary>
    /// The dictionaries that the selection needs, and how many of its first entries can be read: those from the first
    /// damaged one on cannot, because symbols build on those before.
    /// </summary>
    /// <exception cref="ObjectNotFoundException">The log was replaced meanwhile: plan again.</exception>
    internal async ValueTask<(ChainView View, int Usable)> OpenAsync(ChainSelection selection, CancellationToken cancellation)
    {
        var chain = (ChainReader?)await _datasets.GetAsync((selection.Key, -1), _ => Task.FromResult<object?>(new ChainReader(selection.Key)), cancellation);
        return await chain!.ExtendAsync(selection.Entries, Sections, cancellation);
    }

    /// <summary>A dataset of a block; null where it is damaged, which is reported.</summary>
    /// <exception cref="ObjectNotFoundException">The block was replaced meanwhile: plan again.</exception>
    internal async ValueTask<BlockDataset?> OpenAsync(BlockEntry block, BlockDatasetEntry dataset, CancellationToken cancellation) =>
        (BlockDataset?)await _datasets.GetAsync(
            (new ChainKey(block.Key, block.Tenant, dataset.Service, 0), dataset[BlockSectionKind.Series].Offset),
            async token => await BlockDataset.TryOpenAsync(block, dataset, Sections, token), cancellation);

    /// <summary>Series and rows of a dataset of a block; null where they are damaged, which is reported.</summary>
    /// <exception cref="ObjectNotFoundException">The block was replaced meanwhile: plan again.</exception>
    internal async ValueTask<BlockDataset?> OpenRowsAsync(BlockEntry block, BlockDatasetEntry dataset, CancellationToken cancellation) =>
        (BlockDataset?)await _datasets.GetAsync(
            (new ChainKey(block.Key, block.Tenant, dataset.Service, RowsOnly), dataset[BlockSectionKind.Series].Offset),
            async token => await BlockDataset.TryOpenRowsAsync(block, dataset, Sections, token), cancellation);

    /// <summary>Tells the rows of a dataset from the whole of it: blocks have no generations.</summary>
    private const int RowsOnly = 1;

    /// <summary>The tenant index of a block; null where it has none or it is damaged, which is reported.</summary>
    internal ValueTask<TenantIndex?> IndexAsync(BlockEntry block, CancellationToken cancellation) =>
        LoadAsync(_indexes, block, block.Index, (bytes, b) => TenantIndex.TryDecode(bytes, b.Datasets.Count), cancellation);

    /// <summary>Sums per function of a block; null where it has none or they are damaged, which is reported.</summary>
    internal ValueTask<FunctionSums?> FunctionsAsync(BlockEntry block, CancellationToken cancellation) =>
        LoadAsync(_functions, block, block.Functions, (bytes, b) => FunctionSums.TryDecode(bytes, b.Types.Count), cancellation);

    private delegate T? Decode<T>(ReadOnlySpan<byte> bytes, BlockEntry block);

    private ValueTask<T?> LoadAsync<T>(ByteCache<string, T> cache, BlockEntry block, Section section, Decode<T> decode, CancellationToken cancellation)
        where T : class
    {
        if (section.RawBytes == 0) return ValueTask.FromResult<T?>(null);
        return cache.GetAsync(block.Key, async token =>
        {
            using var bytes = await Sections.TryReadAsync(block.Key, section, token);
            if (bytes is null) return null;
            var decoded = decode(bytes.Span, block);
            if (decoded is null) Sections.ReportDamage(block.Key, section.Offset, "A section of the block cannot be read");
            return decoded;
        }, cancellation);
    }

    /// <summary>Lets go of what was read from objects that were replaced.</summary>
    public void Forget(IReadOnlySet<string> objectKeys)
    {
        _datasets.Remove(key => objectKeys.Contains(key.Key.ObjectKey));
    }
}
