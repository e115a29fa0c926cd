using System.Text;

namespace Kagari.Profiles;

/// <summary>Turns nodes of V8 with values into samples of a profile.</summary>
internal sealed class V8ProfileWriter(FlatProfile into, DecodeLimits limits)
{
    private readonly Dictionary<(string Name, string Url, long Line, long Column), int> _locations = [];
    private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);
    private V8Nodes _nodes = new();
    private int[] _locationOf = [];
    private int[] _shownAs = [];    // by node: the ancestor that is as deep as is allowed
    private int _samples;
    private decimal _total;

    public long DurationNanos { get; set; }

    /// <summary>Sets the types; samples follow.</summary>
    public void Begin(V8Nodes nodes, (string Type, string Unit)[] types, (string Type, string Unit) period)
    {
        _nodes = nodes;
        _locationOf = new int[nodes.Count];
        // Deeper stacks lose leaves, as with every other format; found once for each node, not by a walk from each sample.
        _shownAs = new int[nodes.Count];
        for (var node = 1; node < _shownAs.Length; node++)
            _shownAs[node] = limits.DepthMax > 0 && nodes.DepthOf(node) > limits.DepthMax ? _shownAs[nodes.ParentOf(node)] : node;
        foreach (var (type, unit) in types) into.SampleTypes.Add(new ValueType(String(type), String(unit)));
        into.PeriodType = new ValueType(String(period.Type), String(period.Unit));
        into.DefaultSampleType = String(types[^1].Type);
    }

    /// <summary>Adds a sample that ends at a node; the root is no frame.</summary>
    public void Add(int node, ReadOnlySpan<long> values)
    {
        _samples++;
        if (IsFull) return;
        node = _shownAs[node];
        into.Samples.Add(new Sample(into.Stacks.Count, _nodes.DepthOf(node), 0, 0));
        for (; node > 0; node = _nodes.ParentOf(node)) into.Stacks.Add(LocationOf(node));
        into.Values.AddRange(values);
        _total += values[^1];
    }

    public bool TryFinish(out ProfileError error)
    {
        into.DurationNanos = DurationNanos;
        error = limits.SamplesMax > 0 && _samples > limits.SamplesMax
            ? new ProfileError(ProfileErrorKind.TooManySamples, $"the profile has {_samples} different stacks; the limit is {limits.SamplesMax}")
            : IsFull ? new ProfileError(ProfileErrorKind.TooLarge, $"the stacks of the profile have more than {limits.BytesMax / 2} frames")
            : _total > long.MaxValue ? ProfileError.Malformed("the values of all stacks add up to more than 64 bits hold") : ProfileError.None;
        return !error.IsError;
    }

    /// <summary>Whether a limit is reached: what comes is only counted.</summary>
    private bool IsFull => (limits.SamplesMax > 0 && _samples > limits.SamplesMax) || (limits.BytesMax > 0 && into.Stacks.Count > limits.BytesMax / 2);

    private int LocationOf(int node)
    {
        if (_locationOf[node] > 0) return _locationOf[node] - 1;
        var frame = _nodes.FrameOf(node);
        var name = JsonFields.Text(frame, "functionName");
        // Lines and columns count from 0 there and from 1 in pprof; −1 is none.
        var key = (Name: name.Length == 0 ? "(anonymous)" : name, Url: JsonFields.Text(frame, "url"),
            Line: Math.Clamp(JsonFields.OptionalInteger(frame, "lineNumber"), -1, int.MaxValue - 1) + 1, Column: Math.Clamp(JsonFields.OptionalInteger(frame, "columnNumber"), -1, int.MaxValue - 1) + 1);
        if (!_locations.TryGetValue(key, out var location))
        {
            location = into.Locations.Count;
            into.Functions.Add(new Function(String(key.Name), String(key.Name), String(key.Url), key.Line));
            into.Lines.Add(new Line(into.Functions.Count - 1, (int)key.Column, key.Line));
            into.Locations.Add(new Location(-1, into.Lines.Count - 1, 1, 0));
            _locations.Add(key, location);
        }
        _locationOf[node] = location + 1;
        return location;
    }

    private int String(string text)
    {
        if (text.Length == 0) return 0;
        if (_strings.TryGetValue(text, out var known)) return known;
        var bytes = Encoding.UTF8.GetBytes(text);
        known = into.AddString(limits.StringBytesMax > 0 && bytes.Length > limits.StringBytesMax ? bytes.AsSpan()[^limits.StringBytesMax..] : bytes);
        _strings.Add(text, known);
        return known;
    }
}
