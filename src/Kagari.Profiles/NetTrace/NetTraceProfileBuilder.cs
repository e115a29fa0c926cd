namespace Kagari.Profiles;

/// <summary>Makes profiles of what was collected; all methods must be there.</summary>
internal sealed class NetTraceProfileBuilder
{
    private const int Unknown = -1;

    private readonly NetTraceCollector _collector;
    private readonly DecodeLimits _limits;
    private readonly string?[] _names;        // by method
    private FlatProfile _profile = new();
    private readonly Dictionary<(int Type, int Name, long Module), int> _named = [];   // location: a method is compiled several times
    private FlatList<int> _locationOf;        // by method + 1, + 1; 0: none yet
    private IdTable<int> _mappingOf;          // by module
    private IdTable<int> _typeOf;             // location by exception
    private IdTable<StringRange> _stackOf;

    public NetTraceProfileBuilder(NetTraceCollector collector, DecodeLimits limits)
    {
        _collector = collector;
        _limits = limits;
        _names = new string?[collector.Methods.Count];
        collector.Methods.Sort();
    }

    /// <summary>Frames of one profile. Stacks are there once, so only exceptions of many types at one place can come near.</summary>
    private long FramesMax => _limits.BytesMax > 0 ? _limits.BytesMax / 2 : Array.MaxLength / 2;

    public bool TryBuild(NetTraceProfileKind kind, out FlatProfile profile, out ProfileError error)
    {
        profile = _profile = new FlatProfile();
        profile.Clear();
        _locationOf.Clear();
        _locationOf.Resize(_names.Length + 1);
        _named.Clear();
        _mappingOf.Clear();
        _typeOf.Clear();
        _stackOf.Clear();
        var samples = _collector.SamplesOf(kind);
        var trace = _collector.Trace;
        error = _limits.SamplesMax > 0 && samples.Length > _limits.SamplesMax
            ? new ProfileError(ProfileErrorKind.TooManySamples, $"nettrace: the {kind} profile has {samples.Length} different samples; the limit is {_limits.SamplesMax}")
            : ProfileError.None;
        if (error.IsError) return false;

        var type = NetTraceProfileType.Of(kind);
        var isTime = kind is NetTraceProfileKind.Cpu or NetTraceProfileKind.Wall;
        var period = isTime ? _collector.PeriodNanos() : 1;
        profile.SampleTypes.Add(TypeOf(type.First));
        if (type.Second.Type is not null) profile.SampleTypes.Add(TypeOf(type.Second));
        profile.PeriodType = TypeOf(type.Period);
        if (isTime) profile.Period = period;
        profile.TimeNanos = trace.SyncNanos;
        profile.DurationNanos = trace.NanosBetween(trace.SyncTicks, _collector.LastTicks);
        foreach (ref readonly var sample in samples)
        {
            var stack = sample.Context == 0 ? StackOf(sample.Stack) : AddStack(sample.Stack, ExceptionOf(sample.Context - 1));
            profile.Samples.Add(new Sample(stack.Start, stack.Length, 0, 0));
            profile.Values.Add(Scale(sample.First, period));
            if (profile.SampleTypes.Count > 1) profile.Values.Add(sample.Second);
            if (profile.Stacks.Count <= FramesMax) continue;
            error = new ProfileError(ProfileErrorKind.TooLarge, $"nettrace: the {kind} profile has more than {FramesMax} frames");
            return false;
        }
        return true;
    }

    private static long Scale(long count, long period) => Math.BigMul(count, period) is var product && product > long.MaxValue ? long.MaxValue : (long)product;

    private StringRange StackOf(int stack)
    {
        var row = _stackOf.Find(stack);
        if (row >= 0) return _stackOf[row];
        var range = AddStack(stack, Unknown);
        _stackOf.Set(stack, range);
        return range;
    }

