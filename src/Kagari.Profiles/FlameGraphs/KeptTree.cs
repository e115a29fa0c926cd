using System.Buffers;

namespace Kagari.Profiles;

/// <summary>The nodes of a tree that a view draws: truncated, ordered, numbered level by level.</summary>
/// <remarks>
/// <code>
/// index    0      1  2  3      4  5  6 …         breadth first, children of one parent side by side:
/// node    root    a  c other   b  x other        children of k are FirstChild[k] .. FirstChild[k + 1]
/// </code>
/// Invariant: parents precede children, as in <see cref="FunctionTree"/>. What truncation cuts off a node is one
/// child <see cref="Other"/> at the end of its children. Cost: linear in the nodes of the tree, and a sort of the
/// distinct names that are kept. Arrays are rented; dispose once.
/// </remarks>
internal sealed class KeptTree : IDisposable
{
    /// <summary>In place of a node: the sum of children that are not drawn.</summary>
    public const int Other = -1;

    private readonly int[] _nodes;
    private readonly int[] _firstChildren;
    private readonly int[] _nameSlots;
    private readonly int[] _slotNames;

    private KeptTree(int capacity, int slots)
    {
        _nodes = ArrayPool<int>.Shared.Rent(capacity);
        _firstChildren = ArrayPool<int>.Shared.Rent(capacity + 1);
        _nameSlots = ArrayPool<int>.Shared.Rent(capacity);
        _slotNames = ArrayPool<int>.Shared.Rent(slots);
    }

    /// <summary>How many nodes are drawn, the root and the sums included.</summary>
    public int Count { get; private set; }

    /// <summary>How many names are drawn: <see cref="NameSlots"/> are below this.</summary>
    public int NameCount { get; private set; }

    /// <summary>Node of the tree per drawn node, or <see cref="Other"/>.</summary>
    public ReadOnlySpan<int> Nodes => _nodes.AsSpan(0, Count);

    /// <summary>Where each node's children start; one longer than the nodes.</summary>
    public ReadOnlySpan<int> FirstChild => _firstChildren.AsSpan(0, Count + 1);

    /// <summary>Dense number of each node's name, in order of names; −1 for the root and for <see cref="Other"/>.</summary>
    public ReadOnlySpan<int> NameSlots => _nameSlots.AsSpan(0, Count);

    /// <summary>Name id per dense number.</summary>
    public ReadOnlySpan<int> SlotNames => _slotNames.AsSpan(0, NameCount);

