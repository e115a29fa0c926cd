using System.Diagnostics;
using System.Runtime.CompilerServices;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Interned strings, functions, mappings, locations and stacks: flat rows, dense ids, no object per entry.</summary>
/// <remarks>
/// Ids only grow, and a row refers only to rows entered before it. So a prefix of each list is complete in itself: a
/// segment stores the rows that are new since the last one (docs/decisions/0002-symbol-chains.md).
/// A whole stack is looked up by its hash first; only a stack never seen walks the trie. Not thread safe.
/// </remarks>
public sealed class SymbolTable
{
    private HashIndex _functionIndex, _mappingIndex, _locationIndex;
    private PairIndex<NodeRows> _nodeIndex;
    private readonly StackIndex _stacks = new();
    private FlatList<(int Location, int Node)> _walked;   // the last stack of Walk, root first

    /// <summary>Functions by id.</summary>
    public FlatList<FunctionRow> Functions;

    /// <summary>Mappings by id.</summary>
    public FlatList<MappingRow> Mappings;

    /// <summary>Locations by id.</summary>
    public FlatList<LocationRow> Locations;

    /// <summary>Lines of all locations.</summary>
    public FlatList<LineRow> Lines;

    /// <summary>The stack trie; node 0 is the root.</summary>
    public FlatList<StackNode> Nodes;

    /// <summary>An empty table with the root node.</summary>
    public SymbolTable() => Nodes.Add(new StackNode(-1, -1));

    /// <summary>Strings by id.</summary>
    public NameTable Strings { get; } = new();

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes =>
        Strings.MemoryBytes + (32L * Functions.Capacity) + (40L * Mappings.Capacity) + (24L * Locations.Capacity)
        + (16L * Lines.Capacity) + (8L * Nodes.Capacity) + _functionIndex.MemoryBytes + _mappingIndex.MemoryBytes
        + _locationIndex.MemoryBytes + _nodeIndex.MemoryBytes + _stacks.MemoryBytes;

    /// <summary>The id of an equal function; it is added if it is new.</summary>
    public int InternFunction(FunctionRow function)
    {
        var hash = HashOf(function);
        if (FindFunction(function, hash) is var known and >= 0) return known;
        _functionIndex.Add(hash, Functions.Count);
        Functions.Add(function);
        return Functions.Count - 1;
    }

    /// <summary>The id of an equal mapping; it is added if it is new.</summary>
    public int InternMapping(MappingRow mapping)
    {
        if (FindMapping(mapping) is var known and >= 0) return known;
        _mappingIndex.Add(HashOf(mapping), Mappings.Count);
        Mappings.Add(mapping);
        return Mappings.Count - 1;
    }

    /// <summary>The id of an equal location with equal lines; it is added if it is new.</summary>
    public int InternLocation(int mapping, ulong address, ReadOnlySpan<LineRow> lines)
    {
        var hash = HashOf(mapping, address, lines);
        if (FindLocation(mapping, address, lines, hash) is var known and >= 0) return known;
        _locationIndex.Add(hash, Locations.Count);
        Locations.Add(new LocationRow(mapping, Lines.Count, lines.Length, address));
        Lines.AddRange(lines);
        return Locations.Count - 1;
    }

    /// <summary>The hash of a function; its table entry is on the way to the cache afterwards.</summary>
    internal ulong HashFunction(in FunctionRow function)
    {
        var hash = HashOf(function);
        _functionIndex.Prefetch(hash);
        return hash;
    }

    /// <summary>The hash of a location; its table entry is on the way to the cache afterwards.</summary>
    internal ulong HashLocation(int mapping, ulong address, ReadOnlySpan<LineRow> lines)
    {
        var hash = HashOf(mapping, address, lines);
        _locationIndex.Prefetch(hash);
        return hash;
    }

    /// <summary>The id of an equal function with its <see cref="HashFunction"/>, or −1.</summary>
    internal int FindFunction(in FunctionRow function, ulong hash)
    {
        var probe = HashIndex.Probe(hash);
        while (_functionIndex.Next(ref probe, out var known))
            if (Functions[known] == function) return known;
        return -1;
    }

    /// <summary>The id of an equal mapping, or −1.</summary>
    internal int FindMapping(in MappingRow mapping)
    {
        var probe = HashIndex.Probe(HashOf(mapping));
        while (_mappingIndex.Next(ref probe, out var known))
            if (Mappings[known] == mapping) return known;
        return -1;
    }

