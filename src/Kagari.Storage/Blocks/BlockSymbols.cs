using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The symbols of a dataset in the order of a block.</summary>
/// <remarks>
/// Names are sorted by their bytes. The nodes of the function tree stand in preorder, children by name. The stacks that
/// end at one tree node (the same functions on different lines) are its <i>variants</i> and stand side by side, in the
/// order of the nodes. So a parent comes before its children in both, the tree node of a stack never decreases, a
/// subtree is an interval of both numberings, and equal content has equal numbers whatever order it arrived in.
/// </remarks>
internal sealed class BlockSymbols
{
    private readonly SymbolTable _table;
    private readonly MergedStacks _stacks;
    private int[] _rankOfString = [];

    private BlockSymbols(MergedStacks stacks)
    {
        _stacks = stacks;
        _table = stacks.Symbols;
    }

    public SymbolTable Table => _table;

    /// <summary>String ids of the names of functions, by rank.</summary>
    public int[] Names { get; private set; } = [];

    /// <summary>Parent of each node of the function tree.</summary>
    public int[] TreeParents { get; private set; } = [];

    /// <summary>Rank of the name of each node; −1 for the root.</summary>
    public int[] TreeNames { get; private set; } = [];

    /// <summary>First stack of each node of the tree, and behind the last node the number of stacks.</summary>
    public int[] FirstStacks { get; private set; } = [];

    /// <summary>Parent of each stack.</summary>
    public int[] StackParents { get; private set; } = [];

    /// <summary>Place in <see cref="Locations"/> of the location of each stack; −1 for the root.</summary>
    public int[] StackLocations { get; private set; } = [];

    /// <summary>Location ids of the table: by rank of the innermost function's name, then line.</summary>
    public int[] Locations { get; private set; } = [];

    /// <summary>First place in <see cref="Locations"/> of each name, and behind the last their number.</summary>
    public int[] FirstLocations { get; private set; } = [];

    /// <summary>Function ids of the table, by rank of name.</summary>
    public int[] Functions { get; private set; } = [];

    /// <summary>First place in <see cref="Functions"/> of each name, and behind the last their number.</summary>
    public int[] FirstFunctions { get; private set; } = [];

    /// <summary>Place in <see cref="Functions"/> of each function of the table.</summary>
    public int[] PlaceOfFunction { get; private set; } = [];

    /// <summary>Number in this order of each merged stack.</summary>
    public int[] StackOf { get; private set; } = [];

    /// <summary>How many stacks there are, the empty one included.</summary>
    public int StackCount => StackParents.Length;

    /// <summary>Brings all stacks and symbols in order. Every location must have a line.</summary>
    public static BlockSymbols Order(MergedStacks stacks)
    {
        var symbols = new BlockSymbols(stacks);
        symbols.OrderNames();
        symbols.OrderFunctions();
        symbols.OrderLocations();
        symbols.OrderStacks(symbols.OrderTree());
        return symbols;
    }

    /// <summary>Place of a location's innermost function among the names.</summary>
    public int NameOf(in LocationRow location) => _rankOfString[_table.Functions[_table.LinesOf(location)[0].Function].Name];

    private void OrderNames()
    {
        var strings = _table.Strings;
        _rankOfString = new int[strings.Count];
        var used = new FlatList<int>();
        foreach (var name in _stacks.Tree.NameIds[1..])
        {
            if (_rankOfString[name] != 0) continue;
            _rankOfString[name] = 1;
            used.Add(name);
        }
        Names = used.Span.ToArray();
        Array.Sort(Names, (a, b) => strings[a].SequenceCompareTo(strings[b]));
        for (var rank = 0; rank < Names.Length; rank++) _rankOfString[Names[rank]] = rank;
    }

    // Whole content decides below, so that the order does not depend on the order of arrival.

    private void OrderFunctions()
    {
        FirstFunctions = Bucket(_table.Functions.Count, Names.Length, f => _rankOfString[_table.Functions[f].Name], out var functions);
        Functions = functions;
        SortBuckets(Functions, FirstFunctions, CompareFunctions);
        PlaceOfFunction = Inverse(Functions);
    }