    /// <summary>Adds a stack, and above its leaf a location where there is one.</summary>
    private StringRange AddStack(int stack, int leaf)
    {
        var start = _profile.Stacks.Count;
        var frames = WithoutMachinery(_collector.StackOf(stack));
        var count = frames.Length + (leaf >= 0 ? 1 : 0);
        // Deeper stacks lose leaves, as with every other format.
        var cut = _limits.DepthMax > 0 ? Math.Max(0, count - _limits.DepthMax) : 0;
        if (leaf >= 0 && cut == 0) _profile.Stacks.Add(leaf);
        for (var i = leaf >= 0 ? Math.Max(0, cut - 1) : cut; i < frames.Length; i++) _profile.Stacks.Add(LocationOf(MethodOf(frames[i], isLeaf: i == 0)));
        return new StringRange(start, _profile.Stacks.Count - start);
    }

    /// <summary>Without what the runtime itself runs above the code in question: where threads stop for the sampler, and what throws.</summary>
    private ReadOnlySpan<ulong> WithoutMachinery(ReadOnlySpan<ulong> frames)
    {
        var skipped = 0;
        while (skipped < frames.Length - 1 && MethodOf(frames[skipped], isLeaf: skipped == 0) is >= 0 and var method && IsMachinery(method)) skipped++;
        return frames[skipped..];
    }

    private bool IsMachinery(int method)
    {
        var (methods, one) = (_collector.Methods, _collector.Methods[method]);
        var type = methods.Utf8(one.Type);
        return type.SequenceEqual("System.Runtime.EH"u8) || (type.SequenceEqual("System.Threading.Thread"u8) && methods.Utf8(one.Name).IndexOf("PollGC"u8) >= 0);
    }

    /// <summary>The method at an address. Return addresses lie behind the call, which may be the last thing that a method does.</summary>
    private int MethodOf(ulong address, bool isLeaf)
    {
        var method = _collector.Methods.Find(isLeaf || address == 0 ? address : address - 1);
        return method < 0 && isLeaf && address > 0 ? _collector.Methods.Find(address - 1) : method;
    }

    private int LocationOf(int method)
    {
        ref var known = ref _locationOf[method + 1];
        if (known > 0) return known - 1;
        if (method < 0) return (known = 1 + AddLocation("[unknown]", "", "", -1)) - 1;
        var (methods, one) = (_collector.Methods, _collector.Methods[method]);
        var key = (one.Type, one.Name, one.Module);
        if (_named.TryGetValue(key, out var location)) return (known = 1 + location) - 1;
        var path = methods.PathOf(one.Module);
        var name = _names[method] ??= DotNetNames.Of(methods.Text(one.Type), methods.Text(one.Name));
        _named[key] = location = AddLocation(name, $"{methods.Text(one.Type)}.{methods.Text(one.Name)}", FileOf(path), MappingOf(one.Module, path));
        known = 1 + location;
        return location;
    }

    private int ExceptionOf(int type)
    {
        var row = _typeOf.Find(type);
        if (row >= 0) return _typeOf[row];
        var name = System.Text.Encoding.UTF8.GetString(_collector.ExceptionOf(type));
        var location = AddLocation(DotNetNames.OfType(name), name, "", -1);
        _typeOf.Set(type, location);
        return location;
    }

    private int AddLocation(string name, string systemName, string file, int mapping)
    {
        _profile.Functions.Add(new Function(String(name), String(systemName), String(file), 0));
        _profile.Lines.Add(new Line(_profile.Functions.Count - 1, 0, 0));
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

    /// <summary>The file's name without folders, of either system's.</summary>
    private static string FileOf(string path) => path[(path.AsSpan().LastIndexOfAny('/', '\\') + 1)..];

    private ValueType TypeOf((string Type, string Unit) type) => new(_profile.AddString(type.Type), _profile.AddString(type.Unit));

    private int String(string text)
    {
        if (text.Length == 0) return 0;
        var bytes = System.Text.Encoding.UTF8.GetBytes(text).AsSpan();
        if (_limits.StringBytesMax > 0 && bytes.Length > _limits.StringBytesMax) bytes = bytes[^_limits.StringBytesMax..];
        return _profile.AddString(bytes);
    }
}
