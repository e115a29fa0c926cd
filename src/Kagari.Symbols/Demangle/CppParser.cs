namespace Kagari.Symbols;

/// <summary>Reads a mangled C++ name into a tree.</summary>
/// <remarks>
/// Grammar: Itanium C++ ABI, §5.1. Total: depth is bounded, each step consumes input, so that the tree is in proportion
/// to the name. Null means that the name is not one, or has something that is not understood.
/// </remarks>
internal ref partial struct CppParser(ReadOnlySpan<char> input)
{
    private const int DepthMax = 300;

    private readonly ReadOnlySpan<char> _input = input;
    private readonly List<CppNode> _substitutions = [];
    private int _at;
    private int _depth;

    /// <summary>The name of a whole symbol without its <c>_Z</c>, and what may follow it: <c>.cold</c>, <c>.isra.0</c>.</summary>
    public CppNode? ParseSymbol()
    {
        var node = ParseEncoding(isTop: true);
        while (node is not null && Peek() == '.' && TryReadClone(out var clone)) node = new CppNode(CppKind.Suffixed, node, text: $" [clone {clone}]");
        return node is not null && _at == _input.Length ? node : null;
    }

    private readonly char Peek(int ahead = 0) => _at + ahead < _input.Length ? _input[_at + ahead] : '\0';

    private bool TryTake(char c)
    {
        if (Peek() != c) return false;
        _at++;
        return true;
    }

    private bool TryTake(string text)
    {
        if (_at > _input.Length || !_input[_at..].StartsWith(text)) return false;
        _at += text.Length;
        return true;
    }

    private bool TryReadClone(out string clone)
    {
        var end = _at + 1;
        if (end < _input.Length && (char.IsAsciiLetterLower(_input[end]) || _input[end] == '_'))
            while (end < _input.Length && (char.IsAsciiLetterLower(_input[end]) || _input[end] == '_')) end++;
        else if (end >= _input.Length || !char.IsAsciiDigit(_input[end])) { clone = ""; return false; }
        else while (end < _input.Length && char.IsAsciiDigit(_input[end])) end++;
        while (end + 1 < _input.Length && _input[end] == '.' && char.IsAsciiDigit(_input[end + 1]))
            for (end += 2; end < _input.Length && char.IsAsciiDigit(_input[end]);) end++;
        clone = _input[_at..end].ToString();
        _at = end;
        return true;
    }

    /// <summary>A plain number; false where there is none.</summary>
    private bool TryReadNumber(out int number)
    {
        var start = _at;
        for (number = 0; char.IsAsciiDigit(Peek()); _at++)
        {
            if (number > 100_000_000) return false;
            number = (number * 10) + (Peek() - '0');
        }
        return _at > start;
    }

    /// <summary><c>_</c> is 0, <c>0_</c> is 1 and so on.</summary>
    private bool TryReadIndex(out int index)
    {
        index = 0;
        if (TryTake('_')) return true;
        if (!TryReadNumber(out index)) return false;
        index++;
        return TryTake('_');
    }

    private bool Enter() => ++_depth <= DepthMax;

    private void Leave() => _depth--;

    private CppNode Kept(CppNode node)
    {
        _substitutions.Add(node);
        return node;
    }

    /// <summary>A function or variable, inside of others up to <c>E</c>.</summary>
    private CppNode? ParseEncoding(bool isTop = false)
    {
        if (!Enter()) return null;
        var node = ParseEncodingBody(isTop);
        Leave();
        return node;
    }

    private CppNode? ParseEncodingBody(bool isTop)
    {
        if (Peek() is 'T' or 'G' && ParseSpecial(isTop) is var special && (special is not null || Peek() is 'T' or 'G')) return special;
        var state = new CppNameState();
        if (ParseName(ref state) is not { } name) return null;
        if (IsEnd(isTop)) return name;
        CppNode? result = null;
        if (state.EndsWithArguments && !state.IsStructorOrConversion && (result = ParseType()) is null) return null;
        var parameters = new List<CppNode>();
        if (!TryTake('v'))
        {
            while (!IsEnd(isTop))
            {
                if (ParseType() is not { } parameter) return null;
                parameters.Add(parameter);
            }
        }
        return new CppNode(CppKind.Encoding, name, result, items: parameters) { Qualifiers = state.Qualifiers };
    }

    private readonly bool IsEnd(bool isTop) => Peek() is '\0' or 'E' || (isTop && Peek() == '.');
}
