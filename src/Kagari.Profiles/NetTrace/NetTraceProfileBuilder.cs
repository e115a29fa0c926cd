namespace Kagari.Profiles;

/// <summary>Makes profiles of what was collected; all methods must be there.</summary>
internal sealed class NetTraceProfileBuilder
{
    private const int Unknown = -1;

    private readonly NetTraceCollector _collector;
    private readonly DecodeLimits _limits;
    private readonly DotNetFrames _frames;
    private FlatProfile _profile = new();
    private IdTable<StringRange> _stackOf;

    public NetTraceProfileBuilder(NetTraceCollector collector, DecodeLimits limits)
    {
        _collector = collector;
        _limits = limits;
        _frames = new DotNetFrames(collector.Methods);
        collector.Methods.Sort();
    }

    /// <summary>Frames of one profile. Stacks are there once, so only exceptions of many types at one place can come near.</summary>
    private long FramesMax => _limits.BytesMax > 0 ? _limits.BytesMax / 2 : Array.MaxLength / 2;

    public bool TryBuild(NetTraceProfileKind kind, out FlatProfile profile, out ProfileError error)
    {
        profile = _profile = new FlatProfile();
        profile.Clear();
        _frames.Begin(profile, _limits.StringBytesMax);
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
        for (var i = leaf >= 0 ? Math.Max(0, cut - 1) : cut; i < frames.Length; i++) _profile.Stacks.Add(LocationOf(_collector.Methods.FindFrame(frames[i], isLeaf: i == 0)));
        return new StringRange(start, _profile.Stacks.Count - start);
    }

    /// <summary>Without what the runtime itself runs above the code in question.</summary>
    private ReadOnlySpan<ulong> WithoutMachinery(ReadOnlySpan<ulong> frames)
    {
        var (methods, skipped) = (_collector.Methods, 0);
        while (skipped < frames.Length - 1 && methods.FindFrame(frames[skipped], isLeaf: skipped == 0) is >= 0 and var method && methods.IsMachinery(method)) skipped++;
        return frames[skipped..];
    }

    private int LocationOf(int method) => method < 0 ? _frames.Of("[unknown]") : _frames.Of(method);

    private int ExceptionOf(int type)
    {
        var name = System.Text.Encoding.UTF8.GetString(_collector.ExceptionOf(type));
        return _frames.Of(DotNetNames.OfType(name), name);
    }

    private ValueType TypeOf((string Type, string Unit) type) => new(_profile.AddString(type.Type), _profile.AddString(type.Unit));
}
