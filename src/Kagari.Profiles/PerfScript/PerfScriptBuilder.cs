using System.Globalization;
using System.Text;

namespace Kagari.Profiles;

/// <summary>Collects the samples of one event.</summary>
internal sealed class PerfScriptBuilder
{
    private static readonly string[] Clocks = ["cpu-clock", "task-clock"];

    private readonly FlatProfile _profile = new();
    private readonly NameTable _names = new();      // texts that are strings of the profile
    private readonly NameTable _places = new();     // location by symbol, 0, binary or by binary, 0, 0, address
    private readonly NameTable _binaries = new();   // mapping by binary
    private readonly DecodeLimits _limits;
    private HashIndex _stacks;
    private FlatList<int> _path;                    // leaf first
    private FlatList<byte> _key;
    private FlatList<int> _strings;                 // string of the profile by name
    private bool _isOpen, _hasPeriods = true;
    private int _command;
    private long _period, _first = long.MaxValue, _last;
    private decimal _total;

    public PerfScriptBuilder(string name, DecodeLimits limits)
    {
        Name = name;
        _limits = limits;
        _profile.Clear();
    }

    public string Name { get; }

    public void Begin(ReadOnlySpan<byte> command, long period, long nanos)
    {
        _isOpen = true;
        _path.Clear();
        _period = period;
        _hasPeriods &= period > 0;
        (_first, _last) = (Math.Min(_first, nanos), Math.Max(_last, nanos));
        // The root comes last, when the frames are known.
        _command = Place(command, default);
    }

    /// <summary>Adds <c>623e main+0x11 (/bin/a)</c>; false where it is none.</summary>
    public bool TryAddFrame(ReadOnlySpan<byte> line)
    {
        var blank = line.IndexOf((byte)' ');
        var address = blank < 0 ? line : line[..blank];
        if (!ulong.TryParse(address, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)) return false;
        var rest = blank < 0 ? default : line[blank..].Trim((byte)' ');
        var bracket = rest.Length > 0 && rest[^1] == ')' ? OpeningOf(rest) : -1;
        var binary = bracket < 0 ? default : rest[(bracket + 1)..^1];
        var symbol = (bracket < 0 ? rest : rest[..bracket]).TrimEnd((byte)' ');
        if (symbol.LastIndexOf("+0x"u8) is > 0 and var plus && symbol[(plus + 3)..].IndexOfAnyExcept("0123456789abcdef"u8) < 0) symbol = symbol[..plus];
        _path.Add(symbol.IsEmpty || symbol.SequenceEqual("[unknown]"u8) ? Unnamed(number, binary) : Place(symbol, binary));
        return true;
    }

    public void End()
    {
        if (!_isOpen) return;
        _isOpen = false;
        _path.Add(_command);
        // Deeper stacks lose leaves, as with every other format.
        var cut = _limits.DepthMax > 0 ? Math.Max(0, _path.Count - _limits.DepthMax) : 0;
        var stack = _path.Span[cut..];
        _total += _period;
        var hash = XxHash64.Of<int>(stack);
        var probe = HashIndex.Probe(hash);
        while (_stacks.Next(ref probe, out var known))
        {
            if (!_profile.StackOf(_profile.Samples[known]).SequenceEqual(stack)) continue;
            _profile.Values[2 * known]++;
            _profile.Values[(2 * known) + 1] = Saturating.Add(_profile.Values[(2 * known) + 1], _period);
            return;
        }
        _stacks.Add(hash, _profile.Samples.Count);
        _profile.Samples.Add(new Sample(_profile.Stacks.Count, stack.Length, 0, 0));
        _profile.Stacks.AddRange(stack);
        _profile.Values.Add(1);
        _profile.Values.Add(_period);
    }

