namespace Kagari.Profiles;

/// <summary>The <c>labels</c> part beside a recording: labels by the context ids that its events carry.</summary>
/// <remarks>
/// Protobuf, as the peer's clients write it:
/// <code>
/// LabelsSnapshot { map&lt;int64, Context&gt; contexts = 1; map&lt;int64, string&gt; strings = 2; }
/// Context        { map&lt;int64, int64&gt; labels = 1; }      id of a string → id of a string
/// </code>
/// </remarks>
internal sealed class JfrLabels
{
    private FlatList<byte> _bytes;
    private IdTable<StringRange> _strings;
    private IdTable<(int Start, int Count)> _contexts;
    private FlatList<(long Key, long Value)> _labels;

    public long MemoryBytes => _bytes.Capacity + _strings.MemoryBytes + _contexts.MemoryBytes + (16L * _labels.Capacity);

    /// <summary>Replaces what was there; no bytes are no labels.</summary>
    public bool TryRead(ReadOnlySpan<byte> snapshot, int labelsMax, out ProfileError error)
    {
        _bytes.Clear();
        _strings.Clear();
        _contexts.Clear();
        _labels.Clear();
        _bytes.AddRange(snapshot);
        error = ProfileError.None;
        var message = new ProtoCursor(_bytes.Span, 0, _bytes.Count);
        while (message.NextField(out var field, out var type))
        {
            if (field is not (1 or 2) || type != ProtoCursor.Bytes)
            {
                message.Skip(type);
                continue;
            }
            ReadEntry(ref message, out var key, out _, out var start, out var end);
            if (field == 2) _strings.Set(key, new StringRange(start, end - start));
            else ReadContext(ref message, key, start, end, labelsMax, ref error);
        }
        if (message.Failed) error = ProfileError.Malformed($"labels: truncated or malformed at byte {message.FailedAt} of {snapshot.Length}");
        return !error.IsError;
    }

    /// <summary>The labels of a context, as ids of strings; none for an unknown one.</summary>
    public ReadOnlySpan<(long Key, long Value)> Context(long id) =>
        _contexts.Find(id) is >= 0 and var row ? _labels.Span.Slice(_contexts[row].Start, _contexts[row].Count) : default;

    /// <summary>A string; empty for an unknown one.</summary>
    public ReadOnlySpan<byte> String(long id) =>
        _strings.Find(id) is >= 0 and var row ? _bytes.Span.Slice(_strings[row].Start, _strings[row].Length) : default;

    private void ReadContext(ref ProtoCursor message, long id, int start, int end, int labelsMax, ref ProfileError error)
    {
        var first = _labels.Count;
        var context = message.Slice(start, end);
        while (context.NextField(out var field, out var type))
        {
            if (field != 1 || type != ProtoCursor.Bytes)
            {
                context.Skip(type);
                continue;
            }
            ReadEntry(ref context, out var key, out var value, out _, out _);
            _labels.Add((key, value));
        }
        message.Join(context);
        var count = _labels.Count - first;
        if (labelsMax > 0 && count > labelsMax)
            error = new ProfileError(ProfileErrorKind.TooManySampleLabels, $"has a context with {count} labels; the limit is {labelsMax}");
        _contexts.Set(id, (first, count));
    }

    /// <summary>An entry of a map: field 1 is its key, field 2 its value, a number or a range of bytes.</summary>
    private static void ReadEntry(ref ProtoCursor message, out long key, out long number, out int start, out int end)
    {
        key = number = 0;
        start = end = 0;
        message.ReadLength(out var from, out var to);
        var entry = message.Slice(from, to);
        while (entry.NextField(out var field, out var type))
        {
            if (field == 1 && type == ProtoCursor.Varint) key = (long)entry.ReadVarint();
            else if (field == 2 && type == ProtoCursor.Varint) number = (long)entry.ReadVarint();
            else if (field == 2 && type == ProtoCursor.Bytes) entry.ReadLength(out start, out end);
            else entry.Skip(type);
        }
        message.Join(entry);
    }
}