    private int CompareFunctions(int a, int b)
    {
        var strings = _table.Strings;
        var (left, right) = (_table.Functions[a], _table.Functions[b]);
        var order = strings[left.FileName].SequenceCompareTo(strings[right.FileName]);
        if (order == 0) order = left.StartLine.CompareTo(right.StartLine);
        if (order == 0) order = strings[left.SystemName].SequenceCompareTo(strings[right.SystemName]);
        return order != 0 ? order : left.IsAddress.CompareTo(right.IsAddress);
    }

    private void OrderLocations()
    {
        FirstLocations = Bucket(_table.Locations.Count, Names.Length, l => NameOf(_table.Locations[l]), out var locations);
        Locations = locations;
        SortBuckets(Locations, FirstLocations, CompareLocations);
    }

    /// <summary>Items side by side by key; returns where each key's items start.</summary>
    private static int[] Bucket(int count, int keyCount, Func<int, int> keyOf, out int[] items)
    {
        items = new int[count];
        var keys = new int[count];
        for (var i = 0; i < count; i++) keys[i] = keyOf(i);
        var firsts = new int[keyCount + 1];
        foreach (var key in keys) firsts[key + 1]++;
        for (var i = 0; i < keyCount; i++) firsts[i + 1] += firsts[i];
        var next = firsts[..^1];
        for (var i = 0; i < count; i++) items[next[keys[i]]++] = i;
        return firsts;
    }

    /// <summary>A name has few functions and lines, so buckets are small and comparisons few.</summary>
    private static void SortBuckets(int[] items, int[] firsts, Comparison<int> compare)
    {
        for (var key = 0; key + 1 < firsts.Length; key++)
        {
            var bucket = items.AsSpan(firsts[key], firsts[key + 1] - firsts[key]);
            if (bucket.Length > 16) bucket.Sort(compare);
            else if (bucket.Length > 1) InsertionSort(bucket, compare);
        }
    }

    private static void InsertionSort(Span<int> items, Comparison<int> compare)
    {
        for (var i = 1; i < items.Length; i++)
        {
            var item = items[i];
            var at = i;
            for (; at > 0 && compare(items[at - 1], item) > 0; at--) items[at] = items[at - 1];
            items[at] = item;
        }
    }

    private int CompareLocations(int a, int b)
    {
        ref readonly var left = ref _table.Locations[a];
        ref readonly var right = ref _table.Locations[b];
        var leftLines = _table.LinesOf(left);
        var rightLines = _table.LinesOf(right);
        for (var i = 0; i < Math.Min(leftLines.Length, rightLines.Length); i++)
        {
            // The place of a function says its name first, so innermost names come first as they must.
            var order = PlaceOfFunction[leftLines[i].Function].CompareTo(PlaceOfFunction[rightLines[i].Function]);
            if (order == 0) order = leftLines[i].LineNumber.CompareTo(rightLines[i].LineNumber);
            if (order == 0) order = leftLines[i].Column.CompareTo(rightLines[i].Column);
            if (order != 0) return order;
        }
        if (leftLines.Length != rightLines.Length) return leftLines.Length.CompareTo(rightLines.Length);
        if (left.Address != right.Address) return left.Address.CompareTo(right.Address);
        return CompareMappings(left.Mapping, right.Mapping);
    }

    private int CompareMappings(int a, int b)
    {
        if (a < 0 || b < 0 || a == b) return a.CompareTo(b);
        var (left, right, strings) = (_table.Mappings[a], _table.Mappings[b], _table.Strings);
        var order = strings[left.BuildId].SequenceCompareTo(strings[right.BuildId]);
        if (order == 0) order = strings[left.FileName].SequenceCompareTo(strings[right.FileName]);
        if (order == 0) order = left.MemoryStart.CompareTo(right.MemoryStart);
        if (order == 0) order = left.MemoryLimit.CompareTo(right.MemoryLimit);
        if (order == 0) order = left.FileOffset.CompareTo(right.FileOffset);
        return order != 0 ? order : left.Flags.CompareTo(right.Flags);
    }

