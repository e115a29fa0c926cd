using System.Buffers;

namespace Kagari.Profiles;

/// <summary>The binary tree of the query API: nodes in pre-order from a nameless root.</summary>
/// <remarks>
/// Peer: wire reference §5.6; drawn in docs/formats/text-formats.md. One node: uvarint length of the name, name,
/// uvarint self, uvarint number of children; then the children. The peer writes the last child of its flame graph
/// first, so <c>other</c> and then names in descending order; so do we, and readers need no order.
/// </remarks>
public static class TreeBytes
{
    /// <summary>Writes a tree.</summary>
    /// <param name="tree">Exact; values are 0 or more. Not changed.</param>
    /// <param name="maxNodes">As in <see cref="FlameGraph.Build"/>; 0: all.</param>
    /// <param name="output">Gets the bytes; an empty tree is one nameless node.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNodes"/> is negative.</exception>
    public static void Write(FunctionTree tree, int maxNodes, IBufferWriter<byte> output)
    {
        var totals = ArrayPool<long>.Shared.Rent(tree.Count);
        tree.ComputeTotals(totals.AsSpan(0, tree.Count));
        var totalMin = Truncation.TotalMin(totals.AsSpan(0, tree.Count), maxNodes);
        using var kept = KeptTree.Build(tree, totals.AsSpan(0, tree.Count), totalMin, sumsOthers: true);
        var writer = new WireWriter(output);
        var open = new Stack<(int Node, long OtherValue)>();
        open.Push((0, 0));
        while (open.TryPop(out var at))
        {
            var (node, otherValue) = at;
            var source = kept.Nodes[node];
            var isOther = source == KeptTree.Other;
            var name = isOther ? KeptTree.OtherName : node == 0 ? default : tree.Names[tree.NameIds[source]];
            var first = kept.FirstChild[node];
            var end = kept.FirstChild[node + 1];
            writer.Reserve(WireWriter.VarintBytesMax);
            writer.Varint((uint)name.Length);
            writer.Bytes(name);
            writer.Reserve(2 * WireWriter.VarintBytesMax);
            writer.Varint((ulong)(isOther ? otherValue : tree.Selfs[source]));
            writer.Varint((uint)(end - first));
            if (first == end) continue;

            // The last child is the sum of what is not drawn, if there is one; it is what the others leave.
            var rest = totals[source] - tree.Selfs[source];
            for (var child = first; child < end; child++)
                if (kept.Nodes[child] != KeptTree.Other) rest -= totals[kept.Nodes[child]];
            for (var child = first; child < end; child++) open.Push((child, rest));
        }
        writer.Flush();
        ArrayPool<long>.Shared.Return(totals);
    }

    /// <summary>Adds the stacks of such bytes to a tree. Total: any bytes give a tree or an error.</summary>
    /// <param name="bytes">No bytes are an empty tree, as the peer answers where there is no data.</param>
    /// <param name="into">On failure some stacks may have been added.</param>
    /// <param name="limits">Values beyond the depth limit go to their last kept ancestor; the other bounds refuse.</param>
    /// <param name="error">Names the byte.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, FunctionTree into, DecodeLimits limits, out ProfileError error)
    {
        var total = 0L;
        var path = default(FlatList<int>);   // nodes from the root, which is no element
        var nodes = new PreorderCursor(bytes, limits, "tree");
        var rootFrames = 0;
        while (nodes.Next(out var depth, out var name, out var self))
        {
            if (depth == 0) rootFrames = name.IsEmpty ? 0 : 1;
            var frames = depth + rootFrames;
            if (limits.DepthMax == 0 || frames <= limits.DepthMax)
            {
                path.Truncate(Math.Max(frames - 1, 0));
                if (frames > 0) path.Add(into.Child(Last(path), into.Names.Intern(name)));
            }
            if (self > long.MaxValue - total)
            {
                error = ProfileError.Malformed("tree: the values add up to more than 64 bits hold");
                return false;
            }
            total += self;
            if (self > 0) into.Add(Last(path), self);
        }
        error = nodes.Error;
        return !error.IsError;
    }

    private static int Last(in FlatList<int> path) => path.Count > 0 ? path[path.Count - 1] : 0;
}
