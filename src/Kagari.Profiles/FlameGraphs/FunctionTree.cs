using System.Numerics;

namespace Kagari.Profiles;

/// <summary>An exact tree of function names with the value that ends at each node: what merges build and views draw.</summary>
/// <remarks>
/// Node 0 is the root and has no name. Invariant: a parent's index is smaller than its children's, so one reverse
/// pass sums totals and one forward pass visits parents first. Children with equal names are one node.
/// Nothing is truncated here; truncation happens once, when a view is drawn. Not thread safe.
/// </remarks>
public sealed class FunctionTree
{
    private FlatList<int> _parents;
    private FlatList<int> _names;
    private FlatList<long> _selfs;
    private int[] _slots = new int[256];   // open addressing over (parent, name): node index, 0 = empty (the root is no child)

    /// <summary>An empty tree over names that may be shared with other trees of the same query.</summary>
    public FunctionTree(NameTable names)
    {
        Names = names;
        AddRoot();
    }

    /// <summary>An empty tree with names of its own.</summary>
    public FunctionTree()
        : this(new NameTable())
    {
    }

    /// <summary>The names that <see cref="NameIds"/> refers to.</summary>
    public NameTable Names { get; }

    /// <summary>Number of nodes, the root included.</summary>
    public int Count => _parents.Count;

    /// <summary>Parent of each node; −1 for the root.</summary>
    public ReadOnlySpan<int> Parents => _parents.Span;

    /// <summary>Name of each node; −1 for the root.</summary>
    public ReadOnlySpan<int> NameIds => _names.Span;

    /// <summary>Value that ends at each node. The root's is that of samples without any frame.</summary>
    public Span<long> Selfs => _selfs.Span;

    /// <summary>The child of a node with this name; it is added if it is new.</summary>
    public int Child(int parent, int name)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        var at = (int)XxHash64.Mix((uint)parent, (ulong)(uint)name << 32) & mask;
        for (int node; (node = slots[at]) != 0; at = (at + 1) & mask)
            if (_names[node] == name && _parents[node] == parent) return node;
        return AddNode(parent, name, at);
    }

    /// <summary>The child with this name, or −1.</summary>
    public int FindChild(int parent, int name)
    {
        var mask = _slots.Length - 1;
        for (var at = (int)XxHash64.Mix((uint)parent, (ulong)(uint)name << 32) & mask; _slots[at] != 0; at = (at + 1) & mask)
            if (_names[_slots[at]] == name && _parents[_slots[at]] == parent) return _slots[at];
        return -1;
    }

    /// <summary>Adds a value to a node.</summary>
    public void Add(int node, long value) => _selfs[node] += value;

    /// <summary>Adds a value to the stack whose names are given root first.</summary>
    public void AddStack(ReadOnlySpan<int> namesRootFirst, long value)
    {
        var node = 0;
        foreach (var name in namesRootFirst) node = Child(node, name);
        Add(node, value);
    }

    /// <summary>The total (self and all below) of each node, into <paramref name="totals"/> of length <see cref="Count"/>.</summary>
    public void ComputeTotals(Span<long> totals)
    {
        var selfs = _selfs.Span;
        var parents = _parents.Span;
        selfs.CopyTo(totals);
        for (var node = selfs.Length - 1; node > 0; node--) totals[parents[node]] += totals[node];
    }

    /// <summary>Adds all values of another tree, matching nodes by name.</summary>
    public void Merge(FunctionTree other)
    {
        var map = new int[other.Count];
        var sameNames = ReferenceEquals(other.Names, Names);
        _selfs[0] += other._selfs[0];
        for (var node = 1; node < map.Length; node++)
        {
            var name = other._names[node];
            if (!sameNames) name = Names.Intern(other.Names[name], other.Names.HashOf(name));
            map[node] = Child(map[other._parents[node]], name);
            _selfs[map[node]] += other._selfs[node];
        }
    }

    /// <summary>Forgets all nodes, keeps the memory and the names.</summary>
    public void Clear()
    {
        _parents.Clear();
        _names.Clear();
        _selfs.Clear();
        Array.Clear(_slots);
        AddRoot();
    }

    private void AddRoot()
    {
        _parents.Add(-1);
        _names.Add(-1);
        _selfs.Add(0);
    }

    private int AddNode(int parent, int name, int slot)
    {
        var node = _parents.Count;
        _parents.Add(parent);
        _names.Add(name);
        _selfs.Add(0);
        _slots[slot] = node;
        if (node * 2 > _slots.Length) Rehash();
        return node;
    }

    private void Rehash()
    {
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)_parents.Count * 4)];
        var mask = _slots.Length - 1;
        for (var node = 1; node < _parents.Count; node++)
        {
            var at = (int)XxHash64.Mix((uint)_parents[node], (ulong)(uint)_names[node] << 32) & mask;
            while (_slots[at] != 0) at = (at + 1) & mask;
            _slots[at] = node;
        }
    }
}
