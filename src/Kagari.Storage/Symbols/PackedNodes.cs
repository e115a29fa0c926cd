using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The nodes of a stack trie as bytes: three or four for each where a <see cref="StackNode"/> takes eight.</summary>
/// <remarks>
/// Flame graphs need only the tree of functions; stacks with their lines are for exports, and are unpacked for each.
/// <code>
/// node − parent (varint) | location (varint) | …   node 0, the root, is not there
/// </code>
/// </remarks>
internal sealed class PackedNodes
{
    private FlatList<byte> _bytes;

    /// <summary>How many nodes there are, the root included.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _bytes.Capacity;

    /// <summary>Appends the next nodes.</summary>
    public void Add(ReadOnlySpan<StackNode> nodes)
    {
        foreach (ref readonly var node in nodes)
        {
            _bytes.AddVarint(Count++ - node.Parent);
            _bytes.AddVarint(node.Location);
        }
    }

    /// <summary>The nodes as they are now, to be unpacked later and beside a writer.</summary>
    public Func<StackNode[]> View()
    {
        var (bytes, count) = (_bytes.Memory, Count);
        return () => Unpack(bytes.Span, count);
    }

    private static StackNode[] Unpack(ReadOnlySpan<byte> bytes, int count)
    {
        var nodes = new StackNode[count];
        nodes[0] = new StackNode(-1, -1);
        var cursor = new ByteCursor(bytes);
        for (var i = 1; i < count; i++) nodes[i] = new StackNode(i - cursor.ReadInt32(), cursor.ReadInt32());
        return nodes;
    }
}
