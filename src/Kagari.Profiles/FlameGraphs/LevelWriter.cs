using System.Buffers;

namespace Kagari.Profiles;

/// <summary>What flame graphs of one and of two sides share: where levels start, and the table of names.</summary>
internal static class LevelWriter
{
    /// <summary>Index of each level's first drawn node, and the number of all nodes last.</summary>
    public static int[] LevelStarts(KeptTree kept)
    {
        var starts = new List<int> { 0 };
        // Breadth-first numbers: the next level starts where the children of this level's first node start.
        for (var first = 0; first < kept.Count; first = kept.FirstChild[first]) starts.Add(kept.FirstChild[first]);
        return [.. starts];
    }

    /// <summary>Writes x, total and self of one side for each node, <paramref name="size"/> numbers apart; x counts from the left edge.</summary>
    /// <remarks>A parent gives its children their x, and what is left of it to the sum of those that are not drawn.</remarks>
    public static void FillValues(
        KeptTree kept, ReadOnlySpan<long> selfs, ReadOnlySpan<long> totals, Span<long> values, int size, out long maxSelf)
    {
        maxSelf = 0;
        values[1] = totals[0];
        values[2] = selfs[0];
        for (var at = 0; at < kept.Count; at++)
        {
            var node = values.Slice(size * at, 3);
            maxSelf = Math.Max(maxSelf, node[2]);
            var x = node[0] + node[2];
            var end = node[0] + node[1];
            for (var child = kept.FirstChild[at]; child < kept.FirstChild[at + 1]; child++)
            {
                var source = kept.Nodes[child];
                var drawn = values.Slice(size * child, 3);
                drawn[0] = x;
                drawn[1] = source == KeptTree.Other ? end - x : totals[source];
                drawn[2] = source == KeptTree.Other ? end - x : selfs[source];
                x += drawn[1];
            }
        }
    }

    /// <summary>Replaces each x by the gap to the end of the node on its left.</summary>
    public static void EncodeGaps(Span<long> values, ReadOnlySpan<int> levelStarts, int size)
    {
        for (var level = 0; level < levelStarts.Length - 1; level++)
        {
            var end = 0L;
            for (var at = levelStarts[level]; at < levelStarts[level + 1]; at++)
            {
                var node = values.Slice(size * at, 3);
                var x = node[0];
                node[0] = x - end;
                end = x + node[1];
            }
        }
    }

    /// <summary>The texts that the graph shows, and the index of each node's text.</summary>
    /// <remarks>
    /// Texts are numbered by a depth-first walk that visits the last child first, as the peer numbers them, so that
    /// answers can be compared byte for byte. The root is <c>total</c>, 0; functions of that name share it.
    /// </remarks>
    public static string[] Names(KeptTree kept, NameTable names, Span<int> nameOfNode)
    {
        var result = new List<string> { "total" };
        // Two slots beyond the names: the sums, unless a drawn function has their name too.
        var otherSlot = SlotOf(kept, names, KeptTree.OtherName, kept.NameCount);
        var indexes = ArrayPool<int>.Shared.Rent(kept.NameCount + 2);
        indexes.AsSpan(0, kept.NameCount + 2).Fill(-1);
        indexes[SlotOf(kept, names, "total"u8, kept.NameCount + 1)] = 0;

        var open = new Stack<int>();
        nameOfNode[0] = 0;
        PushChildren(open, kept, 0);
        while (open.TryPop(out var at))
        {
            var isOther = kept.Nodes[at] == KeptTree.Other;
            ref var index = ref indexes[isOther ? otherSlot : kept.NameSlots[at]];
            if (index < 0)
            {
                index = result.Count;
                result.Add(isOther ? "other" : names.GetString(kept.SlotNames[kept.NameSlots[at]]));
            }
            nameOfNode[at] = index;
            PushChildren(open, kept, at);
        }
        ArrayPool<int>.Shared.Return(indexes);
        return [.. result];
    }

    private static void PushChildren(Stack<int> open, KeptTree kept, int parent)
    {
        for (var child = kept.FirstChild[parent]; child < kept.FirstChild[parent + 1]; child++) open.Push(child);
    }

    private static int SlotOf(KeptTree kept, NameTable names, ReadOnlySpan<byte> text, int absent)
    {
        if (!names.TryFind(text, out var id)) return absent;
        var slot = kept.SlotNames.IndexOf(id);
        return slot < 0 ? absent : slot;
    }
}
