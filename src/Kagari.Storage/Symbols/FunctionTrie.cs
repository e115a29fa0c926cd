using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The tree of functions over a stack trie: stacks by function name only, inlined calls expanded.</summary>
internal static class FunctionTrie
{
    /// <summary>Continues <paramref name="tree"/> and the map from stacks to its nodes by the stacks that come next.</summary>
    public static void Extend(SymbolTable symbols, ReadOnlySpan<StackNode> nodes, FunctionTree tree, ref FlatList<int> treeNodes)
    {
        if (treeNodes.Count == 0) treeNodes.Add(0);
        foreach (ref readonly var node in nodes)
        {
            var at = treeNodes[node.Parent];
            // Innermost first in the table; a flame graph shows the outermost call above the inlined ones.
            var lines = symbols.LinesOf(symbols.Locations[node.Location]);
            for (var line = lines.Length - 1; line >= 0; line--) at = tree.Child(at, symbols.Functions[lines[line].Function].Name);
            treeNodes.Add(at);
        }
    }
}
