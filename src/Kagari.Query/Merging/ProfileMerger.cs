using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Merges the sums of datasets into one profile with lines, files and mappings: what a pprof export holds.</summary>
internal sealed class ProfileMerger
{
    private readonly SymbolTable _symbols = new();
    private FlatList<long> _sums;

    /// <summary>Adds one dataset.</summary>
    public void Add(DatasetView view, SymbolView symbols, ReadOnlySpan<long> nodeSums, bool[]? mask, PgoOptions? pgo)
    {
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
            if (_sums.Count < _symbols.Nodes.Count) _sums.Resize(_symbols.Nodes.Count);
            _sums[map[node]] = Saturating.Add(_sums[map[node]], nodeSums[node]);
        }
    }

    /// <summary>The merged profile; values are those of <paramref name="type"/>.</summary>
    public FlatProfile ToProfile(ProfileTypeId type, long timeNanos)
    {
        var profile = new FlatProfile();
        profile.Clear();
        if (_sums.Count == 0) return profile;
        var exporter = new ProfileExporter(_symbols, profile);
        exporter.SetType(type, timeNanos);
        for (var node = 0; node < _sums.Count; node++)
            if (_sums[node] != 0) exporter.AddSample(node, _sums[node]);
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
