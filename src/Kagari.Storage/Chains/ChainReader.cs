using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>A chain being read: decodes dictionaries and rows segment after segment and keeps them for the next query.</summary>
/// <remarks>
/// Beside the stack trie it keeps the trie of function names that flame graphs show. Building it costs a hash look-up
/// per node once per chain instead of once per query. One query at a time extends it (<see cref="_gate"/>); the views
/// that others hold stay as they are.
/// </remarks>
internal sealed class ChainReader(ChainKey key)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SymbolTable _symbols = new();
    private readonly ChainSeries _series = new();
    private readonly PackedNodes _nodes = new();
    private readonly FunctionTree _tree = new();
    private readonly List<int> _rowEnds = [];
    private FlatList<int> _treeNodes;
    private FlatList<Row> _rows;
    private FlatList<long> _totals;
    private int _damagedEntry = int.MaxValue;
    private int _quietQueries;
    private ChainView? _view;

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes =>
        _symbols.MemoryBytes + _nodes.MemoryBytes + _tree.MemoryBytes + (4L * _treeNodes.Capacity) + (64L * _rows.Capacity) + (8L * _totals.Capacity)
        + (1024L * _series.Labels.Count);

    /// <summary>What the chain holds up to the last of these entries; entries from Usable on cannot be read.</summary>
    public async ValueTask<(ChainView View, int Usable)> ExtendAsync(
        IReadOnlyList<DatasetEntry> entries, SectionReader reader, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            NoteGrowth(_rowEnds.Count < entries.Count && _rowEnds.Count < _damagedEntry);
            while (_rowEnds.Count < entries.Count && _rowEnds.Count < _damagedEntry)
            {
                if (!await DecodeAsync(entries[_rowEnds.Count], reader, cancellation)) _damagedEntry = _rowEnds.Count;
                else _rowEnds.Add(_rows.Count);
                _view = null;
            }
            _view ??= NewView();
            return (_view, Math.Min(_damagedEntry, entries.Count));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A chain that does not grow any more, because its log is full, needs no index: a quarter of its memory.</summary>
    private void NoteGrowth(bool grows)
    {
        const int Quiet = 3;
        if (!grows)
        {
            if (++_quietQueries == Quiet) _tree.ReleaseIndex();
            return;
        }
        if (_quietQueries >= Quiet) _tree.RestoreIndex();
        _quietQueries = 0;
    }

    private async ValueTask<bool> DecodeAsync(DatasetEntry entry, SectionReader reader, CancellationToken cancellation)
    {
        using var symbols = await reader.TryReadAsync(key.ObjectKey, entry[SectionKind.Symbols], cancellation);
        using var series = await reader.TryReadAsync(key.ObjectKey, entry[SectionKind.Series], cancellation);
        // All bytes before the first change: a store that fails, or a client that leaves, must not leave half an entry.
        using var rows = await reader.TryReadAsync(key.ObjectKey, entry[SectionKind.Rows], cancellation);
        if (symbols is null || series is null) return false;
        var nodes = new FlatList<StackNode>();
        if (!SymbolsCodec.TryDecode(symbols.Span, _symbols, _nodes.Count, ref nodes) || !SeriesCodec.TryDecode(series.Span, _series, _symbols.Strings))
        {
            reader.ReportDamage(key.ObjectKey, entry[SectionKind.Symbols].Offset, "The symbols or series do not continue their chain");
            return false;
        }
        _nodes.Add(nodes.Span);
        FunctionTrie.Extend(_symbols, nodes.Span, _tree, ref _treeNodes);

        // Rows stand alone: where they are damaged, the segments after them can still be read.
        var (rowCount, totalCount) = (_rows.Count, _totals.Count);
        if (rows is null || RowsCodec.TryDecode(rows.Span, _series.Groups, ref _rows, ref _totals)) return true;
        _rows.Truncate(rowCount);
        _totals.Truncate(totalCount);
        reader.ReportDamage(key.ObjectKey, entry[SectionKind.Rows].Offset, "A rows section cannot be read");
        return true;
    }

    private ChainView NewView() => new(
        new DatasetView
        {
            Names = _symbols.Strings.View(),
            Tree = new FunctionTreeView(_tree.ParentsMemory, _tree.NameIdsMemory),
            TreeNodes = _treeNodes.Memory,
            Series = [.. _series.Labels],
            SeriesHashes = [.. _series.Hashes],
            Groups = [.. _series.Groups],
        },
        SymbolView.Of(_symbols, default),
        _nodes.View(),
        new DatasetRows(_rows.Memory, _totals.Memory),
        [.. _rowEnds]);
}
