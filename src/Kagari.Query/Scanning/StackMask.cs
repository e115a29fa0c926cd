using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Which nodes of a dataset's function tree a <see cref="StackFilter"/> lets count.</summary>
/// <remarks>Parents come first in the tree, so one forward pass carries what is known of a path from parent to child.</remarks>
internal static class StackMask
{
    /// <summary>True for each tree node whose path from the root passes; null where all do.</summary>
    public static bool[]? Compute(DatasetView view, StackFilter filter)
    {
        if (!filter.SelectsStacks) return null;
        var parents = view.Tree.Parents.Span;
        var names = view.Tree.Names.Span;
        var mask = new bool[parents.Length];
        Array.Fill(mask, true);
        if (filter.CallSite.Count > 0) ApplyCallSite(view.Names, parents, names, filter.CallSite, mask);
        if (filter.SelectsFrames) ApplyFrames(view.Names, parents, names, filter, mask);
        return mask;
    }

    private static void ApplyCallSite(NameView texts, ReadOnlySpan<int> parents, ReadOnlySpan<int> names, IReadOnlyList<string> site, bool[] mask)
    {
        // How many names of the call site a node's path has matched; −1 once it left it.
        var wanted = site.Select(System.Text.Encoding.UTF8.GetBytes).ToArray();
        var matched = new int[parents.Length];
        mask[0] = false;
        for (var node = 1; node < parents.Length; node++)
        {
            var above = matched[parents[node]];
            matched[node] = above < 0 || above == wanted.Length ? above
                : texts[names[node]].SequenceEqual(wanted[above]) ? above + 1 : -1;
            mask[node] &= matched[node] == wanted.Length;
        }
    }

    private static void ApplyFrames(NameView texts, ReadOnlySpan<int> parents, ReadOnlySpan<int> names, StackFilter filter, bool[] mask)
    {
        // One bit per condition that some frame of the path has met; bit 63 for "excluded".
        const ulong Excluded = 1UL << 63;
        var bitsByName = new Dictionary<int, ulong>();
        var all = (1UL << (filter.IncludeNames.Count + filter.IncludePatterns.Count)) - 1;
        var bits = new ulong[parents.Length];
        mask[0] &= all == 0;
        for (var node = 1; node < parents.Length; node++)
        {
            if (!bitsByName.TryGetValue(names[node], out var own)) bitsByName.Add(names[node], own = BitsOf(texts.GetString(names[node]), filter, Excluded));
            bits[node] = bits[parents[node]] | own;
            mask[node] &= (bits[node] & Excluded) == 0 && (bits[node] & all) == all;
        }
    }

    private static ulong BitsOf(string name, StackFilter filter, ulong excluded)
    {
        ulong bits = 0;
        var bit = 0;
        foreach (var include in filter.IncludeNames)
        {
            if (include == name) bits |= 1UL << bit;
            bit++;
        }
        foreach (var include in filter.IncludePatterns)
        {
            if (include.IsMatch(name)) bits |= 1UL << bit;
            bit++;
        }
        foreach (var exclude in filter.ExcludeNames)
            if (exclude == name) bits |= excluded;
        foreach (var exclude in filter.ExcludePatterns)
            if (exclude.IsMatch(name)) bits |= excluded;
        return bits;
    }
}
