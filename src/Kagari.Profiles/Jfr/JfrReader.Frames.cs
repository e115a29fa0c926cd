namespace Kagari.Profiles;

/// <content>From stack traces to stacks of named locations.</content>
public sealed partial class JfrReader
{
    /// <summary>Reads the frames of a trace into <see cref="_path"/>, leaf first; those whose method is unknown are left out.</summary>
    private bool TryReadFrames(ref JfrCursor cursor, in JfrStackTrace trace)
    {
        _path.Clear();
        cursor.Seek(trace.Position, cursor.Data.Length);
        foreach (ref readonly var field in _metadata.FieldsOf(trace.Class))
        {
            if (field is { Role: JfrRole.Frames, IsArray: true, IsConstant: false, Class: >= 0 }) return TryReadFrames(ref cursor, _metadata[field.Class]);
            JfrRecord.Skip(ref cursor, _metadata, field, 0);
        }
        return !cursor.Failed;
    }

    private bool TryReadFrames(ref JfrCursor cursor, in JfrClass frame)
    {
        for (var count = cursor.ReadCount(); count > 0 && cursor.TryStep(); count--)
        {
            _frame.Read(ref cursor, _metadata, frame);
            if (!TryFunction(cursor, _frame.Number(JfrRole.Method), out var function)) return false;
            // Java writes −1 for a line it does not know, pprof 0.
            if (function >= 0) _path.Add(_stacks.AddLocation(function, (int)Math.Max(0, _frame.Number(JfrRole.LineNumber))));
        }
        if (_limits.DepthMax > 0 && _path.Count > _limits.DepthMax)
        {
            _path.Span[^_limits.DepthMax..].CopyTo(_path.Span);
            _path.Truncate(_limits.DepthMax);
        }
        return !cursor.Failed;
    }

    /// <summary>The function that a method is; below 0 where the recording lacks it or its class.</summary>
    private bool TryFunction(in JfrCursor cursor, long method, out int function)
    {
        function = JfrMethod.Unknown;
        var row = _constants.Methods.Find(method);
        if (row < 0) return true;
        ref var known = ref _constants.Methods[row];
        if (known.Function == JfrMethod.Unresolved)
        {
            if (!TryName(cursor, known)) return false;
            known = known with { Function = _text.Count == 0 ? JfrMethod.Unknown : _stacks.Names.Intern(_text.Span) };
        }
        function = known.Function;
        return true;
    }

    /// <summary>Writes <c>pkg/Class.method</c> into <see cref="_text"/>; nothing where the class is unknown.</summary>
    private bool TryName(in JfrCursor cursor, in JfrMethod method)
    {
        _text.Clear();
        var row = _constants.Classes.Find(method.Class);
        if (row < 0) return true;
        AppendSymbol(cursor, _constants.Classes[row]);
        var stable = JvmNames.StableLength(_text.Span);
        if (stable < _text.Count)
        {
            _text.Truncate(stable);
            _text.Add((byte)'_');
        }
        _text.Add((byte)'.');
        AppendSymbol(cursor, method.Name);
        // Many methods of few long names: the names that come of them must not be more than the recording could say itself.
        _nameBytes += _text.Count;
        var most = _limits.BytesMax > 0 ? _limits.BytesMax : Array.MaxLength;
        if (_nameBytes > most)
        {
            _error = new ProfileError(ProfileErrorKind.TooLarge, $"jfr: the names of its methods expand to more than the limit of {most} bytes");
            return false;
        }
        if (_limits.StringBytesMax > 0 && _text.Count > _limits.StringBytesMax)
        {
            _text.Span[^_limits.StringBytesMax..].CopyTo(_text.Span);
            _text.Truncate(_limits.StringBytesMax);
        }
        return true;
    }

    private void AppendSymbol(in JfrCursor cursor, long id)
    {
        if (_constants.Symbols.Find(id) is >= 0 and var row) _constants.Resolve(_constants.Symbols[row]).AppendTo(ref _text, cursor);
    }
}