    public bool TryFinish(out FlatProfile profile, out ProfileError error)
    {
        profile = _profile;
        if (_limits.SamplesMax > 0 && profile.Samples.Count > _limits.SamplesMax)
        {
            error = new ProfileError(ProfileErrorKind.TooManySamples, $"the profile has {profile.Samples.Count} different stacks; the limit is {_limits.SamplesMax}");
            return false;
        }
        if (_total > long.MaxValue)
        {
            error = ProfileError.Malformed("perf script: the periods of all samples add up to more than 64 bits hold");
            return false;
        }
        var isClock = Clocks.Any(c => Name == c || Name.StartsWith(c + ":", StringComparison.Ordinal));
        profile.SampleTypes.Add(new ValueType(String("samples"u8), String("count"u8)));
        if (_hasPeriods) profile.SampleTypes.Add(isClock ? new ValueType(String("cpu"u8), String("nanoseconds"u8)) : new ValueType(String(TypeName()), String("count"u8)));
        else
        {
            // Without periods there is one column: the second one goes.
            for (var i = 0; i < profile.Samples.Count; i++) profile.Values[i] = profile.Values[2 * i];
            profile.Values.Truncate(profile.Samples.Count);
        }
        profile.PeriodType = isClock || !_hasPeriods ? new ValueType(String("cpu"u8), String("nanoseconds"u8)) : profile.SampleTypes[1];
        profile.DurationNanos = _first <= _last ? _last - _first : 0;
        error = ProfileError.None;
        return true;
    }

    /// <summary>The event without modifiers, in what a profile type may have: <c>cache-misses:u</c> → <c>cache_misses</c>.</summary>
    private byte[] TypeName()
    {
        var name = Name.AsSpan();
        var colon = name.LastIndexOf(':');
        if (colon > 0 && name[(colon + 1)..].IndexOfAnyExcept("ukhHGpPSDeW") < 0) name = name[..colon];
        var text = new StringBuilder();
        foreach (var c in name) text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static int OpeningOf(ReadOnlySpan<byte> text)
    {
        // Brackets nest: "(deleted)" stands within that of the binary.
        var depth = 0;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] == ')') depth++;
            else if (text[i] == '(' && --depth == 0) return i;
        }
        return -1;
    }

    private int Place(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> binary)
    {
        _key.Clear();
        _key.AddRange(symbol);
        _key.Add(0);
        _key.AddRange(binary);
        var place = _places.Intern(_key.Span);
        if (place < _profile.Locations.Count) return place;
        _profile.Functions.Add(new Function(String(symbol), String(symbol), 0, 0));
        _profile.Lines.Add(new Line(_profile.Functions.Count - 1, 0, 0));
        _profile.Locations.Add(new Location(Mapping(binary), _profile.Lines.Count - 1, 1, 0));
        return place;
    }

    private int Unnamed(ulong address, ReadOnlySpan<byte> binary)
    {
        _key.Clear();
        _key.AddRange(binary);
        _key.Add(0);
        _key.Add(0);
        for (var shift = 0; shift < 64; shift += 8) _key.Add((byte)(address >> shift));
        var place = _places.Intern(_key.Span);
        if (place == _profile.Locations.Count) _profile.Locations.Add(new Location(Mapping(binary), _profile.Lines.Count, 0, address));
        return place;
    }

    private int Mapping(ReadOnlySpan<byte> binary)
    {
        if (binary.IsEmpty || binary.SequenceEqual("[unknown]"u8) || binary.SequenceEqual("inlined"u8)) return -1;
        var mapping = _binaries.Intern(binary);
        // A binary is all of memory: its addresses are what perf printed, and nobody asks where it lay.
        if (mapping == _profile.Mappings.Count) _profile.Mappings.Add(new Mapping(0, ulong.MaxValue, 0, String(binary), 0, MappingFlags.None));
        return mapping;
    }

    private int String(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        if (_limits.StringBytesMax > 0 && text.Length > _limits.StringBytesMax) text = text[^_limits.StringBytesMax..];
        var known = _names.Intern(text);
        if (known == _strings.Count) _strings.Add(_profile.AddString(text));
        return _strings[known];
    }
}
