using System.Buffers;
using System.IO.Compression;
using Kagari.Profiles;
using ValueType = Kagari.Profiles.ValueType;

namespace Kagari.Client.Collecting;

/// <summary>Builds one profile after the other as pprof, in memory that is kept.</summary>
/// <remarks>Stacks of different addresses in the same methods become one here. Not thread safe.</remarks>
internal sealed class ProfileBuilder(DotNetFrames frames)
{
    private readonly FlatProfile _profile = new();
    private readonly Dictionary<LabelContext, int> _contexts = [];
    private readonly List<(int Start, int Count)> _labels = [];
    private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private LocationStacks _stacks;
    private SampleSums _sums;
    private bool _hasTwo;

    /// <summary>Begins a profile.</summary>
    public void Begin(in NetTraceProfileType type, in WindowTime time, long period)
    {
        _profile.Clear();
        frames.Begin(_profile, stringBytesMax: 0);
        _contexts.Clear();
        _labels.Clear();
        _labels.Add(default);
        _strings.Clear();
        _stacks.Clear();
        _sums.Clear();
        _hasTwo = type.Second.Type is not null;
        _profile.SampleTypes.Add(TypeOf(type.First));
        if (_hasTwo) _profile.SampleTypes.Add(TypeOf(type.Second));
        _profile.PeriodType = TypeOf(type.Period);
        _profile.Period = period;
        _profile.TimeNanos = time.StartUnixNanos;
        _profile.DurationNanos = time.DurationNanos;
    }

    /// <summary>Adds a sample.</summary>
    /// <param name="locations">Leaf first.</param>
    /// <param name="labels">Its labels and span.</param>
    /// <param name="first">Its first value.</param>
    /// <param name="second">Its second, where the profile has two.</param>
    public void Add(ReadOnlySpan<int> locations, LabelContext? labels, long first, long second)
    {
        if ((first | second) != 0 && !locations.IsEmpty) _sums.Add(_stacks.Add(locations), labels is null ? 0 : ContextId(labels), first, second);
    }

    /// <summary>Ends the profile: as gzip-compressed pprof; empty where it has no sample.</summary>
    public ReadOnlyMemory<byte> End()
    {
        if (_sums.Span.IsEmpty) return default;
        foreach (ref readonly var sum in _sums.Span)
        {
            var stack = _stacks[sum.Stack];
            var start = _profile.Stacks.Count;
            // Samples that share a stack share its frames only where they are neighbours: pprof repeats them anyway.
            _profile.Stacks.AddRange(stack);
            var (labelStart, labelCount) = _labels[sum.Context];
            _profile.Samples.Add(new Sample(start, stack.Length, labelStart, labelCount));
            _profile.Values.Add(sum.First);
            if (_hasTwo) _profile.Values.Add(sum.Second);
        }
        _bytes.ResetWrittenCount();
        PprofWriter.WriteGzip(_profile, _bytes, CompressionLevel.Fastest);
        return _bytes.WrittenSpan.ToArray();
    }

    private int ContextId(LabelContext context)
    {
        if (_contexts.TryGetValue(context, out var id)) return id;
        var start = _profile.Labels.Count;
        foreach (var (name, value) in context.Labels) AddLabel(name, value);
        if (context.Span is { } span)
        {
            AddLabel(LabelNames.SpanId, span.SpanIdHex);
            if (span.TraceIdHex is { } trace) AddLabel(LabelNames.TraceId, trace);
            if (span.SpanName is { Length: > 0 } name) AddLabel("span_name", name);
        }
        _labels.Add((start, _profile.Labels.Count - start));
        _contexts.Add(context, id = _labels.Count - 1);
        return id;
    }

    private void AddLabel(string name, string value) => _profile.Labels.Add(new SampleLabel(String(name), String(value), 0, 0));

    private ValueType TypeOf((string Type, string Unit) type) => new(String(type.Type), String(type.Unit));

    private int String(string text)
    {
        if (text.Length == 0) return 0;
        if (!_strings.TryGetValue(text, out var id)) _strings.Add(text, id = _profile.AddString(text));
        return id;
    }
}
