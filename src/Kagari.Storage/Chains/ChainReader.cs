using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>A chain being read: decodes the dictionaries segment after segment and keeps them for the next query.</summary>
/// <remarks>
/// Beside the stack trie it keeps the trie of function names that flame graphs show. Building it costs a hash look-up
/// per node once per chain instead of once per query. One reader at a time extends it (<see cref="_gate"/>).
/// </remarks>
internal sealed class ChainReader(ChainKey key)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SymbolTable _symbols = new();
    private readonly ChainSeries _series = new();
    private readonly FunctionTree _tree = new();
    private FlatList<int> _treeNodes;
    private int _decodedEntries;
    private int _damagedEntry = int.MaxValue;
    private ChainView? _view;

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _symbols.MemoryBytes + (40L * _tree.Count) + (4L * _treeNodes.Count) + (1024L * _series.Labels.Count);

    /// <summary>When it was last asked for: what eviction goes by.</summary>
    public long LastUse { get; set; }

    /// <summary>The dictionaries up to the last of these entries; entries from Usable on cannot be read.</summary>
    public async ValueTask<(ChainView View, int Usable)> ExtendAsync(
        IReadOnlyList<DatasetEntry> entries, SectionReader reader, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            while (_decodedEntries < entries.Count && _decodedEntries < _damagedEntry)
            {
                if (await DecodeAsync(entries[_decodedEntries], reader, cancellation)) _decodedEntries++;
                else _damagedEntry = _decodedEntries;
                _view = null;
            }
            _view ??= new ChainView(_symbols, _series, _treeNodes.Memory, new FunctionTreeView(_tree.ParentsMemory, _tree.NameIdsMemory));
            return (_view, Math.Min(_damagedEntry, entries.Count));
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask<bool> DecodeAsync(DatasetEntry entry, SectionReader reader, CancellationToken cancellation)
    {
        using var symbols = await reader.TryReadAsync(key.ObjectKey, entry[SectionKind.Symbols], cancellation);
        using var series = await reader.TryReadAsync(key.ObjectKey, entry[SectionKind.Series], cancellation);
        if (symbols is null || series is null) return false;
        if (!SymbolsCodec.TryDecode(symbols.Span, _symbols) || !SeriesCodec.TryDecode(series.Span, _series, _symbols.Strings))
        {
            reader.ReportDamage(key.ObjectKey, entry[SectionKind.Symbols].Offset, "The symbols or series do not continue their chain");
            return false;
        }
        ExtendTree();
        return true;
    }

    private void ExtendTree()
    {
        if (_treeNodes.Count == 0) _treeNodes.Add(0);
        var nodes = _symbols.Nodes.Span;
        for (var node = _treeNodes.Count; node < nodes.Length; node++)
        {
            var at = _treeNodes[nodes[node].Parent];
            // Innermost first in the table; a flame graph shows the outermost call above the inlined ones.
            var lines = _symbols.LinesOf(_symbols.Locations[nodes[node].Location]);
            for (var line = lines.Length - 1; line >= 0; line--) at = _tree.Child(at, _symbols.Functions[lines[line].Function].Name);
            _treeNodes.Add(at);
        }
    }
}
