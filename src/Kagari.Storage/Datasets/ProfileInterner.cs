using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Enters one profile's symbols into a <see cref="SymbolTable"/>, each string, function and location once.</summary>
/// <remarks>
/// Normal form, so that equal code is equal whatever process sent it: the address of a location that has lines is
/// dropped, and so are the places of its mapping in memory; a location with neither lines nor address is no frame; one
/// without lines gets a function named after its address, which a later symbolization can replace.
/// </remarks>
internal sealed partial class ProfileInterner
{
    private const int Unknown = -1, NoFrame = -2;

    private FlatList<int> _strings, _functions, _mappings, _locations, _stack;
    private FlatList<LineRow> _lines;
    private static readonly FlatProfile NoProfile = new();
    private static readonly SymbolTable NoSymbols = new();
    private FlatProfile _profile = NoProfile;
    private SymbolTable _symbols = NoSymbols;

    /// <summary>Memory held by the maps, which grow with the profile; a pool uses it to let giants go.</summary>
    public long MemoryBytes =>
        (4L * (_strings.Capacity + _functions.Capacity + _mappings.Capacity + _locations.Capacity + (long)_stack.Capacity)) + (16L * _lines.Capacity);

    /// <summary>Starts a profile; the maps of the last one are forgotten.</summary>
    public void Begin(SymbolTable symbols, FlatProfile profile)
    {
        _symbols = symbols;
        _profile = profile;
        Reset(ref _strings, profile.Strings.Count);
        Reset(ref _functions, profile.Functions.Count);
        Reset(ref _mappings, profile.Mappings.Count);
        Reset(ref _locations, profile.Locations.Count);
        FindKnown();
    }

    /// <summary>Lets go of table and profile, which their owners may give up.</summary>
    public void End() => (_symbols, _profile) = (NoSymbols, NoProfile);

    /// <summary>Most samples of one <see cref="InternStacks"/>: as many table look-ups are under way at once.</summary>
    public const int BatchMax = 32;

    /// <summary>The nodes of the stacks of up to <see cref="BatchMax"/> samples.</summary>
    /// <remarks>
    /// First all hashes, whose table entries the processor fetches meanwhile, then all look-ups: one cache miss at a time
    /// would cost more than everything else that a known stack needs.
    /// </remarks>
    public void InternStacks(ReadOnlySpan<int> samples, Span<int> nodes)
    {
        Span<ulong> hashes = stackalloc ulong[BatchMax];
        Span<int> ends = stackalloc int[BatchMax];
        _stack.Clear();
        for (var i = 0; i < samples.Length; i++)
        {
            var start = _stack.Count;
            Map(_profile.StackOf(_profile.Samples[samples[i]]));
            ends[i] = _stack.Count;
            hashes[i] = _symbols.HashStack(_stack.Span[start..]);
        }
        for (var i = 0; i < samples.Length; i++)
            nodes[i] = _symbols.InternStack(_stack.Span[(i == 0 ? 0 : ends[i - 1])..ends[i]], hashes[i]);
    }

    /// <summary>Appends the locations of a stack by their ids in the table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Map(ReadOnlySpan<int> entries)
    {
        var start = _stack.Count;
        var mapped = _stack.Extend(entries.Length);
        var locations = _locations.Span;
        var frames = 0;
        foreach (var entry in entries)
        {
            var location = locations[entry];
            if (location == Unknown) location = InternLocation(entry);
            if (location == NoFrame) continue;
            mapped[frames++] = location;
        }
        _stack.Truncate(start + frames);
    }

    private static void Reset(ref FlatList<int> map, int count)
    {
        map.Clear();
        map.Extend(count).Fill(Unknown);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int InternLocation(int index)
    {
        ref readonly var location = ref _profile.Locations[index];
        var id = NoFrame;
        _lines.Clear();
        if (location.LineCount > 0)
        {
            foreach (ref readonly var line in _profile.Lines.Span.Slice(location.LineStart, location.LineCount))
                _lines.Add(new LineRow(InternFunction(line.Function), line.Column, line.LineNumber));
            id = _symbols.InternLocation(InternMapping(location.Mapping, keepPlace: false), 0, _lines.Span);
        }
        else if (location.Address != 0)
        {
            _lines.Add(new LineRow(InternAddress(location), 0, 0));
            id = _symbols.InternLocation(InternMapping(location.Mapping, keepPlace: true), location.Address, _lines.Span);
        }
        return _locations[index] = id;
    }

    private int InternFunction(int index)
    {
        if (_functions[index] is var known and not Unknown) return known;
        var (name, system, file, startLine) = NormalNames(index);
        return _functions[index] = _symbols.InternFunction(new FunctionRow(
            InternString(name), InternString(system), InternString(file), startLine, IsAddress: false));
    }

    private (int Name, int System, int File, long StartLine) NormalNames(int index)
    {
        var (name, systemName, fileName, startLine) = _profile.Functions[index];
        // A system name that only repeats the name tells nothing and would cost a reference.
        var system = systemName == name || _profile.Text(systemName).SequenceEqual(_profile.Text(name)) ? 0 : systemName;
        if (_profile.Strings[name].Length == 0) name = systemName;
        return (name, system, fileName, startLine);
    }

    private int InternString(int index)
    {
        if (_strings[index] is var known and not Unknown) return known;
        return _strings[index] = _symbols.Strings.Intern(_profile.Text(index));
    }

    private int InternMapping(int index, bool keepPlace)
    {
        if (index < 0) return -1;
        if (!keepPlace && _mappings[index] is var known and not Unknown) return known;
        ref readonly var mapping = ref _profile.Mappings[index];
        var id = _symbols.InternMapping(new MappingRow(
            keepPlace ? mapping.MemoryStart : 0, keepPlace ? mapping.MemoryLimit : 0, keepPlace ? mapping.FileOffset : 0,
            InternString(mapping.FileName), InternString(mapping.BuildId), (int)mapping.Flags));
        if (!keepPlace) _mappings[index] = id;
        return id;
    }

    /// <summary>A function named <c>binary!0x1f3a</c> for a location that has only an address.</summary>
    private int InternAddress(in Location location)
    {
        var binary = location.Mapping < 0 ? "" : Path.GetFileName(_profile.GetString(_profile.Mappings[location.Mapping].FileName));
        var name = string.Create(CultureInfo.InvariantCulture, $"{binary}!0x{location.Address:x}");
        var empty = _symbols.Strings.Intern([]);
        return _symbols.InternFunction(new FunctionRow(
            _symbols.Strings.Intern(Encoding.UTF8.GetBytes(name)), empty, empty, 0, IsAddress: true));
    }
}
