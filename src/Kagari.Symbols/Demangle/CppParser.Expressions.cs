namespace Kagari.Symbols;

internal ref partial struct CppParser
{
    private CppNode? ParseExpression()
    {
        if (!Enter()) return null;
        var node = ParseExpressionBody();
        Leave();
        return node;
    }

    private CppNode? ParseExpressionBody()
    {
        var (c, next) = (Peek(), Peek(1));
        if (c == 'L') return ParsePrimary();
        if (c == 'T') return ParseTemplateParameter();
        if (char.IsAsciiDigit(c) || (c == 'o' && next == 'n')) return ParseUnresolvedName();
        if (c == 'f' && (next is 'p' || (next == 'L' && char.IsAsciiDigit(Peek(2))))) return ParseFunctionParameter();
        if (_input.Length - _at < 2) return null;
        if (c == 'g' && next == 's')
        {
            _at += 2;
            return Prefixed("::", ParseExpression());
        }
        _at += 2;
        switch ((c, next))
        {
            case ('c', 'l'): return ParseExpression() is { } callee && ParseExpressions('E') is { } arguments ? new CppNode(CppKind.Call, callee, items: arguments) : null;
            case ('c', 'v'): return ParseConversion();
            case ('t', 'l'): return ParseType() is { } type && ParseExpressions('E') is { } fields ? new CppNode(CppKind.Braces, type, items: fields) : null;
            case ('i', 'l'): return ParseExpressions('E') is { } items ? new CppNode(CppKind.Braces, items: items) : null;
            case ('s', 't'): return Around("sizeof (", ParseType());
            case ('s', 'z'): return Around("sizeof (", ParseExpression());
            case ('a', 't'): return Around("alignof (", ParseType());
            case ('a', 'z'): return Around("alignof (", ParseExpression());
            case ('t', 'i'): return Around("typeid (", ParseType());
            case ('t', 'e'): return Around("typeid (", ParseExpression());
            case ('n', 'x'): return Around("noexcept(", ParseExpression());
            case ('s', 'Z'): return Around("sizeof...(", Peek() == 'T' ? ParseTemplateParameter() : ParseFunctionParameter());
            case ('s', 'P'): return ParsePackSize();
            case ('s', 'p'): return ParseExpression() is { } pattern ? new CppNode(CppKind.Expansion, pattern) : null;
            case ('t', 'r'): return CppNode.Name("throw");
            case ('t', 'w'): return Prefixed("throw ", ParseExpression());
            case ('s', 'c'): return ParseCast("static_cast<");
            case ('d', 'c'): return ParseCast("dynamic_cast<");
            case ('c', 'c'): return ParseCast("const_cast<");
            case ('r', 'c'): return ParseCast("reinterpret_cast<");
            case ('s', 'r'): _at -= 2; return ParseUnresolvedName();
            case ('d', 'n'): _at -= 2; return ParseUnresolvedName();
            case ('n', 'w' or 'a'): return ParseNew(next == 'a');
            case ('f', 'l' or 'r' or 'L' or 'R'): return ParseFold(next);
            case ('d' or 'p', 't'): return ParseMember(c == 'd' ? "." : "->");
            case ('m' or 'p', 'm' or 'p') when c == next: return ParseIncrement(c);
            default:
                _at -= 2;
                return c == 'u' ? ParseVendorExpression() : ParseOperator();
        }
    }

    private static CppNode? Around(string text, CppNode? node) =>
        node is null ? null : new CppNode(CppKind.Sequence, items: [CppNode.Name(text), node, CppNode.Name(")")]);

    private List<CppNode>? ParseExpressions(char end)
    {
        var items = new List<CppNode>();
        while (!TryTake(end))
        {
            if (ParseExpression() is not { } item) return null;
            items.Add(item);
        }
        return items;
    }

    private CppNode? ParseOperator()
    {
        if (!CppOperators.TryGet(_input.Slice(_at, 2), out var text, out var arity)) return null;
        _at += 2;
        if (ParseExpression() is not { } first) return null;
        if (arity == 1) return new CppNode(CppKind.Unary, first, text: text);
        if (ParseExpression() is not { } second) return null;
        if (text == "[]") return new CppNode(CppKind.Sequence, items: [Bracketed(first), CppNode.Name("["), second, CppNode.Name("]")]);
        if (arity == 2) return new CppNode(CppKind.Binary, first, second, text);
        if (ParseExpression() is not { } third) return null;
        return new CppNode(CppKind.Sequence, items: [Bracketed(first), CppNode.Name("?"), Bracketed(second), CppNode.Name(" : "), Bracketed(third)]);
    }

    private static CppNode Bracketed(CppNode node) => new(CppKind.Unary, node);

    private CppNode? ParseConversion()
    {
        if (ParseType() is not { } type) return null;
        List<CppNode>? items = TryTake('_') ? ParseExpressions('E') : ParseExpression() is { } one ? [one] : null;
        return items is null ? null : new CppNode(CppKind.Call, new CppNode(CppKind.Sequence, items: [CppNode.Name("("), type, CppNode.Name(")")]), items: items, number: 1);
    }

    private CppNode? ParseCast(string text) => ParseType() is { } type && ParseExpression() is { } value
        ? new CppNode(CppKind.Sequence, items: [CppNode.Name(text), type, CppNode.Name(">("), value, CppNode.Name(")")]) : null;

    private CppNode? ParsePackSize()
    {
        var items = new List<CppNode>();
        while (!TryTake('E'))
        {
            if (ParseTemplateArgument() is not { } item) return null;
            items.Add(item);
        }
        return CppNode.Name(items.Count.ToString());
    }

    private CppNode? ParseNew(bool isArray)
    {
        if (ParseExpressions('_') is null || ParseType() is not { } type) return null;
        if (!TryTake('E') && (!TryTake("pi") || ParseExpressions('E') is null)) return null;
        return Prefixed(isArray ? "new[] " : "new ", type);
    }

    private CppNode? ParseMember(string text) => ParseExpression() is { } left && ParseExpression() is { } right
        ? new CppNode(CppKind.Sequence, items: [Bracketed(left), CppNode.Name(text), right]) : null;

    private CppNode? ParseIncrement(char c)
    {
        var text = c == 'p' ? "++" : "--";
        if (TryTake('_')) return ParseExpression() is { } prefixed ? new CppNode(CppKind.Unary, prefixed, text: text) : null;
        return ParseExpression() is { } node ? new CppNode(CppKind.Sequence, items: [Bracketed(node), CppNode.Name(text)]) : null;
    }

    /// <summary><c>(... + pack)</c> and its three relatives.</summary>
    private CppNode? ParseFold(char kind)
    {
        if (_input.Length - _at < 2 || !CppOperators.TryGet(_input.Slice(_at, 2), out var text, out _)) return null;
        _at += 2;
        if (ParseExpression() is not { } first) return null;
        CppNode? second = null;
        if (kind is 'L' or 'R' && (second = ParseExpression()) is null) return null;
        List<CppNode> items = kind switch
        {
            'l' => [CppNode.Name($"(...{text}"), Bracketed(first), CppNode.Name(")")],
            'r' => [CppNode.Name("("), Bracketed(first), CppNode.Name($"{text}...)")],
            _ => [CppNode.Name("("), Bracketed(first), CppNode.Name($"{text}...{text}"), Bracketed(second!), CppNode.Name(")")],
        };
        return new CppNode(CppKind.Sequence, items: items);
    }

    private CppNode? ParseFunctionParameter()
    {
        if (TryTake("fpT")) return CppNode.Name("this");
        if (TryTake("fL"))
        {
            if (!TryReadNumber(out _) || !TryTake('p')) return null;
        }
        else if (!TryTake("fp"))
        {
            return null;
        }
        ParseQualifiers();
        return TryReadIndex(out var index) ? CppNode.Name($"{{parm#{index + 1}}}") : null;
    }

    private CppNode? ParseVendorExpression()
    {
        _at++;
        if (ParseSourceName() is not { } name) return null;
        var items = new List<CppNode>();
        while (!TryTake('E'))
        {
            if (ParseTemplateArgument() is not { } item) return null;
            items.Add(item);
        }
        return new CppNode(CppKind.Call, name, items: items);
    }
}