    /// <summary>Numbers the nodes of the tree in preorder and returns the number of each.</summary>
    private int[] OrderTree()
    {
        var parents = _stacks.Tree.Parents;
        var names = _stacks.Tree.NameIds;
        var count = parents.Length;

        // Step 1: children side by side, by parent, then by name: a counting sort by name, then a stable one by parent.
        var byName = CountingSort(Numbers(count - 1, from: 1), Names.Length, names, _rankOfString);
        var firstChild = new int[count + 1];
        for (var node = 1; node < count; node++) firstChild[parents[node] + 1]++;
        for (var node = 0; node < count; node++) firstChild[node + 1] += firstChild[node];
        var children = new int[count - 1];
        var next = firstChild[..^1];
        foreach (var node in byName) children[next[parents[node]]++] = node;

        // Step 2: preorder with a stack of our own; profiles are deeper than a thread's stack.
        TreeParents = new int[count];
        TreeNames = new int[count];
        var order = new int[count];
        var open = new FlatList<int>();
        open.Add(0);
        for (var number = 0; open.Count > 0; number++)
        {
            var node = open[open.Count - 1];
            open.Truncate(open.Count - 1);
            order[node] = number;
            TreeParents[number] = node == 0 ? -1 : order[parents[node]];
            TreeNames[number] = node == 0 ? -1 : _rankOfString[names[node]];
            for (var child = firstChild[node + 1] - 1; child >= firstChild[node]; child--) open.Add(children[child]);
        }
        return order;
    }

    private void OrderStacks(int[] numberOfTreeNode)
    {
        var nodes = _stacks.Nodes.Span;
        var treeNodes = _stacks.TreeNodes.Span;
        var placeOfLocation = Inverse(Locations);
        FirstStacks = new int[TreeParents.Length + 1];
        foreach (var node in treeNodes) FirstStacks[numberOfTreeNode[node] + 1]++;
        for (var i = 0; i < TreeParents.Length; i++) FirstStacks[i + 1] += FirstStacks[i];
        var stacks = new int[nodes.Length];
        var next = FirstStacks[..^1];
        for (var stack = 0; stack < nodes.Length; stack++) stacks[next[numberOfTreeNode[treeNodes[stack]]]++] = stack;

        StackOf = new int[nodes.Length];
        StackParents = new int[nodes.Length];
        StackLocations = new int[nodes.Length];
        StackParents[0] = StackLocations[0] = -1;
        var keys = new FlatList<long>();
        for (var at = 0; at < TreeParents.Length; at++)
        {
            var variants = stacks.AsSpan(FirstStacks[at], FirstStacks[at + 1] - FirstStacks[at]);
            if (at > 0 && variants.Length > 1)
            {
                // Parents are numbered already: theirs is an earlier node of the tree.
                keys.Clear();
                foreach (var stack in variants) keys.Add(((long)StackOf[nodes[stack].Parent] << 32) | (uint)placeOfLocation[nodes[stack].Location]);
                keys.Span.Sort(variants);
            }
            for (var i = 0; i < variants.Length; i++)
            {
                var (number, stack) = (FirstStacks[at] + i, variants[i]);
                StackOf[stack] = number;
                if (stack == 0) continue;
                StackParents[number] = StackOf[nodes[stack].Parent];
                StackLocations[number] = placeOfLocation[nodes[stack].Location];
            }
        }
    }

    private static int[] CountingSort(int[] items, int keyCount, ReadOnlySpan<int> keyIds, int[] keyOfId)
    {
        var next = new int[keyCount + 1];
        foreach (var item in items) next[keyOfId[keyIds[item]] + 1]++;
        for (var i = 0; i < keyCount; i++) next[i + 1] += next[i];
        var sorted = new int[items.Length];
        foreach (var item in items) sorted[next[keyOfId[keyIds[item]]]++] = item;
        return sorted;
    }

    private static int[] Numbers(int count, int from = 0)
    {
        var numbers = new int[count];
        for (var i = 0; i < count; i++) numbers[i] = from + i;
        return numbers;
    }

    private static int[] Inverse(int[] order)
    {
        var places = new int[order.Length];
        for (var i = 0; i < order.Length; i++) places[order[i]] = i;
        return places;
    }
}