    /// <summary>The id of an equal location with its <see cref="HashLocation"/>, or −1.</summary>
    internal int FindLocation(int mapping, ulong address, ReadOnlySpan<LineRow> lines, ulong hash)
    {
        var probe = HashIndex.Probe(hash);
        while (_locationIndex.Next(ref probe, out var known))
        {
            ref readonly var row = ref Locations[known];
            if (row.Mapping == mapping && row.Address == address && LinesOf(row).SequenceEqual(lines)) return known;
        }
        return -1;
    }

    /// <summary>The hash of a stack given leaf first; its table entry is on the way to the cache afterwards.</summary>
    public ulong HashStack(ReadOnlySpan<int> locationsLeafFirst)
    {
        var hash = XxHash64.Of(locationsLeafFirst);
        _stacks.Prefetch(hash);
        return hash;
    }

    /// <summary>The node of a stack given leaf first, with its <see cref="HashStack"/>.</summary>
    public int InternStack(ReadOnlySpan<int> locationsLeafFirst, ulong hash)
    {
        var node = _stacks.Find(hash);
        if (node < 0) _stacks.Add(hash, node = Walk(locationsLeafFirst));
        Debug.Assert(Walk(locationsLeafFirst) == node, "Two stacks with equal hashes.");
        return node;
    }

    /// <summary>The node of a stack given leaf first.</summary>
    public int InternStack(ReadOnlySpan<int> locationsLeafFirst) => InternStack(locationsLeafFirst, HashStack(locationsLeafFirst));

    /// <summary>The child of a node; it is added if it is new.</summary>
    public int InternNode(int parent, int location)
    {
        var node = _nodeIndex.Find(new NodeRows(this), parent, location);
        if (node >= 0) return node;
        node = Nodes.Count;
        Nodes.Add(new StackNode(parent, location));
        _nodeIndex.Add(new NodeRows(this), node);
        return node;
    }

    /// <summary>The lines of a location, innermost inlined call first.</summary>
    public ReadOnlySpan<LineRow> LinesOf(in LocationRow location) => Lines.Span.Slice(location.LineStart, location.LineCount);

    /// <summary>Forgets everything, keeps the memory.</summary>
    public void Clear()
    {
        Strings.Clear();
        Functions.Clear();
        Mappings.Clear();
        Locations.Clear();
        Lines.Clear();
        Nodes.Clear();
        Nodes.Add(new StackNode(-1, -1));
        _functionIndex.Clear();
        _mappingIndex.Clear();
        _locationIndex.Clear();
        _nodeIndex.Clear();
        _stacks.Clear();
        _walked.Clear();
    }

    private static ulong HashOf(in FunctionRow function) => XxHash64.Mix(
        ((ulong)(uint)function.Name << 32) | (uint)function.FileName,
        XxHash64.Mix(((ulong)(uint)function.SystemName << 32) ^ (ulong)function.StartLine, function.IsAddress ? 1u : 0u));

    private static ulong HashOf(in MappingRow mapping) => XxHash64.Mix(
        mapping.MemoryStart ^ (mapping.MemoryLimit << 1), ((ulong)(uint)mapping.FileName << 32) | (uint)mapping.BuildId);

    private static ulong HashOf(int mapping, ulong address, ReadOnlySpan<LineRow> lines)
    {
        var hash = XxHash64.Mix(address, (uint)mapping);
        foreach (ref readonly var line in lines)
            hash = XxHash64.Mix(hash ^ (ulong)line.LineNumber, ((ulong)(uint)line.Column << 32) | (uint)line.Function);
        return hash;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Walk(ReadOnlySpan<int> locationsLeafFirst)
    {
        // Stacks of one profile mostly begin alike: as far as this one is the last one walked, its nodes are known.
        var depth = 0;
        var most = Math.Min(locationsLeafFirst.Length, _walked.Count);
        while (depth < most && _walked[depth].Location == locationsLeafFirst[^(depth + 1)]) depth++;
        _walked.Truncate(depth);
        var node = depth == 0 ? 0 : _walked[depth - 1].Node;
        for (; depth < locationsLeafFirst.Length; depth++)
        {
            var location = locationsLeafFirst[^(depth + 1)];
            node = InternNode(node, location);
            _walked.Add((location, node));
        }
        return node;
    }

    private readonly struct NodeRows(SymbolTable table) : IPairRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsAt(int row, int first, int second)
        {
            ref readonly var node = ref table.Nodes[row];
            return node.Location == second && node.Parent == first;
        }

        public (int First, int Second) PairAt(int row) => (table.Nodes[row].Parent, table.Nodes[row].Location);
    }
}
