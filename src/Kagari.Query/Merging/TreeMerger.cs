using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Merges the sums of chains into one exact tree of function names.</summary>
internal static class TreeMerger
{
    /// <summary>Adds one dataset. Only nodes with a value below them are looked up, each once.</summary>
    public static void Add(DatasetView view, ReadOnlySpan<long> stackSums, bool[]? mask, FunctionTree target)
    {
        // Step 1: from stacks (with lines) to stacks of functions.
        var treeNodes = view.TreeNodes.Span;
        var parents = view.Tree.Parents.Span;
        var names = view.Tree.Names.Span;
        var selfs = new long[parents.Length];
        var used = new bool[parents.Length];
        for (var node = 0; node < stackSums.Length; node++)
        {
            if (stackSums[node] == 0) continue;
            var at = treeNodes[node];
            if (mask is not null && !mask[at]) continue;
            selfs[at] = Saturating.Add(selfs[at], stackSums[node]);
            used[at] = true;
        }

        // Step 2: parents of what is used; children come later, so one reverse pass reaches the root.
        for (var node = parents.Length - 1; node > 0; node--) used[parents[node]] |= used[node];

        // Step 3: parents before children into the target.
        var nameMap = new int[view.Names.Ends.Length];
        var map = new int[parents.Length];
        if (selfs[0] != 0) target.Add(0, selfs[0]);
        for (var node = 1; node < parents.Length; node++)
        {
            if (!used[node]) continue;
            ref var name = ref nameMap[names[node]];
            if (name == 0) name = target.Names.Intern(view.Names[names[node]], view.Names.Hashes.Span[names[node]]) + 1;
            map[node] = target.Child(map[parents[node]], name - 1);
            if (selfs[node] != 0) target.Add(map[node], selfs[node]);
        }
    }
}
