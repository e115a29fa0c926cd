using System.Text;

namespace Kagari.Profiles;

/// <content>From events to samples.</content>
public sealed partial class JfrReader
{
    /// <summary>Longer names and values of settings are none that this reader asks for.</summary>
    private const int SettingBytesMax = 1024;

    private bool TryReadEvents(ref JfrCursor cursor, out int at)
    {
        var end = cursor.Data.Length;
        for (at = JfrChunkHeader.Bytes; at < end;)
        {
            cursor.Seek(at, end);
            var size = cursor.ReadInt();
            var type = cursor.ReadLong();
            if (cursor.Failed || size < cursor.Position - at || size > end - at) return false;
            var row = _metadata.Find(type);
            if (row >= 0 && _metadata[row] is { Name: >= JfrClassName.ActiveSetting } known)
            {
                cursor.Seek(cursor.Position, at + size);
                _record.Read(ref cursor, _metadata, known);
                if (cursor.Failed || !TryTake(ref cursor, known.Name)) return false;
            }
            at += size;
        }
        return true;
    }

    private bool TryTake(ref JfrCursor cursor, JfrClassName name)
    {
        switch (name)
        {
            case JfrClassName.ActiveSetting:
                TakeSetting(cursor);
                return true;
            case JfrClassName.ExecutionSample:
                return (State() == JfrThreadState.Sleeping || TryAdd(ref cursor, JfrProfileKind.Cpu, 1, 0))
                    && (Event != "wall" || TryAdd(ref cursor, JfrProfileKind.Wall, 1, 0));
            case JfrClassName.WallClockSample:
                // One event stands for this many samples of a thread that did not move.
                var samples = _record.Number(JfrRole.Samples);
                return TryAdd(ref cursor, JfrProfileKind.Wall, samples, 0)
                    && (Event != "wall" || State() != JfrThreadState.Runnable || TryAdd(ref cursor, JfrProfileKind.Cpu, samples, 0));
            case JfrClassName.AllocationInNewTlab:
                return TryAdd(ref cursor, JfrProfileKind.AllocationInNewTlab, 1, _record.Number(JfrRole.TlabSize));
            case JfrClassName.AllocationOutsideTlab:
                return TryAdd(ref cursor, JfrProfileKind.AllocationOutsideTlab, 1, _record.Number(JfrRole.AllocationSize));
            case JfrClassName.AllocationSample:
                return TryAdd(ref cursor, JfrProfileKind.AllocationSample, 1, _record.Number(JfrRole.Weight));
            // The peer takes ticks for nanoseconds, and so must who is to give its answers. They are for async-profiler,
            // whose clients send them; recordings of a JDK that counts its processor's ticks show too long a delay. What
            // would be right is to multiply by 1e9 and divide by the header's ticks per second, here.
            case JfrClassName.MonitorEnter:
                return TryAdd(ref cursor, JfrProfileKind.Mutex, 1, _record.Number(JfrRole.Duration));
            case JfrClassName.ThreadPark:
                return TryAdd(ref cursor, JfrProfileKind.Block, 1, _record.Number(JfrRole.Duration));
            case JfrClassName.LiveObject:
                return TryAdd(ref cursor, JfrProfileKind.Live, 1, 0);
            case JfrClassName.Malloc:
                return TryAdd(ref cursor, JfrProfileKind.Malloc, 1, _record.Number(JfrRole.Size));
            default:
                return true;
        }
    }

    private JfrThreadState State() =>
        _constants.ThreadStates.Find(_record.Number(JfrRole.State)) is >= 0 and var row ? _constants.ThreadStates[row] : JfrThreadState.Other;

    private void TakeSetting(in JfrCursor cursor)
    {
        if (!SettingText(cursor, JfrRole.Name).SequenceEqual("event"u8)) return;
        Event = Encoding.UTF8.GetString(SettingText(cursor, JfrRole.Value));
    }

    private ReadOnlySpan<byte> SettingText(in JfrCursor cursor, JfrRole role)
    {
        var text = _constants.Resolve(_record.Text(role));
        _text.Clear();
        if (text.Length <= SettingBytesMax) text.AppendTo(ref _text, cursor);
        return _text.Span;
    }

    /// <summary>Adds the values of the event in hand; false where a limit is reached.</summary>
    private bool TryAdd(ref JfrCursor cursor, JfrProfileKind kind, long first, long second)
    {
        // Less than nothing is nobody's measurement, and would take away from others.
        if (first < 0 || second < 0) return true;
        if (!TryStack(ref cursor, out var stack)) return false;
        if (stack < 0) return true;   // an event without a stack belongs nowhere in a flame graph
        var samples = _samples[(int)kind].Span.Length;
        _samples[(int)kind].Add(stack, Context(), first, second);
        if (_limits.SamplesMax == 0 || samples < _limits.SamplesMax || samples == _samples[(int)kind].Span.Length) return true;
        _error = new ProfileError(ProfileErrorKind.TooManySamples, $"has more than the limit of {_limits.SamplesMax} different samples of kind {kind}");
        return false;
    }

    private int Context()
    {
        // A context that nobody explains says no more than none.
        var (id, spanName) = (_record.Number(JfrRole.ContextId), _record.Number(JfrRole.SpanName));
        var key = (_labels.Context(id).IsEmpty ? 0 : id, _record.Number(JfrRole.SpanId), _labels.String(spanName).IsEmpty ? 0 : spanName);
        var hash = XxHash64.Mix(SecretHash.Of(key.Item1, key.Item2), (ulong)key.Item3);
        var probe = HashIndex.Probe(hash);
        while (_contextIndex.Next(ref probe, out var known))
            if (_contexts[known] == key) return known;
        _contextIndex.Add(hash, _contexts.Count);
        _contexts.Add(key);
        return _contexts.Count - 1;
    }

    /// <summary>The stack of the event in hand; −1 where the recording lacks it.</summary>
    private bool TryStack(ref JfrCursor cursor, out int stack)
    {
        stack = -1;
        var row = _constants.StackTraces.Find(_record.Number(JfrRole.StackTrace));
        if (row < 0) return true;
        var trace = _constants.StackTraces[row];
        if (trace.Stack == JfrStackTrace.Unresolved)
        {
            if (!TryReadFrames(ref cursor, trace)) return false;
            trace = _constants.StackTraces[row] = trace with { Stack = _stacks.AddStack(_path.Span) };
        }
        stack = trace.Stack;
        return true;
    }
}