    /// <summary>Chooses and orders the nodes.</summary>
    /// <param name="tree">The tree; not kept.</param>
    /// <param name="totals">What truncation compares, per node of the tree.</param>
    /// <param name="totalMin">Nodes below this are summed; nodes of 0 are never drawn.</param>
    /// <param name="sumsOthers">Whether children already named <c>other</c> join the sum whatever their size.</param>
    public static KeptTree Build(FunctionTree tree, ReadOnlySpan<long> totals, long totalMin, bool sumsOthers)
    {
        var parents = tree.Parents;
        var names = tree.NameIds;
        var count = parents.Length;
        if (!sumsOthers || !tree.Names.TryFind(OtherName, out var otherId)) otherId = -1;
        var starts = ArrayPool<int>.Shared.Rent(count + 1);   // Step 1: children kept per node; then where they start
        var flags = ArrayPool<byte>.Shared.Rent(count);
        var children = ArrayPool<int>.Shared.Rent(count);
        var slots = ArrayPool<int>.Shared.Rent(tree.Names.Count + 1);   // name id → dense number + 1, 0 = not drawn
        starts.AsSpan(0, count + 1).Clear();
        slots.AsSpan(0, tree.Names.Count).Clear();

        // Step 1: one forward pass decides about each node; a parent is decided before its children.
        flags[0] = Kept;
        int kept = 1, sums = 0, distinct = 0;
        for (var node = 1; node < count; node++)
        {
            flags[node] = 0;
            var parent = parents[node];
            if ((flags[parent] & Kept) == 0 || totals[node] == 0) continue;
            if (totals[node] >= totalMin && names[node] != otherId)
            {
                flags[node] = Kept;
                starts[parent]++;
                kept++;
                if (slots[names[node]] == 0) slots[names[node]] = ++distinct;
            }
            else if ((flags[parent] & HasOther) == 0)
            {
                flags[parent] |= HasOther;
                sums++;
            }
        }

        var result = new KeptTree(kept + sums, Math.Max(distinct, 1));
        result.OrderNames(tree, slots, distinct);
        OrderChildren(tree, flags, slots, distinct, starts, children, kept);
        result.Number(tree, flags, slots, starts, children);

        ArrayPool<int>.Shared.Return(starts);
        ArrayPool<byte>.Shared.Return(flags);
        ArrayPool<int>.Shared.Return(children);
        ArrayPool<int>.Shared.Return(slots);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_nodes);
        ArrayPool<int>.Shared.Return(_firstChildren);
        ArrayPool<int>.Shared.Return(_nameSlots);
        ArrayPool<int>.Shared.Return(_slotNames);
    }

    /// <summary>The name of the sum of what is not drawn.</summary>
    public static ReadOnlySpan<byte> OtherName => "other"u8;

    private const byte Kept = 1, HasOther = 2;

    /// <summary>Step 2: the dense numbers of names become their order.</summary>
    private void OrderNames(FunctionTree tree, Span<int> slots, int distinct)
    {
        NameCount = distinct;
        for (var name = 0; name < tree.Names.Count; name++)
            if (slots[name] > 0) _slotNames[slots[name] - 1] = name;
        NameOrder.Sort(_slotNames.AsSpan(0, distinct), tree.Names);
        for (var slot = 0; slot < distinct; slot++) slots[_slotNames[slot]] = slot + 1;
    }

    /// <summary>Step 3: counting sort by name, then by parent. Both are stable, so children end up in order of names.</summary>
    private static void OrderChildren(
        FunctionTree tree, ReadOnlySpan<byte> flags, ReadOnlySpan<int> slots, int distinct, Span<int> starts, Span<int> children, int kept)
    {
        var parents = tree.Parents;
        var names = tree.NameIds;
        var byName = ArrayPool<int>.Shared.Rent(kept);
        var nameStarts = ArrayPool<int>.Shared.Rent(distinct + 2);
        nameStarts.AsSpan(0, distinct + 2).Clear();
        for (var node = 1; node < parents.Length; node++)
            if ((flags[node] & Kept) != 0) nameStarts[slots[names[node]] + 1]++;
        for (var slot = 2; slot <= distinct + 1; slot++) nameStarts[slot] += nameStarts[slot - 1];
        for (var node = 1; node < parents.Length; node++)
            if ((flags[node] & Kept) != 0) byName[nameStarts[slots[names[node]]]++] = node;

        // starts[n] becomes the end of n's children, and counts down to their start while they are placed from the back.
        for (int node = 0, sum = 0; node <= parents.Length; node++) starts[node] = node < parents.Length ? sum += starts[node] : sum;
        for (var i = kept - 2; i >= 0; i--) children[--starts[parents[byName[i]]]] = byName[i];
        ArrayPool<int>.Shared.Return(byName);
        ArrayPool<int>.Shared.Return(nameStarts);
    }

    /// <summary>Step 4: breadth-first numbers.</summary>
    private void Number(
        FunctionTree tree, ReadOnlySpan<byte> flags, ReadOnlySpan<int> slots, ReadOnlySpan<int> starts, ReadOnlySpan<int> children)
    {
        var names = tree.NameIds;
        _nodes[0] = 0;
        _nameSlots[0] = -1;
        var end = 1;
        for (var at = 0; at < end; at++)
        {
            _firstChildren[at] = end;
            var node = _nodes[at];
            if (node == Other) continue;
            foreach (var child in children[starts[node]..starts[node + 1]])
            {
                _nodes[end] = child;
                _nameSlots[end++] = slots[names[child]] - 1;
            }
            if ((flags[node] & HasOther) == 0) continue;
            _nodes[end] = Other;
            _nameSlots[end++] = -1;
        }
        _firstChildren[end] = end;
        Count = end;
    }
}
