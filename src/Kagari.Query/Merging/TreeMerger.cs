using System.Buffers;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Turns merged symbols and sums into one exact tree of function names.</summary>
internal static class TreeMerger
{
    /// <summary>Adds one dataset. Only nodes with a value below them are looked up, each once.</summary>
    public static void Add(DatasetView view, ReadOnlySpan<long> stackSums, bool[]? mask, FunctionTree target)
    {
        var parents = view.Tree.Parents.Span;
        var names = view.Tree.Names.Span;
        var selfs = Rent<long>(parents.Length);
        var used = Rent<bool>(parents.Length);
        var map = Rent<int>(parents.Length);
        var nameMap = Rent<int>(view.Names.Ends.Length);

        // Step 1: from stacks (with lines) to stacks of functions.
        var treeNodes = view.TreeNodes.Span;
        for (var stack = 0; stack < stackSums.Length; stack++)
        {
            if (stackSums[stack] == 0) continue;
            var at = treeNodes[stack];
            if (mask is not null && !mask[at]) continue;
            selfs[at] = Saturating.Add(selfs[at], stackSums[stack]);
            used[at] = true;
        }

        // Step 2: parents of what is used; children come later, so one reverse pass reaches the root.
        for (var node = parents.Length - 1; node > 0; node--)
        {
            if (!used[node]) continue;
            used[parents[node]] = true;
            nameMap[names[node]] = 1;
        }

        // Step 3: names, in their order; tables of services resemble each other, so the next one is mostly the next one there.
        var last = -1;
        for (var name = 0; name < view.Names.Ends.Length; name++)
            if (nameMap[name] != 0) nameMap[name] = last = target.Names.Intern(view.Names[name], view.Names.Hashes.Span[name], last + 1);

        // Step 4: parents before children into the target.
        if (selfs[0] != 0) target.Add(0, selfs[0]);
        var near = 0;
        for (var node = 1; node < parents.Length; node++)
        {
            if (!used[node]) continue;
            map[node] = near = target.Child(map[parents[node]], nameMap[names[node]], near + 1);
            if (selfs[node] != 0) target.Add(near, selfs[node]);
        }
        ArrayPool<long>.Shared.Return(selfs);
        ArrayPool<bool>.Shared.Return(used);
        ArrayPool<int>.Shared.Return(map);
        ArrayPool<int>.Shared.Return(nameMap);
    }

    private static T[] Rent<T>(int length)
    {
        var array = ArrayPool<T>.Shared.Rent(length);
        Array.Clear(array, 0, length);
        return array;
    }
}
