namespace Kagari.Profiles;

/// <summary>Walks the pre-order bytes that tree and trie share, without recursion.</summary>
/// <remarks>
/// One node: uvarint length, text, uvarint value, uvarint number of children; then the children. Bytes after the
/// last node are not looked at, as the peer does not. No bytes at all are an empty tree. Memory: 4 bytes per open
/// level, and a level costs the input at least 3 bytes.
/// </remarks>
internal ref struct PreorderCursor(ReadOnlySpan<byte> data, DecodeLimits limits, string format)
{
    private const int NodeBytesMin = 3;

    private readonly ReadOnlySpan<byte> _data = data;
    private ProtoCursor _cursor = new(data, 0, data.Length);
    private FlatList<int> _childrenLeft;   // per open level
    private bool _started;

    /// <summary>What ended the walk, if it was no regular end.</summary>
    public ProfileError Error;

    /// <summary>The next node; false at the end or after an error. The first node has depth 0.</summary>
    public bool Next(out int depth, out ReadOnlySpan<byte> text, out long value)
    {
        depth = 0;
        text = default;
        value = 0;
        if (!TryDescend()) return false;

        depth = _childrenLeft.Count;
        _cursor.ReadLength(out var start, out var end);
        var bits = _cursor.ReadVarint();
        var children = _cursor.ReadVarint();
        if (_cursor.Failed) return Fail($"{format}: truncated or malformed at byte {_cursor.FailedAt} of {_data.Length}");
        if (!Check(start, end, bits, children)) return false;

        text = _data[start..end];
        value = (long)bits;
        _childrenLeft.Add((int)children);
        return true;
    }

    private bool TryDescend()
    {
        if (!_started)
        {
            _started = true;
            return !_data.IsEmpty;
        }
        var open = _childrenLeft.Count;
        while (open > 0 && _childrenLeft[open - 1] == 0) open--;
        _childrenLeft.Truncate(open);
        if (open == 0) return false;
        _childrenLeft[open - 1]--;
        return true;
    }

    private bool Check(int start, int end, ulong value, ulong children)
    {
        if (limits.StringBytesMax > 0 && end - start > limits.StringBytesMax)
            return Fail($"{format}: the name at byte {start} has {end - start} bytes; the limit is {limits.StringBytesMax}", ProfileErrorKind.TooManyEntries);
        if (value > long.MaxValue)
            return Fail($"{format}: the value {value} after byte {end} is larger than {long.MaxValue}");
        if (limits.SamplesMax > 0 && children > (ulong)limits.SamplesMax)
            return Fail($"{format}: the node at byte {start} has {children} children; the limit is {limits.SamplesMax}", ProfileErrorKind.TooManyEntries);
        if (children > (ulong)(_data.Length - _cursor.Position) / NodeBytesMin)
            return Fail($"{format}: the node at byte {start} has {children} children, but only {_data.Length - _cursor.Position} bytes follow");
        return true;
    }

    private bool Fail(string message, ProfileErrorKind kind = ProfileErrorKind.Malformed)
    {
        Error = new ProfileError(kind, message);
        return false;
    }
}
