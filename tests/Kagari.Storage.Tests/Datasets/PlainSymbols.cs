using System.Globalization;
using System.Text;
using Kagari.Profiles;

namespace Kagari.Storage.Tests.Datasets;

/// <summary>The plain twin of <see cref="ProfileInterner"/> and of the look-ups of a <see cref="SymbolTable"/>.</summary>
/// <remarks>Every symbol of every sample is looked up alone in an ordinary dictionary; nothing is remembered per profile.</remarks>
internal sealed class PlainSymbols
{
    private readonly Dictionary<string, int> _strings = [], _locations = [];
    private readonly Dictionary<FunctionRow, int> _functions = [];
    private readonly Dictionary<MappingRow, int> _mappings = [];
    private readonly Dictionary<StackNode, int> _nodes = [];

    /// <summary>The rows, in the order in which they were entered.</summary>
    public SymbolTable Table { get; } = new();

    /// <summary>The node of a sample's stack.</summary>
    public int Stack(FlatProfile profile, in Sample sample)
    {
        // Leaf first, as the samples come: the order of locations is that of the bytes.
        var locations = new List<int>();
        foreach (var index in profile.StackOf(sample))
            if (Location(profile, profile.Locations[index]) is { } location) locations.Add(location);
        locations.Reverse();
        var node = 0;
        foreach (var location in locations)
        {
            var child = new StackNode(node, location);
            if (_nodes.TryGetValue(child, out node)) continue;
            _nodes.Add(child, node = Table.Nodes.Count);
            Table.Nodes.Add(child);
        }
        return node;
    }

    private int? Location(FlatProfile profile, in Location location)
    {
        var lines = new List<LineRow>();
        foreach (var line in profile.Lines.Span.Slice(location.LineStart, location.LineCount))
            lines.Add(new LineRow(Function(profile, profile.Functions[line.Function]), line.Column, line.LineNumber));
        var address = lines.Count > 0 ? 0 : location.Address;
        if (lines.Count == 0)
        {
            if (address == 0) return null;
            lines.Add(new LineRow(AddressFunction(profile, location), 0, 0));
        }
        var mapping = location.Mapping < 0 ? -1 : Mapping(profile, profile.Mappings[location.Mapping], keepPlace: address != 0);
        var key = $"{mapping} {address} {string.Join(' ', lines)}";
        if (_locations.TryGetValue(key, out var id)) return id;
        _locations.Add(key, id = Table.Locations.Count);
        Table.Locations.Add(new LocationRow(mapping, Table.Lines.Count, lines.Count, address));
        Table.Lines.AddRange(lines.ToArray());
        return id;
    }

    private int Function(FlatProfile profile, in Function function)
    {
        var (name, system) = (profile.GetString(function.Name), profile.GetString(function.SystemName));
        var row = new FunctionRow(
            String(name.Length == 0 ? system : name), String(system == name ? "" : system), String(profile.GetString(function.FileName)), function.StartLine, false);
        return Function(row);
    }

    private int AddressFunction(FlatProfile profile, in Location location)
    {
        var binary = location.Mapping < 0 ? "" : Path.GetFileName(profile.GetString(profile.Mappings[location.Mapping].FileName));
        var empty = String("");
        return Function(new FunctionRow(String(string.Create(CultureInfo.InvariantCulture, $"{binary}!0x{location.Address:x}")), empty, empty, 0, true));
    }

    private int Function(in FunctionRow row)
    {
        if (_functions.TryGetValue(row, out var id)) return id;
        _functions.Add(row, id = Table.Functions.Count);
        Table.Functions.Add(row);
        return id;
    }

    private int Mapping(FlatProfile profile, in Mapping mapping, bool keepPlace)
    {
        var row = new MappingRow(
            keepPlace ? mapping.MemoryStart : 0, keepPlace ? mapping.MemoryLimit : 0, keepPlace ? mapping.FileOffset : 0,
            String(profile.GetString(mapping.FileName)), String(profile.GetString(mapping.BuildId)), (int)mapping.Flags);
        if (_mappings.TryGetValue(row, out var id)) return id;
        _mappings.Add(row, id = Table.Mappings.Count);
        Table.Mappings.Add(row);
        return id;
    }

    private int String(string text)
    {
        if (_strings.TryGetValue(text, out var id)) return id;
        // Labels of series share the table of strings and enter theirs directly.
        _strings.Add(text, id = Table.Strings.Intern(Encoding.UTF8.GetBytes(text)));
        return id;
    }
}
