using Kagari.Profiles;

namespace Kagari.Storage;

// Symbols that the table has already, which are nearly all of them: found table by table, a batch at a time.
internal sealed partial class ProfileInterner
{
    /// <summary>Finds the profile's symbols in the table and adds none: what is new is entered where a sample first needs it.</summary>
    /// <remarks>
    /// Found one by one, each of them would wait for the memory several times: a service's table is larger than the
    /// caches, and twenty services take turns. In a batch first all hashes are computed, whose table entries the processor
    /// fetches meanwhile, and then all are compared.
    /// </remarks>
    private void FindKnown()
    {
        FindStrings();
        FindMappings();
        FindFunctions();
        FindLocations();
    }

    private void FindStrings()
    {
        var names = _symbols.Strings;
        Span<ulong> hashes = stackalloc ulong[BatchMax];
        for (var start = 0; start < _strings.Count; start += BatchMax)
        {
            var found = _strings.Span[start..Math.Min(start + BatchMax, _strings.Count)];
            for (var i = 0; i < found.Length; i++) hashes[i] = names.Hash(_profile.Text(start + i));
            for (var i = 0; i < found.Length; i++)
                if (names.TryFind(_profile.Text(start + i), hashes[i], out var id)) found[i] = id;
        }
    }

    private void FindMappings()
    {
        for (var i = 0; i < _mappings.Count; i++)
        {
            ref readonly var mapping = ref _profile.Mappings[i];
            var (file, build) = (_strings[mapping.FileName], _strings[mapping.BuildId]);
            if (file != Unknown && build != Unknown) _mappings[i] = _symbols.FindMapping(new MappingRow(0, 0, 0, file, build, (int)mapping.Flags));
        }
    }

    private void FindFunctions()
    {
        Span<ulong> hashes = stackalloc ulong[BatchMax];
        Span<FunctionRow> rows = stackalloc FunctionRow[BatchMax];
        for (var start = 0; start < _functions.Count; start += BatchMax)
        {
            var found = _functions.Span[start..Math.Min(start + BatchMax, _functions.Count)];
            for (var i = 0; i < found.Length; i++)
            {
                var (name, system, file, startLine) = NormalNames(start + i);
                rows[i] = new FunctionRow(_strings[name], _strings[system], _strings[file], startLine, IsAddress: false);
                hashes[i] = _symbols.HashFunction(rows[i]);
            }
            // A function of which a string is unknown is in no row of the table.
            for (var i = 0; i < found.Length; i++) found[i] = _symbols.FindFunction(rows[i], hashes[i]);
        }
    }

    private void FindLocations()
    {
        Span<ulong> hashes = stackalloc ulong[BatchMax];
        Span<int> ends = stackalloc int[BatchMax];
        for (var start = 0; start < _locations.Count; start += BatchMax)
        {
            var found = _locations.Span[start..Math.Min(start + BatchMax, _locations.Count)];
            _lines.Clear();
            for (var i = 0; i < found.Length; i++)
            {
                ref readonly var location = ref _profile.Locations[start + i];
                var from = _lines.Count;
                if (!TryMapLines(location)) _lines.Truncate(from);
                else hashes[i] = _symbols.HashLocation(MappingOf(location), 0, _lines.Span[from..]);
                ends[i] = _lines.Count;
            }
            for (var i = 0; i < found.Length; i++)
            {
                var lines = _lines.Span[(i == 0 ? 0 : ends[i - 1])..ends[i]];
                if (lines.Length > 0) found[i] = _symbols.FindLocation(MappingOf(_profile.Locations[start + i]), 0, lines, hashes[i]);
            }
        }
    }

    private int MappingOf(in Location location) => location.Mapping < 0 ? -1 : _mappings[location.Mapping];

    /// <summary>Appends a location's lines with the functions of the table; false where one is not there, or the mapping.</summary>
    /// <remarks>Unlike <see cref="InternLocation"/> it also sees locations of no sample, whose lines may have no function.</remarks>
    private bool TryMapLines(in Location location)
    {
        if (location.Mapping >= 0 && _mappings[location.Mapping] == Unknown) return false;
        foreach (ref readonly var line in _profile.Lines.Span.Slice(location.LineStart, location.LineCount))
        {
            if (line.Function < 0 || _functions[line.Function] == Unknown) return false;
            _lines.Add(new LineRow(_functions[line.Function], line.Column, line.LineNumber));
        }
        return true;
    }
}
