namespace Kagari.Symbols;

internal ref partial struct CppParser
{
    /// <summary><c>L type value E</c>, or <c>L _Z encoding E</c>.</summary>
    private CppNode? ParsePrimary()
    {
        _at++;
        if (TryTake("_Z") || (Peek() == 'Z' && TryTake('Z')))
            return ParseEncoding() is { } encoding && TryTake('E') ? encoding : null;
        if (Peek() == 'T') return null;
        if (TryTake("DnE") || TryTake("Dn0E")) return CppNode.Name("(decltype(nullptr))0");
        if (TryTake("b0E")) return CppNode.Name("false");
        if (TryTake("b1E")) return CppNode.Name("true");
        var simple = Peek();
        if (ParseType() is not { } type) return null;
        var start = _at;
        while (Peek() is not ('E' or '\0')) _at++;
        var text = _input[start.._at].ToString();
        if (!TryTake('E')) return null;
        if (text.StartsWith('n')) text = "-" + text[1..];
        return simple switch
        {
            'i' => CppNode.Name(text),
            'j' => CppNode.Name(text + "u"),
            'l' => CppNode.Name(text + "l"),
            'm' => CppNode.Name(text + "ul"),
            'x' => CppNode.Name(text + "ll"),
            'y' => CppNode.Name(text + "ull"),
            'f' or 'd' or 'e' or 'g' => new CppNode(CppKind.Literal, type, text: $"[{text}]"),
            _ => new CppNode(CppKind.Literal, type, text: text),
        };
    }

    /// <summary>A name in an expression whose meaning depends on template parameters.</summary>
    private CppNode? ParseUnresolvedName()
    {
        if (TryTake("srN"))
        {
            if (ParseType() is not { } scope) return null;
            while (!TryTake('E'))
            {
                if (ParseSimpleName() is not { } level) return null;
                scope = new CppNode(CppKind.Nested, scope, level);
            }
            return ParseBaseName() is { } last ? new CppNode(CppKind.Nested, scope, last) : null;
        }
        if (!TryTake("sr")) return ParseBaseName();
        if (char.IsAsciiDigit(Peek()))
        {
            var start = (At: _at, _substitutions.Count);
            if (ParseLevels() is { } path) return path;
            // GCC writes a type here where the standard has levels that end with E.
            _at = start.At;
            _substitutions.RemoveRange(start.Count, _substitutions.Count - start.Count);
        }
        return ParseType() is { } first && ParseBaseName() is { } second ? new CppNode(CppKind.Nested, first, second) : null;
    }

    private CppNode? ParseLevels()
    {
        CppNode? path = null;
        while (!TryTake('E'))
        {
            if (ParseSimpleName() is not { } level) return null;
            path = path is null ? level : new CppNode(CppKind.Nested, path, level);
        }
        return path is not null && ParseBaseName() is { } end ? new CppNode(CppKind.Nested, path, end) : null;
    }

    private CppNode? ParseSimpleName()
    {
        if (ParseSourceName() is not { } name) return null;
        return Peek() == 'I' ? ParseTemplateArguments(name) : name;
    }

    private CppNode? ParseBaseName()
    {
        if (char.IsAsciiDigit(Peek())) return ParseSimpleName();
        if (TryTake("dn")) return Prefixed("~", char.IsAsciiDigit(Peek()) ? ParseSimpleName() : ParseType());
        TryTake("on");
        var name = ParseOperatorName();
        return name is not null && Peek() == 'I' ? ParseTemplateArguments(name) : name;
    }
}
