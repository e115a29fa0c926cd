using System.Text;

namespace Kagari.Profiles;

/// <summary>Writes the frames of .NET programs into profiles: a location per method, however often it was compiled.</summary>
/// <remarks>Names are kept from profile to profile; locations belong to the profile that was begun last. Not thread safe.</remarks>
internal sealed class DotNetFrames(NetTraceMethods methods)
{
    private readonly Dictionary<(int Type, int Name), string> _names = [];
    private readonly Dictionary<(int Type, int Name, long Module), int> _named = [];   // locations
    private readonly Dictionary<(string Name, string File), int> _special = [];
    private FlatList<int> _locationOf;   // by method, + 1; 0: none yet
    private IdTable<int> _mappingOf;     // by module
    private FlatProfile _profile = new();
    private int _stringBytesMax;

    /// <summary>Where a method begins: file and line. Empty where it is unknown.</summary>
    public Func<NetTraceMethod, (string File, int Line)>? SourceOf { get; init; }

    /// <summary>Forgets what is kept from profile to profile: numbers of methods and texts have changed.</summary>
    public void Forget() => _names.Clear();

    /// <summary>Starts over with a profile, to which locations are added as they are asked for.</summary>
    public void Begin(FlatProfile profile, int stringBytesMax)
    {
        (_profile, _stringBytesMax) = (profile, stringBytesMax);
        _named.Clear();
        _special.Clear();
        _mappingOf.Clear();
        _locationOf.Clear();
        _locationOf.Resize(methods.Count);
    }

    /// <summary>The location of a method.</summary>
    public int Of(int method)
    {
        ref var known = ref _locationOf[method];
        if (known > 0) return known - 1;
        var one = methods[method];
        var key = (one.Type, one.Name, one.Module);
        if (!_named.TryGetValue(key, out var location))
        {
            var path = methods.PathOf(one.Module);
            var (file, line) = SourceOf?.Invoke(one) is { File.Length: > 0 } source ? source : (FileOf(path), 0);
            location = Add(NameOf(one), $"{methods.Text(one.Type)}.{methods.Text(one.Name)}", file, line, MappingOf(one.Module, path));
            _named[key] = location;
        }
        known = 1 + location;
        return location;
    }

    /// <summary>The location of something that is no method: <c>[unknown]</c>, a library, a type.</summary>
    public int Of(string name, string systemName = "", string file = "")
    {
        if (!_special.TryGetValue((name, file), out var location)) _special[(name, file)] = location = Add(name, systemName, file, 0, -1);
        return location;
    }

    /// <summary>The readable name of a method.</summary>
    public string NameOf(int method) => NameOf(methods[method]);

    private static string FileOf(string path) => path[(path.AsSpan().LastIndexOfAny('/', '\\') + 1)..];   // of either system's paths

    private string NameOf(in NetTraceMethod method)
    {
        if (!_names.TryGetValue((method.Type, method.Name), out var name))
            _names[(method.Type, method.Name)] = name = DotNetNames.Of(methods.Text(method.Type), methods.Text(method.Name));
        return name;
    }

    private int Add(string name, string systemName, string file, int line, int mapping)
    {
        _profile.Functions.Add(new Function(String(name), String(systemName), String(file), line));
        _profile.Lines.Add(new Line(_profile.Functions.Count - 1, 0, line));
        _profile.Locations.Add(new Location(mapping, _profile.Lines.Count - 1, 1, 0));
        return _profile.Locations.Count - 1;
    }

    private int MappingOf(long module, string path)
    {
        if (path.Length == 0) return -1;
        var row = _mappingOf.Find(module);
        if (row >= 0) return _mappingOf[row];
        _profile.Mappings.Add(new Mapping(0, 0, 0, String(path), 0, MappingFlags.HasFunctions));
        _mappingOf.Set(module, _profile.Mappings.Count - 1);
        return _profile.Mappings.Count - 1;
    }

    private int String(string text)
    {
        if (text.Length == 0) return 0;
        var bytes = Encoding.UTF8.GetBytes(text).AsSpan();
        if (_stringBytesMax > 0 && bytes.Length > _stringBytesMax) bytes = bytes[^_stringBytesMax..];
        return _profile.AddString(bytes);
    }
}
