namespace Kagari.Profiles;

/// <summary>Walks through the name of a type: its parts from the outermost on, and the arguments that belong to each.</summary>
/// <remarks>
/// <code>
/// System.Collections.Generic.Dictionary`2+Enumerator[System.Int32,System.String][]
/// ├─ part, 2 arguments ──────────────────┤ ├─ part ─┤├─ arguments of all ──────┤├┤ suffix
/// </code>
/// </remarks>
internal ref struct TypeParts
{
    private ReadOnlySpan<char> _names, _arguments;

    /// <summary>What comes behind: of arrays and pointers.</summary>
    public ReadOnlySpan<char> Suffix { get; private set; }

    /// <summary>Whether there are arguments that no part has taken.</summary>
    public readonly bool HasArguments => !_arguments.IsEmpty;

    /// <summary>Takes a name apart; false where its brackets do not match.</summary>
    public static bool TryOpen(ReadOnlySpan<char> type, out TypeParts parts)
    {
        parts = default;
        var open = type.IndexOf('[');
        if (open < 0)
        {
            var end = type.TrimEnd("*&").Length;
            parts = new TypeParts { _names = type[..end], Suffix = type[end..] };
            return true;
        }
        var isArray = open + 1 < type.Length && type[open + 1] is ']' or ',' or '*';
        var close = isArray ? open - 1 : Closing(type, open);
        if (close < 0) return false;
        parts = new TypeParts { _names = type[..open], _arguments = isArray ? default : type[(open + 1)..close], Suffix = type[(close + 1)..] };
        return true;
    }

    public bool TryNext(out ReadOnlySpan<char> name, out int arity)
    {
        arity = 0;
        name = _names;
        if (_names.IsEmpty) return false;
        var end = _names.IndexOf('+');
        name = end < 0 ? _names : _names[..end];
        _names = end < 0 ? default : _names[(end + 1)..];
        var tick = name.LastIndexOf('`');
        if (tick <= 0 || !int.TryParse(name[(tick + 1)..], System.Globalization.NumberStyles.None, provider: null, out arity)) return true;
        name = name[..tick];
        return true;
    }

    public bool TryNextArgument(out ReadOnlySpan<char> argument)
    {
        argument = default;
        if (_arguments.IsEmpty) return false;
        var (open, end) = (0, 0);
        for (; end < _arguments.Length && (open > 0 || _arguments[end] != ','); end++) open += _arguments[end] switch { '[' => 1, ']' => -1, _ => 0 };
        argument = _arguments[..end];
        _arguments = end < _arguments.Length ? _arguments[(end + 1)..] : default;
        return true;
    }

    private static int Closing(ReadOnlySpan<char> type, int at)
    {
        for (var open = 0; at < type.Length; at++)
        {
            if (type[at] == '[') open++;
            else if (type[at] == ']' && --open == 0) return at;
        }
        return -1;
    }
}
