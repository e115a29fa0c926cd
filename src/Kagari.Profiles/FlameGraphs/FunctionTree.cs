using System.Runtime.CompilerServices;

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
    private PairIndex<Rows> _children;

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

    /// <summary><see cref="Parents"/> as they are now, for readers beside a writer.</summary>
    public ReadOnlyMemory<int> ParentsMemory => _parents.Memory;

    /// <summary><see cref="NameIds"/> as they are now, for readers beside a writer.</summary>
    public ReadOnlyMemory<int> NameIdsMemory => _names.Memory;

    /// <summary>Value that ends at each node. The root's is that of samples without any frame.</summary>
    public Span<long> Selfs
    {
        get
        {
            // Trees that only say what there is, as those of chains, never pay for values.
            if (_selfs.Count < _parents.Count) _selfs.Resize(_parents.Count);
            return _selfs.Span;
        }
    }

    /// <summary>Bytes of memory held, without the names.</summary>
    public long MemoryBytes => (4L * _parents.Capacity) + (4L * _names.Capacity) + (8L * _selfs.Capacity) + _children.MemoryBytes;

    /// <summary>The child of a node with this name; it is added if it is new.</summary>
    public int Child(int parent, int name)
    {
        var node = _children.Find(new Rows(this), parent, name);
        if (node >= 0) return node;
        node = _parents.Count;
        _parents.Add(parent);
        _names.Add(name);
        _children.Add(new Rows(this), node);
        return node;
    }

    /// <summary>The same, where the child is probably node <paramref name="guess"/>.</summary>
    /// <remarks>Trees in preorder that resemble each other go through each other node by node: the next node is mostly right, and no table is asked.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Child(int parent, int name, int guess) =>
        (uint)guess < (uint)_parents.Count && _parents[guess] == parent && _names[guess] == name ? guess : Child(parent, name);

    /// <summary>Adds a child that is surely new; it cannot be found before <see cref="RestoreIndex"/>.</summary>
    public int Append(int parent, int name)
    {
        _parents.Add(parent);
        _names.Add(name);
        return _parents.Count - 1;
    }

    /// <summary>The child with this name, or −1.</summary>
    public int FindChild(int parent, int name) => _children.Find(new Rows(this), parent, name);

    /// <summary>Adds a value to a node.</summary>
    public void Add(int node, long value)
    {
        ref var self = ref Selfs[node];
        self = Saturating.Add(self, value);
    }

    /// <summary>A tree of the same nodes and names with no more memory than they need: for keeping what was built in reused memory.</summary>
    public FunctionTree Copy()
    {
        var copy = new FunctionTree(Names.Copy());
        copy._parents.Clear();
        copy._names.Clear();
        copy._parents.AddRange(_parents.Span);
        copy._names.AddRange(_names.Span);
        copy._selfs.AddRange(Selfs);
        copy._children.Rebuild(new Rows(copy), 1, copy._parents.Count);
        return copy;
    }

    /// <summary>Gives the memory for finding children back; <see cref="RestoreIndex"/> must come before the next child is looked for.</summary>
    public void ReleaseIndex() => _children.Release();

    /// <summary>Makes children findable after <see cref="ReleaseIndex"/>.</summary>
    public void RestoreIndex() => _children.Rebuild(new Rows(this), 1, _parents.Count);

    /// <summary>Adds a value to the stack whose names are given root first.</summary>
    public void AddStack(ReadOnlySpan<int> namesRootFirst, long value)
    {
        var node = 0;
        foreach (var name in namesRootFirst) node = Child(node, name);
        Add(node, value);
    }

    /// <summary>The total (self and all below) of each node, into <paramref name="totals"/> of length <see cref="Count"/>.</summary>
    /// <remarks>A total beyond 64 bits is the largest that they hold.</remarks>
    public void ComputeTotals(Span<long> totals)
    {
        var selfs = Selfs;
        var parents = _parents.Span;
        selfs.CopyTo(totals);
        for (var node = selfs.Length - 1; node > 0; node--) totals[parents[node]] = Saturating.Add(totals[parents[node]], totals[node]);
    }

    /// <summary>The node that these names lead to from the root, or −1; no names lead to the root itself.</summary>
    public int FindPath(IEnumerable<string> namesRootFirst)
    {
        var node = 0;
        foreach (var text in namesRootFirst)
        {
            if (!Names.TryFind(System.Text.Encoding.UTF8.GetBytes(text), out var name)) return -1;
            node = FindChild(node, name);
            if (node < 0) return -1;
        }
        return node;
    }

    /// <summary>What lies under a node as a tree of its own over the same names; the node becomes its root.</summary>
    public FunctionTree Subtree(int root)
    {
        if (root == 0) return this;
        var subtree = new FunctionTree(Names);
        var map = new int[Count];   // node of the subtree, + 1
        map[root] = 1;
        subtree.Add(0, Selfs[root]);
        for (var node = root + 1; node < map.Length; node++)
        {
            if (map[_parents[node]] == 0) continue;
            var copy = subtree.Child(map[_parents[node]] - 1, _names[node]);
            subtree.Add(copy, Selfs[node]);
            map[node] = copy + 1;
        }
        return subtree;
    }

    /// <summary>Adds all values of another tree, matching nodes by name.</summary>
    public void Merge(FunctionTree other)
    {
        var map = new int[other.Count];
        var sameNames = ReferenceEquals(other.Names, Names);
        Add(0, other.Selfs[0]);
        for (var node = 1; node < map.Length; node++)
        {
            var name = other._names[node];
            if (!sameNames) name = Names.Intern(other.Names[name], other.Names.HashOf(name));
            map[node] = Child(map[other._parents[node]], name);
            Add(map[node], other._selfs[node]);
        }
    }

    /// <summary>Forgets all nodes, keeps the memory and the names.</summary>
    public void Clear()
    {
        _parents.Clear();
        _names.Clear();
        _selfs.Clear();
        _children.Clear();
        AddRoot();
    }

    private void AddRoot()
    {
        _parents.Add(-1);
        _names.Add(-1);
    }

    private readonly struct Rows(FunctionTree tree) : IPairRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsAt(int row, int first, int second) => tree._names[row] == second && tree._parents[row] == first;

        public (int First, int Second) PairAt(int row) => (tree._parents[row], tree._names[row]);
    }
}
