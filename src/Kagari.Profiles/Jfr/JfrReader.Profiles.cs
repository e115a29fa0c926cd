using System.Globalization;

namespace Kagari.Profiles;

/// <content>From samples to a profile.</content>
public sealed partial class JfrReader
{
    private const long NanosPerSecond = 1_000_000_000;

    /// <summary>The sample rate where none is given, Hz.</summary>
    private const int SampleRateDefault = 100;

    /// <summary>Ids of our own beside those of the snapshot, which counts from 1.</summary>
    private const long SpanIdKey = long.MinValue, SpanNameKey = long.MinValue + 1;

    private readonly JfrRecord _frame = new();

    // Numbers in the profile of what is in the recording's tables; −1 where it is not in it yet.
    private FlatList<int> _functionOf, _locationOf;
    private FlatList<StringRange> _stackOf, _labelsOf;
    private IdTable<int> _stringOf;

    private long FillMemoryBytes => (4L * _functionOf.Capacity) + (4L * _locationOf.Capacity) + (8L * _stackOf.Capacity) + (8L * _labelsOf.Capacity) + _stringOf.MemoryBytes;

    /// <summary>The family of a kind's profiles, which becomes <c>__name__</c>.</summary>
    public static string FamilyOf(JfrProfileKind kind) => JfrProfileType.Of(kind).Family;

    /// <summary>Writes one kind of samples as a profile, with types, period and labels; time and duration are the caller's.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="sampleRate">Samples a second, which CPU and wall time is counted in; below 1 means 100.</param>
    /// <param name="into">Is cleared first. Equal stacks, and equal labels, of several samples are one range of its lists.</param>
    /// <param name="error">The samples refer to more frames than the limit on bytes allows.</param>
    public bool Fill(JfrProfileKind kind, int sampleRate, FlatProfile into, out ProfileError error)
    {
        into.Clear();
        var type = JfrProfileType.Of(kind);
        var period = kind is JfrProfileKind.Cpu or JfrProfileKind.Wall ? Math.Max(1, NanosPerSecond / (sampleRate > 0 ? sampleRate : SampleRateDefault)) : 1;
        into.SampleTypes.Add(TypeIn(into, type.First));
        if (type.Second.Type is not null) into.SampleTypes.Add(TypeIn(into, type.Second));
        if (type.Period.Type is not null) into.PeriodType = TypeIn(into, type.Period);
        if (period > 1) into.Period = period;
        into.Mappings.Add(new Mapping(0, 0, 0, 0, 0, MappingFlags.HasFunctions));

        Reset(ref _functionOf, _stacks.Names.Count);
        Reset(ref _locationOf, _stacks.LocationCount);
        Reset(ref _stackOf, _stacks.StackCount);
        Reset(ref _labelsOf, _contexts.Count);
        _stringOf.Clear();
        error = ProfileError.None;
        var framesLeft = FramesMax;
        foreach (ref readonly var sample in _samples[(int)kind].Span)
        {
            var stack = StackIn(into, sample.Stack);
            var labels = LabelsIn(into, sample.Context);
            into.Samples.Add(new Sample(stack.Start, stack.Length, labels.Start, labels.Length));
            into.Values.Add(Scale(sample.First, period));
            if (into.SampleTypes.Count > 1) into.Values.Add(sample.Second);
            framesLeft -= stack.Length + labels.Length;
            if (framesLeft >= 0) continue;
            error = new ProfileError(ProfileErrorKind.TooLarge, $"jfr: its samples of kind {kind} expand to more than {FramesMax} frames and labels");
            return false;
        }
        return true;
    }

    /// <summary>
    /// What one deep stack with a span of its own for every sample may expand to: eight times what a pprof of the allowed
    /// size could say. Samples share their stacks here, so this bounds work and not memory.
    /// </summary>
    private long FramesMax => 8 * (_limits.BytesMax > 0 ? _limits.BytesMax : Array.MaxLength);

    private StringRange StackIn(FlatProfile into, int stack)
    {
        ref var known = ref _stackOf[stack];
        if (known.Length >= 0) return known;
        var frames = _stacks.Stack(stack);
        var start = into.Stacks.Count;
        foreach (var location in frames) into.Stacks.Add(LocationIn(into, location));
        return known = new StringRange(start, frames.Length);
    }

    private int LocationIn(FlatProfile into, int location)
    {
        ref var known = ref _locationOf[location];
        if (known >= 0) return known;
        var (function, line) = _stacks.Location(location);
        ref var named = ref _functionOf[function];
        if (named < 0)
        {
            named = into.Functions.Count;
            into.Functions.Add(new Function(into.AddString(_stacks.Names[function]), 0, 0, 0));
        }
        into.Locations.Add(new Location(0, into.Lines.Count, 1, 0));
        into.Lines.Add(new Line(named, 0, line));
        return known = into.Locations.Count - 1;
    }

    /// <summary>Labels of the context, then the span: a label of each name, and none without a value.</summary>
    private StringRange LabelsIn(FlatProfile into, int context)
    {
        ref var known = ref _labelsOf[context];
        if (known.Length >= 0) return known;
        var (id, span, spanName) = _contexts[context];
        var start = into.Labels.Count;
        foreach (var (key, value) in _labels.Context(id)) AddLabel(into, LabelString(into, key), LabelString(into, value));
        if (span != 0)
        {
            Span<byte> hex = stackalloc byte[16];
            span.TryFormat(hex, out _, "x16", CultureInfo.InvariantCulture);
            AddLabel(into, LabelString(into, SpanIdKey, "profile_id"u8), into.AddString(hex));
        }
        if (spanName != 0) AddLabel(into, LabelString(into, SpanNameKey, "span_name"u8), LabelString(into, spanName));
        return known = new StringRange(start, into.Labels.Count - start);
    }

    private int LabelString(FlatProfile into, long id) => LabelString(into, id, _labels.String(id));

    /// <summary>A string of the labels, once in the profile: equal labels must have equal numbers, or each would be looked up as a series.</summary>
    private int LabelString(FlatProfile into, long id, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        if (_stringOf.Find(id) is >= 0 and var row) return _stringOf[row];
        var added = into.AddString(text);
        _stringOf.Set(id, added);
        return added;
    }

    private static void AddLabel(FlatProfile into, int key, int value)
    {
        if (key != 0 && value != 0) into.Labels.Add(new SampleLabel(key, value, 0, 0));
    }

    private static ValueType TypeIn(FlatProfile into, (string Type, string Unit) type) => new(into.AddString(type.Type), into.AddString(type.Unit));

    /// <summary>A product that does not fit is the largest number, which the check of totals then refuses.</summary>
    private static long Scale(long value, long period) => value > long.MaxValue / period ? long.MaxValue : value * period;

    private static void Reset(ref FlatList<int> list, int count)
    {
        list.Clear();
        list.Extend(count).Fill(-1);
    }

    private static void Reset(ref FlatList<StringRange> list, int count)
    {
        list.Clear();
        list.Extend(count).Fill(new StringRange(0, -1));
    }
}
