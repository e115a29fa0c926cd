using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Turns merged symbols and sums into a <see cref="FlatProfile"/> that holds only what its samples use.</summary>
internal sealed class ProfileExporter(SymbolTable symbols, FlatProfile profile)
{
    private readonly int[] _strings = new int[symbols.Strings.Count];
    private readonly int[] _functions = new int[symbols.Functions.Count];
    private readonly int[] _mappings = new int[symbols.Mappings.Count];
    private readonly int[] _locations = new int[symbols.Locations.Count];

    /// <summary>Sets types, time and period as readers of the peer's exports know them.</summary>
    public void SetTypes(IReadOnlyList<ProfileTypeId> types, long timeNanos)
    {
        foreach (var type in types)
            profile.SampleTypes.Add(new Profiles.ValueType(profile.AddString(type.SampleType), profile.AddString(type.SampleUnit)));
        var first = types[0];
        profile.PeriodType = new Profiles.ValueType(profile.AddString(first.PeriodType), profile.AddString(first.PeriodUnit));
        // Of several types the last is what tools show first, as in the profiles they come from.
        profile.DefaultSampleType = profile.SampleTypes[types.Count - 1].Type;
        profile.TimeNanos = timeNanos;
        profile.Period = first.Name switch
        {
            "process_cpu" => 1_000_000_000,
            "memory" => 512 * 1024,
            _ => 1,
        };
    }

    /// <summary>Adds a sample with the stack that ends at a node; its values are the caller's to add.</summary>
    public void AddStack(int node)
    {
        var start = profile.Stacks.Count;
        for (var at = node; at > 0; at = symbols.Nodes[at].Parent) profile.Stacks.Add(Location(symbols.Nodes[at].Location));
        profile.Samples.Add(new Sample(start, profile.Stacks.Count - start, 0, 0));
    }

    private int Location(int id)
    {
        if (_locations[id] != 0) return _locations[id] - 1;
        var row = symbols.Locations[id];
        var mapping = Mapping(row.Mapping);
        var start = profile.Lines.Count;
        foreach (ref readonly var line in symbols.LinesOf(row))
        {
            // A name made from an address is no symbol: the export has the address, and tools resolve it.
            if (symbols.Functions[line.Function].IsAddress) continue;
            profile.Lines.Add(new Line(Function(line.Function), line.Column, line.LineNumber));
        }
        profile.Locations.Add(new Location(mapping, start, profile.Lines.Count - start, row.Address));
        _locations[id] = profile.Locations.Count;
        return profile.Locations.Count - 1;
    }

    private int Function(int id)
    {
        if (_functions[id] != 0) return _functions[id] - 1;
        var row = symbols.Functions[id];
        var system = symbols.Strings[row.SystemName].Length == 0 ? row.Name : row.SystemName;
        profile.Functions.Add(new Function(Text(row.Name), Text(system), Text(row.FileName), row.StartLine));
        _functions[id] = profile.Functions.Count;
        return profile.Functions.Count - 1;
    }

    private int Mapping(int id)
    {
        if (id < 0) return -1;
        if (_mappings[id] != 0) return _mappings[id] - 1;
        var row = symbols.Mappings[id];
        profile.Mappings.Add(new Mapping(
            row.MemoryStart, row.MemoryLimit, row.FileOffset, Text(row.FileName), Text(row.BuildId), (MappingFlags)row.Flags));
        _mappings[id] = profile.Mappings.Count;
        return profile.Mappings.Count - 1;
    }

    private int Text(int id)
    {
        if (symbols.Strings[id].Length == 0) return 0;
        if (_strings[id] == 0) _strings[id] = profile.AddString(symbols.Strings[id]) + 1;
        return _strings[id] - 1;
    }
}
