using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Reads tiles of one dataset after the other; keeps the page it read last. Not thread safe.</summary>
/// <remarks>Those of queries come from <see cref="SectionReader.RentScanner"/> and go back with their memory when disposed.</remarks>
internal sealed class BlockScanner(SectionReader sections) : IDisposable
{
    private readonly TilePageBytes _hot = new(), _cold = new();
    private FlatList<int> _stacks, _counts;
    private FlatList<byte> _rows;
    private FlatList<long>[] _values = [];
    private FlatList<long> _first;
    private (BlockDataset? Dataset, int Page, bool IsWhole) _hotAt, _coldAt;

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes =>
        _hot.MemoryBytes + _cold.MemoryBytes + (4L * (_stacks.Capacity + _counts.Capacity)) + _rows.Capacity + (8L * _first.Capacity) + _values.Sum(v => 8L * v.Capacity);

    /// <summary>Stacks of the tile, ascending.</summary>
    public ReadOnlySpan<int> Stacks => _stacks.Span;

    /// <summary>Cells of each stack.</summary>
    public ReadOnlySpan<int> Counts => _counts.Span;

    /// <summary>Row of each cell within the tile.</summary>
    public ReadOnlySpan<byte> Rows => _rows.Span;

    /// <summary>Values of a column: of each cell, or of each stack after <see cref="ReadTotalsAsync"/>.</summary>
    public ReadOnlySpan<long> ValuesOf(int column) => _values[column].Span;

    /// <summary>Adds the sums of a tile's column by stack; false where the page is damaged, which is reported.</summary>
    public async ValueTask<bool> AddTotalsAsync(BlockDataset dataset, Tile tile, int column, long[] sums, CancellationToken cancellation) =>
        await ReadHotAsync(dataset, tile, cancellation)
        && Check(dataset, tile, TileReader.TryAddTotals(tile, ColumnsOf(dataset, tile), column, _hot, sums));

    /// <summary>Reads stacks and their sums in all columns.</summary>
    public async ValueTask<bool> ReadTotalsAsync(BlockDataset dataset, Tile tile, CancellationToken cancellation)
    {
        if (!await ReadHotAsync(dataset, tile, cancellation)) return false;
        if (!Check(dataset, tile, TileReader.TryReadStacks(tile, _hot, dataset.Entry.StackCount, ref _stacks, ref _counts))) return false;
        var columns = ColumnsOf(dataset, tile).Length;
        EnsureColumns(columns);
        for (var c = 0; c < columns; c++)
            if (!Check(dataset, tile, TileReader.TryReadTotals(tile, ColumnsOf(dataset, tile), c, _hot, ref _values[c]))) return false;
        return true;
    }

    /// <summary>Reads stacks and rows of a tile's cells.</summary>
    public async ValueTask<bool> ReadCellsAsync(BlockDataset dataset, Tile tile, CancellationToken cancellation)
    {
        if (!await ReadHotAsync(dataset, tile, cancellation) || !await ReadColdAsync(dataset, tile, cancellation)) return false;
        return Check(dataset, tile, TileReader.TryReadStacks(tile, _hot, dataset.Entry.StackCount, ref _stacks, ref _counts)
            && TileReader.TryReadRows(tile, Counts, _cold, ref _rows));
    }

    /// <summary>Reads the values of one column of the cells that <see cref="ReadCellsAsync"/> read.</summary>
    public bool ReadValues(BlockDataset dataset, in Tile tile, int column)
    {
        EnsureColumns(column + 1);
        return Check(dataset, tile, TileReader.TryReadValues(tile, ColumnsOf(dataset, tile), column, Counts, _hot, _cold, ref _first, ref _values[column]));
    }

    /// <summary>Reads the values of all columns.</summary>
    public bool ReadAllValues(BlockDataset dataset, in Tile tile)
    {
        for (var c = 0; c < dataset.Directory.Pages[tile.Page].Columns; c++)
            if (!ReadValues(dataset, tile, c)) return false;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (_hotAt, _coldAt) = (default, default);
        sections.Return(this);
    }

    private static ReadOnlySpan<TileColumn> ColumnsOf(BlockDataset dataset, in Tile tile) =>
        dataset.Directory.Columns.Span.Slice(tile.FirstColumn, dataset.Directory.Pages[tile.Page].Columns);

    private void EnsureColumns(int count)
    {
        if (_values.Length < count) Array.Resize(ref _values, count);
    }

    private bool Check(BlockDataset dataset, in Tile tile, bool isWhole)
    {
        if (!isWhole)
        {
            sections.ReportDamage(dataset.ObjectKey, dataset.Directory.Pages[tile.Page].Hot.Offset, $"A tile of service '{dataset.Entry.Service}' cannot be read");
        }
        return isWhole;
    }

    private async ValueTask<bool> ReadHotAsync(BlockDataset dataset, Tile tile, CancellationToken cancellation)
    {
        if (_hotAt.Dataset == dataset && _hotAt.Page == tile.Page) return _hotAt.IsWhole;
        _hotAt = default;
        var page = dataset.Directory.Pages[tile.Page];
        var isWhole = await sections.TryReadPageAsync(dataset.ObjectKey, page.Hot, 2 + page.Columns, _hot, cancellation);
        _hotAt = (dataset, tile.Page, isWhole);
        return isWhole;
    }

    private async ValueTask<bool> ReadColdAsync(BlockDataset dataset, Tile tile, CancellationToken cancellation)
    {
        if (_coldAt.Dataset == dataset && _coldAt.Page == tile.Page) return _coldAt.IsWhole;
        _coldAt = default;
        var page = dataset.Directory.Pages[tile.Page];
        var isWhole = await sections.TryReadPageAsync(dataset.ObjectKey, page.Cold, 1 + page.Columns, _cold, cancellation);
        _coldAt = (dataset, tile.Page, isWhole);
        return isWhole;
    }
}
