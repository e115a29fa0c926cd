using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Merges the sums of datasets into one profile with lines, files and mappings: what a pprof export holds.</summary>
/// <param name="columns">Values of a sample: one for each sample type.</param>
internal sealed class ProfileMerger(int columns = 1)
{
    private readonly SymbolTable _symbols = new();
    private readonly FlatList<long>[] _sums = new FlatList<long>[columns];

    /// <summary>Adds the values of one column of one dataset; one whose symbols are damaged has no lines to export.</summary>
    public void Add(DatasetView view, SymbolView? symbols, ReadOnlySpan<long> nodeSums, bool[]? mask, PgoOptions? pgo, int column = 0)
    {
        if (symbols is null) return;
        ref var sums = ref _sums[column];
        var nodes = symbols.Nodes.Span;
        var treeNodes = view.TreeNodes.Span;
        var used = new bool[nodes.Length];
        for (var node = 0; node < nodeSums.Length; node++) used[node] = nodeSums[node] != 0 && (mask is null || mask[treeNodes[node]]);
        for (var node = nodes.Length - 1; node > 0; node--) used[nodes[node].Parent] |= used[node];

        var maps = new SymbolMaps(symbols);
        var map = new int[nodes.Length];
        for (var node = 1; node < nodes.Length; node++)
        {
            if (!used[node]) continue;
            if (pgo is null) map[node] = _symbols.InternNode(map[nodes[node].Parent], maps.Location(_symbols, nodes[node].Location));
        }
        for (var node = 0; node < nodes.Length; node++)
        {
            if (!used[node] || nodeSums[node] == 0 || (mask is not null && !mask[treeNodes[node]])) continue;
            if (pgo is not null) map[node] = InternForPgo(nodes, node, maps, pgo);
            if (sums.Count < _symbols.Nodes.Count) sums.Resize(_symbols.Nodes.Count);
            sums[map[node]] = Saturating.Add(sums[map[node]], nodeSums[node]);
        }
    }

    /// <summary>The merged profile; values are those of <paramref name="types"/>, one for each column.</summary>
    public FlatProfile ToProfile(IReadOnlyList<ProfileTypeId> types, long timeNanos)
    {
        var profile = new FlatProfile();
        profile.Clear();
        var nodes = _sums.Max(s => s.Count);
        if (nodes == 0) return profile;
        for (var column = 0; column < _sums.Length; column++) _sums[column].Resize(nodes);
        var exporter = new ProfileExporter(_symbols, profile);
        exporter.SetTypes(types, timeNanos);
        for (var node = 0; node < nodes; node++)
        {
            var any = false;
            for (var column = 0; column < _sums.Length; column++) any |= _sums[column][node] != 0;
            if (!any) continue;
            exporter.AddStack(node);
            for (var column = 0; column < _sums.Length; column++) profile.Values.Add(_sums[column][node]);
        }
        return profile;
    }

    /// <summary>Only the frames next to the leaf, and the leaf without its line: what profile-guided optimization of Go reads.</summary>
    private int InternForPgo(ReadOnlySpan<StackNode> nodes, int node, SymbolMaps maps, PgoOptions pgo)
    {
        var stack = new List<int>();
        for (var at = node; at > 0 && (pgo.KeepLocations == 0 || stack.Count < pgo.KeepLocations); at = nodes[at].Parent)
        {
            var location = nodes[at].Location;
            stack.Add(pgo.AggregateCallees && at == node ? maps.LocationWithoutLine(_symbols, location) : maps.Location(_symbols, location));
        }
        return _symbols.InternStack(stack.ToArray());
    }
}

/// <summary>Settings of an export for Go's profile-guided optimization.</summary>
/// <param name="KeepLocations">How many frames from the leaf are kept; 0 = all.</param>
/// <param name="AggregateCallees">Whether the leaf's line is dropped, so that its samples add up per function.</param>
public sealed record PgoOptions(int KeepLocations, bool AggregateCallees);
