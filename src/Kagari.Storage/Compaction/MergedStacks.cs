using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The stacks of a new dataset while sources bring them: function tree, and the stacks that end at its nodes.</summary>
/// <remarks>
/// Sources have their function tree ready, so a stack costs one look-up of its tree node and mostly one comparison: a
/// node has few stacks (the same functions on other lines), which stand in a list. Looking up the stack itself in a
/// table, and its functions in another, took twice the time. Reused; not thread safe.
/// </remarks>
internal sealed class MergedStacks
{
    private FlatList<int> _firstOfNode;     // by tree node: stack + 1, 0 = none
    private FlatList<int> _nextOfNode;      // by stack: the next stack of its node + 1
    private bool _hasIndex;

    /// <summary>Stacks: parent and location in <see cref="Symbols"/>; stack 0 is the empty one.</summary>
    public FlatList<StackNode> Nodes;

    /// <summary>Node of <see cref="Tree"/> of each stack.</summary>
    public FlatList<int> TreeNodes;

    public MergedStacks()
    {
        Tree = new FunctionTree(Symbols.Strings);
        Clear();
    }

    /// <summary>Strings, functions, locations; its own trie is not used.</summary>
    public SymbolTable Symbols { get; } = new();

    /// <summary>Stacks by function name only; names are those of <see cref="Symbols"/>.</summary>
    public FunctionTree Tree { get; }

    public long MemoryBytes => Symbols.MemoryBytes + Tree.MemoryBytes + (8L * Nodes.Capacity) + (4L * (TreeNodes.Capacity + _firstOfNode.Capacity + _nextOfNode.Capacity));

    /// <summary>Bytes in use: what <see cref="MemoryBytes"/> would be without memory kept from larger datasets.</summary>
    public long UsedBytes => (64L * Nodes.Count) + (24L * Tree.Count) + (120L * Symbols.Locations.Count) + (120L * Symbols.Strings.Count) + (64L * Symbols.Functions.Count);

    public void Clear()
    {
        Symbols.Clear();
        Tree.Clear();
        Nodes.Clear();
        TreeNodes.Clear();
        _firstOfNode.Clear();
        _nextOfNode.Clear();
        Nodes.Add(new StackNode(-1, -1));
        TreeNodes.Add(0);
        _firstOfNode.Add(1);
        _nextOfNode.Add(0);
        _hasIndex = true;
    }

    /// <summary>Adds the used stacks of a source; returns the number here of each, −1 where it is not used.</summary>
    public int[] Add(DatasetView view, SymbolView symbols, bool[] used)
    {
        var nodes = symbols.Nodes.Span;
        var locations = symbols.Locations.Span;
        for (var stack = nodes.Length - 1; stack > 0; stack--)
            if (used[stack]) used[nodes[stack].Parent] = true;
        var nodeMap = AddTree(view, used);
        var treeNodes = view.TreeNodes.Span;
        var moved = new SymbolMaps(symbols);
        var map = new int[nodes.Length];
        for (var stack = 1; stack < nodes.Length; stack++)
        {
            var (parent, location) = (nodes[stack].Parent, nodes[stack].Location);
            if (!used[stack]) map[stack] = -1;
            // A frame without a line names nothing; what it carries belongs to its caller.
            else if (locations[location].LineCount == 0) map[stack] = map[parent];
            else map[stack] = Intern(nodeMap[treeNodes[stack]], map[parent], moved.Location(Symbols, location));
        }
        return map;
    }

    /// <summary>Adds the used stacks of a source by function name only.</summary>
    public int[] AddFunctions(DatasetView view, bool[] used)
    {
        var nodeMap = AddTree(view, used);
        // Stacks and tree nodes are the same here: one location per name, one stack per node.
        var empty = Symbols.Strings.Intern([]);
        for (var node = Nodes.Count; node < Tree.Count; node++)
        {
            var function = Symbols.InternFunction(new FunctionRow(Tree.NameIds[node], empty, empty, 0, IsAddress: false));
            Nodes.Add(new StackNode(Tree.Parents[node], Symbols.InternLocation(-1, 0, [new LineRow(function, 0, 0)])));
            TreeNodes.Add(node);
        }
        var map = new int[used.Length];
        for (var stack = 0; stack < map.Length; stack++) map[stack] = used[stack] ? nodeMap[view.TreeNodes.Span[stack]] : -1;
        return map;
    }

    /// <summary>Adds the nodes of the tree that used stacks need; returns the number here of each.</summary>
    private int[] AddTree(DatasetView view, bool[] used)
    {
        var parents = view.Tree.Parents.Span;
        var names = view.Tree.Names.Span;
        var treeNodes = view.TreeNodes.Span;
        var usedNodes = new bool[parents.Length];
        for (var stack = 0; stack < used.Length; stack++)
            if (used[stack]) usedNodes[treeNodes[stack]] = true;
        for (var node = parents.Length - 1; node > 0; node--)
            if (usedNodes[node]) usedNodes[parents[node]] = true;
        var nameMap = new int[view.Names.Ends.Length];
        for (var node = 1; node < parents.Length; node++)
            if (usedNodes[node]) nameMap[names[node]] = 1;
        // In the order of the source, whose names are sorted and much like those of the source before.
        var last = -1;
        for (var name = 0; name < nameMap.Length; name++)
            if (nameMap[name] != 0) nameMap[name] = last = Symbols.Strings.Intern(view.Names[name], view.Names.Hashes.Span[name], last + 1);
        var map = new int[parents.Length];
        // The first source has no node twice: nothing is looked up, and most datasets have no second one.
        if (Tree.Count == 1)
        {
            for (var node = 1; node < parents.Length; node++)
                if (usedNodes[node]) map[node] = Tree.Append(map[parents[node]], nameMap[names[node]]);
            _hasIndex = false;
            return map;
        }
        if (!_hasIndex) Tree.RestoreIndex();
        _hasIndex = true;
        var near = 0;
        for (var node = 1; node < parents.Length; node++)
            if (usedNodes[node]) map[node] = near = Tree.Child(map[parents[node]], nameMap[names[node]], near + 1);
        return map;
    }

    private int Intern(int treeNode, int parent, int location)
    {
        if (_firstOfNode.Count < Tree.Count) _firstOfNode.Resize(Tree.Count);
        ref var slot = ref _firstOfNode[treeNode];
        while (slot != 0)
        {
            ref readonly var node = ref Nodes[slot - 1];
            if (node.Parent == parent && node.Location == location) return slot - 1;
            slot = ref _nextOfNode[slot - 1];
        }
        slot = Nodes.Count + 1;
        Nodes.Add(new StackNode(parent, location));
        TreeNodes.Add(treeNode);
        _nextOfNode.Add(0);
        return Nodes.Count - 1;
    }
}
