using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Self and total of every function of a block, over all its services, by profile type.</summary>
/// <remarks>
/// <code>
/// names   front-coded
/// types   count | each: type of the block, functions | gaps of name ranks | selfs | totals
/// </code>
/// A function's total counts a stack once, however often the function is on it. Sums add up over blocks, so the
/// greatest functions of a whole system need one section per block.
/// </remarks>
internal sealed class FunctionSums
{
    private readonly NameTable _names = new();
    private readonly SortedDictionary<int, Sums> _types = [];

    private sealed class Sums
    {
        public FlatList<long> Selfs, Totals;
    }

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _names.MemoryBytes + _types.Values.Sum(t => 8L * (t.Selfs.Capacity + t.Totals.Capacity));

    /// <summary>Names by id.</summary>
    public NameTable Names => _names;

    /// <summary>The profile types that have sums.</summary>
    public IEnumerable<int> Types => _types.Keys;

    public ReadOnlySpan<long> SelfsOf(int type) => Sized(type).Selfs.Span;

    public ReadOnlySpan<long> TotalsOf(int type) => Sized(type).Totals.Span;

    /// <summary>Adds what ends at each stack of a dataset.</summary>
    public void Add(int type, BlockSymbols symbols, ReadOnlySpan<long> stackSums)
    {
        // Step 1: from stacks to nodes of the tree, then up: parents come first, so one reverse pass.
        var parents = symbols.TreeParents;
        var selfs = new long[parents.Length];
        var totals = new long[parents.Length];
        for (var node = 0; node < parents.Length; node++)
            for (var stack = symbols.FirstStacks[node]; stack < symbols.FirstStacks[node + 1]; stack++) selfs[node] = Saturating.Add(selfs[node], stackSums[stack]);
        selfs.CopyTo(totals, 0);
        for (var node = parents.Length - 1; node > 0; node--) totals[parents[node]] = Saturating.Add(totals[parents[node]], totals[node]);

        // Step 2: down in preorder, with the names that are open; only the outermost of equal names counts into the total.
        var ids = new int[symbols.Names.Length];
        for (var rank = 0; rank < ids.Length; rank++)
        {
            var name = symbols.Names[rank];
            ids[rank] = _names.Intern(symbols.Table.Strings[name], symbols.Table.Strings.HashOf(name));
        }
        var sums = Sized(type);
        var open = new int[symbols.Names.Length];
        var path = new FlatList<int>();
        path.Add(0);
        for (var node = 1; node < parents.Length; node++)
        {
            while (path[path.Count - 1] != parents[node])
            {
                open[symbols.TreeNames[path[path.Count - 1]]]--;
                path.Truncate(path.Count - 1);
            }
            path.Add(node);
            var rank = symbols.TreeNames[node];
            if (open[rank]++ == 0) sums.Totals[ids[rank]] = Saturating.Add(sums.Totals[ids[rank]], totals[node]);
            sums.Selfs[ids[rank]] = Saturating.Add(sums.Selfs[ids[rank]], selfs[node]);
        }
    }

    public void Encode(ref FlatList<byte> output)
    {
        var order = Enumerable.Range(0, _names.Count).ToArray();
        Array.Sort(order, (a, b) => _names[a].SequenceCompareTo(_names[b]));
        FrontCoding.Encode(order.Length, i => _names[order[i]], ref output);
        output.AddVarint(_types.Count);
        foreach (var type in _types.Keys)
        {
            var sums = Sized(type);
            var ranks = Enumerable.Range(0, order.Length).Where(rank => sums.Totals[order[rank]] != 0).ToArray();
            output.AddVarint(type);
            output.AddVarint(ranks.Length);
            var last = 0;
            foreach (var rank in ranks)
            {
                output.AddVarint(rank - last);
                last = rank;
            }
            foreach (var rank in ranks) output.AddVarint((ulong)sums.Selfs[order[rank]]);
            foreach (var rank in ranks) output.AddVarint((ulong)sums.Totals[order[rank]]);
        }
    }

    /// <summary>Reads the section; null where it is damaged.</summary>
    public static FunctionSums? TryDecode(ReadOnlySpan<byte> bytes, int typeCount)
    {
        var cursor = new ByteCursor(bytes);
        var (text, ends) = (new FlatList<byte>(), new FlatList<int>());
        FrontCoding.Decode(ref cursor, ref text, ref ends, Array.MaxLength);
        var functions = new FunctionSums();
        for (var i = 0; i < ends.Count && !cursor.Failed; i++)
            if (functions._names.Intern(text.Span[(i == 0 ? 0 : ends[i - 1])..ends[i]]) != i) return null;
        for (var types = cursor.ReadInt32(cursor.Remaining); types > 0 && !cursor.Failed; types--)
        {
            var type = cursor.ReadInt32(typeCount - 1);
            var count = cursor.ReadInt32(cursor.Remaining / 3);
            if (cursor.Failed || functions._types.ContainsKey(type)) return null;
            var ranks = new int[count];
            var rank = 0L;
            foreach (ref var slot in ranks.AsSpan())
            {
                rank += cursor.ReadInt32();
                if (rank >= ends.Count) return null;
                slot = (int)rank;
            }
            var sums = functions.Sized(type);
            foreach (var at in ranks) sums.Selfs[at] = (long)(cursor.ReadVarint() & long.MaxValue);
            foreach (var at in ranks) sums.Totals[at] = (long)(cursor.ReadVarint() & long.MaxValue);
        }
        return cursor.Failed || !cursor.AtEnd ? null : functions;
    }

    private Sums Sized(int type)
    {
        if (!_types.TryGetValue(type, out var sums)) _types.Add(type, sums = new Sums());
        if (sums.Selfs.Count < _names.Count) sums.Selfs.Resize(_names.Count);
        if (sums.Totals.Count < _names.Count) sums.Totals.Resize(_names.Count);
        return sums;
    }
}
