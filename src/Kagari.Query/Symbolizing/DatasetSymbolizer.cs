using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Kagari.Profiles;
using Kagari.Storage;
using FunctionRow = Kagari.Storage.FunctionRow;

namespace Kagari.Query;

/// <summary>Replaces addresses of datasets by functions, lines and inlined calls, as far as a resolver knows them. Thread safe.</summary>
/// <remarks>
/// It works on a dataset as it was opened and leaves storage alone: debug information that comes a week later names the
/// addresses of last week. What was made is kept for as long as the dataset is in memory and no new debug information comes.
/// </remarks>
internal sealed class DatasetSymbolizer(IAddressResolver resolver)
{
    private readonly ConditionalWeakTable<DatasetView, Kept> _kept = [];

    /// <summary>See <see cref="IAddressResolver.VersionOf"/>.</summary>
    public long VersionOf(string tenant) => resolver.VersionOf(tenant);

    /// <summary>Whether a dataset has names that symbols could replace.</summary>
    public bool HasAddresses(DatasetView view)
    {
        var kept = _kept.GetOrCreateValue(view);
        if (kept.Addresses == Kept.Unknown) kept.Addresses = AddressNames.AnyIn(view.Names) ? Kept.Some : Kept.None;
        return kept.Addresses == Kept.Some;
    }

    /// <summary>The dataset with functions for addresses; null where nothing changes.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="view">The dataset.</param>
    /// <param name="symbols">Reads its lines; null where they are damaged.</param>
    /// <param name="cancellation">Ends it.</param>
    public async ValueTask<SymbolizedDataset?> SymbolizeAsync(
        string tenant, DatasetView view, Func<CancellationToken, ValueTask<SymbolView?>> symbols, CancellationToken cancellation)
    {
        var version = resolver.VersionOf(tenant);
        if (version == 0 || !HasAddresses(view)) return null;
        var kept = _kept.GetOrCreateValue(view);
        if (kept.Last is { } last && last.Version == version) return last.Dataset;
        // Two queries at once may both make it; they make the same.
        var made = await symbols(cancellation) is { } lines ? await MakeAsync(tenant, view, lines, cancellation) : null;
        kept.Last = new Made(version, made);
        return made;
    }

    private async ValueTask<SymbolizedDataset?> MakeAsync(string tenant, DatasetView view, SymbolView symbols, CancellationToken cancellation)
    {
        var found = await ResolveAsync(tenant, symbols, cancellation);
        if (found.Count == 0) return null;
        var table = new SymbolTable();
        var maps = new SymbolMaps(symbols);
        var locations = new int[symbols.Locations.Length];
        for (var i = 0; i < locations.Length; i++)
            locations[i] = found.TryGetValue(i, out var frames) ? Intern(table, symbols, symbols.Locations.Span[i].Mapping, frames) : maps.Location(table, i);

        // Stacks that have become equal stay two: cells of rows name them by number.
        var nodes = new StackNode[symbols.Nodes.Length];
        for (var i = 1; i < nodes.Length; i++) nodes[i] = symbols.Nodes.Span[i] with { Location = locations[symbols.Nodes.Span[i].Location] };
        var tree = new FunctionTree(table.Strings);
        var treeNodes = new FlatList<int>();
        FunctionTrie.Extend(table, nodes.AsSpan(1), tree, ref treeNodes);
        var made = new DatasetView
        {
            Names = table.Strings.View(),
            Tree = new FunctionTreeView(tree.ParentsMemory, tree.NameIdsMemory),
            TreeNodes = treeNodes.Memory,
            Series = view.Series,
            SeriesHashes = view.SeriesHashes,
            Groups = view.Groups,
        };
        return new SymbolizedDataset(made, SymbolView.Of(table, nodes));
    }

    /// <summary>What is known of locations that have only an address.</summary>
    private async ValueTask<Dictionary<int, IReadOnlyList<ResolvedFrame>>> ResolveAsync(string tenant, SymbolView symbols, CancellationToken cancellation)
    {
        var wanted = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < symbols.Locations.Length; i++)
        {
            var location = symbols.Locations.Span[i];
            if (location.Mapping < 0 || location.Address == 0 || location.LineCount != 1) continue;
            if (!symbols.Functions.Span[symbols.Lines.Span[location.LineStart].Function].IsAddress) continue;
            if (BuildIdOf(symbols.Strings.GetString(symbols.Mappings.Span[location.Mapping].BuildId)) is not { Length: > 0 } buildId) continue;
            if (!wanted.TryGetValue(buildId, out var own)) wanted.Add(buildId, own = []);
            own.Add(i);
        }
        var found = new Dictionary<int, IReadOnlyList<ResolvedFrame>>();
        // All at once: a resolver may wait for each, and a profile may name hundreds.
        var all = await Task.WhenAll(wanted.Select(async binary => (
            Locations: binary.Value,
            Answers: await resolver.ResolveAsync(tenant, binary.Key, [.. binary.Value.Select(i => AddressOf(symbols, i))], cancellation))));
        foreach (var (locations, answers) in all)
            for (var i = 0; i < locations.Count; i++)
                if (answers[i].Count > 0) found.Add(locations[i], answers[i]);
        return found;
    }

    private static CodeAddress AddressOf(SymbolView symbols, int location)
    {
        var row = symbols.Locations.Span[location];
        var mapping = symbols.Mappings.Span[row.Mapping];
        return new CodeAddress(row.Address, mapping.MemoryStart, mapping.MemoryLimit, mapping.FileOffset);
    }

    /// <summary>As the interner stores a location with lines: without its address and place, so that a line is one location in all processes.</summary>
    private static int Intern(SymbolTable table, SymbolView symbols, int mapping, IReadOnlyList<ResolvedFrame> frames)
    {
        var lines = new LineRow[frames.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var frame = frames[i];
            var function = new FunctionRow(
                Text(table, frame.Function), Text(table, frame.SystemName == frame.Function ? "" : frame.SystemName), Text(table, frame.File), frame.StartLine, IsAddress: false);
            lines[i] = new LineRow(table.InternFunction(function), 0, frame.Line);
        }
        var row = symbols.Mappings.Span[mapping];
        const int AllKnown = (int)(MappingFlags.HasFunctions | MappingFlags.HasFileNames | MappingFlags.HasLineNumbers | MappingFlags.HasInlineFrames);
        var binary = table.InternMapping(new MappingRow(
            0, 0, 0, Text(table, symbols.Strings.GetString(row.FileName)), Text(table, symbols.Strings.GetString(row.BuildId)), row.Flags | AllKnown));
        return table.InternLocation(binary, 0, lines);
    }

    private static int Text(SymbolTable table, string text) => table.Strings.Intern(Encoding.UTF8.GetBytes(text));

    /// <summary>A build id may be wrapped with what leads to the source: <c>{"repository":…,"build_id":…}</c>.</summary>
    private static string BuildIdOf(string text)
    {
        if (!text.StartsWith('{')) return text;
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.TryGetProperty("build_id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()! : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private sealed class Kept
    {
        public const byte Unknown = 0, None = 1, Some = 2;

        /// <summary>One byte, so that it is written whole.</summary>
        public byte Addresses { get; set; }

        public Made? Last { get; set; }
    }

    private sealed record Made(long Version, SymbolizedDataset? Dataset);
}
