using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The tree section: the function tree in preorder.</summary>
/// <remarks>
/// <code>
/// nodes (the root included) | pops x (nodes − 1) | name rank x (nodes − 1) | stacks x nodes
/// </code>
/// A pop says how many levels to go up from the node before until the parent: 0 makes a first child.
/// </remarks>
internal static class TreeCodec
{
    public static void Encode(BlockSymbols symbols, ref FlatList<byte> output)
    {
        var count = symbols.TreeParents.Length;
        output.AddVarint(count);
        var depths = new int[count];
        for (var node = 1; node < count; node++)
        {
            depths[node] = depths[symbols.TreeParents[node]] + 1;
            output.AddVarint(depths[node - 1] + 1 - depths[node]);
        }
        for (var node = 1; node < count; node++) output.AddVarint(symbols.TreeNames[node]);
        for (var node = 0; node < count; node++) output.AddVarint(symbols.FirstStacks[node + 1] - symbols.FirstStacks[node]);
    }

    /// <summary>Reads the tree; null where it is damaged.</summary>
    public static BlockTree? TryDecode(ReadOnlySpan<byte> bytes, int nameCount, int stackCount)
    {
        var cursor = new ByteCursor(bytes);
        var count = cursor.ReadInt32(cursor.Remaining);
        if (cursor.Failed || count < 1) return null;
        var (parents, names, nodeOfStack) = (new int[count], new int[count], new int[stackCount]);
        parents[0] = names[0] = -1;
        for (var node = 1; node < count; node++)
        {
            var parent = node - 1;
            for (var pops = cursor.ReadInt32(); pops > 0 && parent >= 0; pops--) parent = parents[parent];
            if (parent < 0 || cursor.Failed) return null;
            parents[node] = parent;
        }
        for (var node = 1; node < count; node++) names[node] = cursor.ReadInt32(nameCount - 1);
        var next = 0;
        for (var node = 0; node < count; node++)
        {
            var stacks = cursor.ReadInt32(stackCount - next);
            nodeOfStack.AsSpan(next, stacks).Fill(node);
            next += stacks;
        }
        return cursor.Failed || !cursor.AtEnd || next != stackCount ? null : new BlockTree(parents, names, nodeOfStack);
    }
}

/// <summary>The function tree of a block's dataset, and the tree node of each stack.</summary>
internal sealed record BlockTree(int[] Parents, int[] Names, int[] NodeOfStack);
