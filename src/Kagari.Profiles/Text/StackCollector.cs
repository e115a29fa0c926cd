namespace Kagari.Profiles;

/// <summary>Builds a <see cref="FlatProfile"/> from named stacks: the common half of all text and tree decoders.</summary>
/// <remarks>
/// Frame i of the profile is function i, line i and location i, one per different name. Tables are reused: once
/// they are warm, a profile costs no garbage. One instance per thread.
/// </remarks>
internal sealed class StackCollector : IDisposable
{
    /// <summary>Tables beyond this are let go after a profile: clearing them would cost each small one after it.</summary>
    private const long KeptBytesMax = 8 << 20;

    private static readonly FlatProfile s_none = new();

    [ThreadStatic] private static StackCollector? t_shared;

    private FlatProfile _profile = s_none;
    private DecodeLimits _limits = DecodeLimits.Default;
    private HashIndex _frames;   // name → location
    private HashIndex _stacks;   // locations, leaf first → sample
    private FlatList<int> _path;
    private long _expandedBytes;
    private long _total;

    /// <summary>The instance of this thread. A decoder disposes it when done, and calls no other decoder before.</summary>
    public static StackCollector Shared => t_shared ??= new StackCollector();

    /// <summary>Starts a profile; false where the input alone is larger than the limit.</summary>
    public bool TryBegin(int inputBytes, FlatProfile into, DecodeLimits limits, out ProfileError error)
    {
        _frames.Clear();
        _stacks.Clear();
        _path.Clear();
        _expandedBytes = _total = 0;
        _profile = into;
        _limits = limits;
        into.Clear();
        error = limits.BytesMax > 0 && inputBytes > limits.BytesMax
            ? new ProfileError(ProfileErrorKind.TooLarge, $"profile of {inputBytes} bytes exceeds the limit of {limits.BytesMax} bytes")
            : ProfileError.None;
        return !error.IsError;
    }

    /// <summary>Lets go of the profile and of large tables, so that a quiet thread keeps none alive.</summary>
    public void Dispose()
    {
        _profile = s_none;
        if (_frames.MemoryBytes + _stacks.MemoryBytes > KeptBytesMax) _frames = _stacks = default;
    }

    /// <summary>The location of a frame name; it is added if it is new.</summary>
    public int Frame(ReadOnlySpan<byte> name)
    {
        var longest = _limits.StringBytesMax;
        if (longest > 0 && name.Length > longest) name = name[^longest..];
        var hash = XxHash64.Of(name);
        var probe = HashIndex.Probe(hash);
        while (_frames.Next(ref probe, out var known))
            if (_profile.Text(_profile.Functions[known].Name).SequenceEqual(name)) return known;
        return AddFrame(name, hash);
    }

    /// <summary>Adds a value to a stack given as text, root first, frames separated by <c>;</c>.</summary>
    public bool TryAddPath(ReadOnlySpan<byte> path, long value, out ProfileError error)
    {
        _path.Clear();
        while (!path.IsEmpty && (_limits.DepthMax == 0 || _path.Count < _limits.DepthMax))
        {
            var end = path.IndexOf((byte)';');
            _path.Add(Frame(end < 0 ? path : path[..end]));
            path = end < 0 ? default : path[(end + 1)..];
        }
        return TryAddStack(_path.Span, value, out error);
    }

    /// <summary>Adds a value to a stack of locations, root first.</summary>
    public bool TryAddStack(ReadOnlySpan<int> rootFirst, long value, out ProfileError error)
    {
        error = ProfileError.None;
        if (value > long.MaxValue - _total)
        {
            error = ProfileError.Malformed("the values of all stacks add up to more than 64 bits hold");
            return false;
        }
        _total += value;

        // Written to the end of the stacks first and taken back if the stack is known: no second buffer.
        var start = _profile.Stacks.Count;
        var stack = _profile.Stacks.Extend(rootFirst.Length);
        rootFirst.CopyTo(stack);
        stack.Reverse();

        var hash = XxHash64.Of<int>(stack);
        var probe = HashIndex.Probe(hash);
        while (_stacks.Next(ref probe, out var known))
        {
            if (!_profile.StackOf(_profile.Samples[known]).SequenceEqual(stack)) continue;
            _profile.Stacks.Truncate(start);
            _profile.Values[known] += value;
            return true;
        }
        return TryAddSample(start, rootFirst.Length, hash, value, out error);
    }

    /// <summary>
    /// Counts the text that a compressed form (tree, trie) expands to; false where it passes the limit on bytes.
    /// </summary>
    public bool TryExpand(long bytes, string format, out ProfileError error)
    {
        _expandedBytes += bytes;
        var most = _limits.BytesMax > 0 ? _limits.BytesMax : Array.MaxLength;
        error = _expandedBytes > most
            ? new ProfileError(ProfileErrorKind.TooLarge, $"{format}: its stacks expand to more than the limit of {most} bytes of text")
            : ProfileError.None;
        return !error.IsError;
    }

    private int AddFrame(ReadOnlySpan<byte> name, ulong hash)
    {
        var frame = _profile.Functions.Count;
        _profile.Functions.Add(new Function(name.IsEmpty ? 0 : _profile.AddString(name), 0, 0, 0));
        _profile.Lines.Add(new Line(frame, 0, 0));
        _profile.Locations.Add(new Location(-1, frame, 1, 0));
        _frames.Add(hash, frame);
        return frame;
    }

    private bool TryAddSample(int start, int count, ulong hash, long value, out ProfileError error)
    {
        var sample = _profile.Samples.Count;
        if (_limits.SamplesMax > 0 && sample >= _limits.SamplesMax)
        {
            error = new ProfileError(
                ProfileErrorKind.TooManySamples, $"the profile has more than the limit of {_limits.SamplesMax} different stacks");
            return false;
        }
        // A frame of folded text takes two bytes at least; forms that repeat frames by number may not expand to more.
        if (_limits.BytesMax > 0 && _profile.Stacks.Count > _limits.BytesMax / 2)
        {
            error = new ProfileError(ProfileErrorKind.TooLarge, $"the stacks of the profile have more than {_limits.BytesMax / 2} frames");
            return false;
        }
        _profile.Samples.Add(new Sample(start, count, 0, 0));
        _profile.Values.Add(value);
        _stacks.Add(hash, sample);
        error = ProfileError.None;
        return true;
    }
}
