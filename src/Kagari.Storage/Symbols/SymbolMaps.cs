using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Moves symbols of one dataset into another table, each once.</summary>
internal sealed class SymbolMaps(SymbolView source)
{
    private readonly int[] _strings = new int[source.Strings.Ends.Length];       // id + 1 in the target, 0 = not yet
    private readonly int[] _functions = new int[source.Functions.Length];
    private readonly int[] _mappings = new int[source.Mappings.Length];
    private readonly int[] _locations = new int[source.Locations.Length];
    private FlatList<LineRow> _lines;

    public int Location(SymbolTable target, int id)
    {
        if (_locations[id] == 0) _locations[id] = Intern(target, id, withLines: true) + 1;
        return _locations[id] - 1;
    }

    public int LocationWithoutLine(SymbolTable target, int id) => Intern(target, id, withLines: false);

    private int Intern(SymbolTable target, int id, bool withLines)
    {
        ref readonly var location = ref source.Locations.Span[id];
        _lines.Clear();
        foreach (ref readonly var line in source.Lines.Span.Slice(location.LineStart, location.LineCount))
            _lines.Add(new LineRow(Function(target, line.Function), withLines ? line.Column : 0, withLines ? line.LineNumber : 0));
        return target.InternLocation(Mapping(target, location.Mapping), location.Address, _lines.Span);
    }

    private int Function(SymbolTable target, int id)
    {
        if (_functions[id] == 0)
        {
            var row = source.Functions.Span[id];
            _functions[id] = target.InternFunction(row with
            {
                Name = Text(target, row.Name),
                SystemName = Text(target, row.SystemName),
                FileName = Text(target, row.FileName),
            }) + 1;
        }
        return _functions[id] - 1;
    }

    private int Mapping(SymbolTable target, int id)
    {
        if (id < 0) return -1;
        if (_mappings[id] == 0)
        {
            var row = source.Mappings.Span[id];
            _mappings[id] = target.InternMapping(row with { FileName = Text(target, row.FileName), BuildId = Text(target, row.BuildId) }) + 1;
        }
        return _mappings[id] - 1;
    }

    private int Text(SymbolTable target, int id)
    {
        if (_strings[id] == 0) _strings[id] = target.Strings.Intern(source.Strings[id], source.Strings.Hashes.Span[id]) + 1;
        return _strings[id] - 1;
    }
}
