namespace Kagari.Symbols;

internal ref partial struct CppParser
{
    private CppNode? ParseType()
    {
        if (!Enter()) return null;
        var node = ParseTypeBody();
        Leave();
        return node;
    }

    private CppNode? ParseTypeBody()
    {
        var c = Peek();
        if (Builtin(c) is { } builtin)
        {
            _at++;
            return CppNode.Name(builtin);
        }
        switch (c)
        {
            case 'r' or 'V' or 'K': return ParseQualified();
            case 'P': return ParsePointer("*");
            case 'R': return ParsePointer("&");
            case 'O': return ParsePointer("&&");
            case 'C': return ParseSuffixed(" _Complex");
            case 'G': return ParseSuffixed(" _Imaginary");
            case 'F': return ParseFunction(CppQualifiers.None);
            case 'A': return ParseArray();
            case 'M': return ParseMemberPointer();
            case 'U' when Peek(1) is not ('l' or 't'): return ParseVendorQualified();
            case 'u':
                _at++;
                if (ParseSourceName() is not { } vendor) return null;
                return Kept(Peek() == 'I' ? ParseTemplateArguments(vendor) ?? vendor : vendor);
            case 'T' when Peek(1) is not ('s' or 'u' or 'e'):
                if (ParseTemplateParameter() is not { } parameter) return null;
                Kept(parameter);
                if (Peek() != 'I') return parameter;
                return ParseTemplateArguments(parameter) is { } template ? Kept(template) : null;
            case 'T':
                _at += 2;   // struct, union or enum
                return ParsePlainName() is { } elaborated ? Kept(elaborated) : null;
            case 'D': return ParseExtended();
            case 'S' when Peek(1) != 't':
                if (ParseSubstitution(isType: true) is not { } substituted) return null;
                if (Peek() != 'I') return substituted;
                return ParseTemplateArguments(substituted) is { } whole ? Kept(whole) : null;
            default: return ParsePlainName() is { } name ? Kept(name) : null;
        }
    }

    private static string? Builtin(char c) => c switch
    {
        'v' => "void",
        'w' => "wchar_t",
        'b' => "bool",
        'c' => "char",
        'a' => "signed char",
        'h' => "unsigned char",
        's' => "short",
        't' => "unsigned short",
        'i' => "int",
        'j' => "unsigned int",
        'l' => "long",
        'm' => "unsigned long",
        'x' => "long long",
        'y' => "unsigned long long",
        'n' => "__int128",
        'o' => "unsigned __int128",
        'f' => "float",
        'd' => "double",
        'e' => "long double",
        'g' => "__float128",
        'z' => "...",
        _ => null,
    };

    private CppNode? ParseQualified()
    {
        var qualifiers = ParseQualifiers();
        if (IsFunction()) return ParseFunction(qualifiers);
        return ParseType() is { } type ? Kept(new CppNode(CppKind.Qualified, type) { Qualifiers = qualifiers }) : null;
    }

    private readonly bool IsFunction() => Peek() == 'F' || (Peek() == 'D' && Peek(1) is 'o' or 'O' or 'w' or 'x');

    private CppNode? ParsePointer(string text)
    {
        _at++;
        return ParseType() is { } type ? Kept(new CppNode(CppKind.Pointer, type, text: text)) : null;
    }

    private CppNode? ParseSuffixed(string text)
    {
        _at++;
        return ParseType() is { } type ? Kept(new CppNode(CppKind.Suffixed, type, text: text)) : null;
    }

    private CppNode? ParseVendorQualified()
    {
        _at++;
        if (ReadText() is not { } text) return null;
        CppNode? qualifier = CppNode.Name(text);
        if (Peek() == 'I') qualifier = ParseTemplateArguments(qualifier);
        if (qualifier is null || ParseType() is not { } type) return null;
        return Kept(new CppNode(CppKind.Joined, type, qualifier, " "));
    }

    /// <summary><c>[Do | DO expression E | Dw types E] [Dx] F [Y] result parameters [R | O] E</c>.</summary>
    private CppNode? ParseFunction(CppQualifiers qualifiers)
    {
        if (TryTake("Do")) qualifiers |= CppQualifiers.Noexcept;
        else if (TryTake("DO"))
        {
            if (ParseExpression() is null || !TryTake('E')) return null;
            qualifiers |= CppQualifiers.Noexcept;
        }
        else if (TryTake("Dw"))
        {
            while (!TryTake('E')) if (ParseType() is null) return null;
        }
        TryTake("Dx");
        if (!TryTake('F')) return null;
        TryTake('Y');
        if (ParseType() is not { } result) return null;
        var parameters = new List<CppNode>();
        while (!TryTake('E'))
        {
            if (TryTake("RE")) { qualifiers |= CppQualifiers.Reference; break; }
            if (TryTake("OE")) { qualifiers |= CppQualifiers.RightReference; break; }
            if (TryTake('v')) continue;
            if (ParseType() is not { } parameter) return null;
            parameters.Add(parameter);
        }
        return Kept(new CppNode(CppKind.Function, result, items: parameters) { Qualifiers = qualifiers });
    }

    private CppNode? ParseArray()
    {
        _at++;
        CppNode? bound = null;
        if (char.IsAsciiDigit(Peek()))
        {
            var start = _at;
            while (char.IsAsciiDigit(Peek())) _at++;
            bound = CppNode.Name(_input[start.._at].ToString());
        }
        else if (Peek() != '_' && (bound = ParseExpression()) is null)
        {
            return null;
        }
        return TryTake('_') && ParseType() is { } element ? Kept(new CppNode(CppKind.Array, element, bound)) : null;
    }

    private CppNode? ParseMemberPointer()
    {
        _at++;
        return ParseType() is { } @class && ParseType() is { } member ? Kept(new CppNode(CppKind.MemberPointer, @class, member)) : null;
    }

    private CppNode? ParseDecltype()
    {
        _at += 2;
        return ParseExpression() is { } expression && TryTake('E')
            ? new CppNode(CppKind.Sequence, items: [CppNode.Name("decltype ("), expression, CppNode.Name(")")]) : null;
    }

    private CppNode? ParseExtended()
    {
        var c = Peek(1);
        if (IsFunction()) return ParseFunction(CppQualifiers.None);
        if (c is 't' or 'T') return ParseDecltype() is { } type ? Kept(type) : null;
        _at += 2;
        switch (c)
        {
            case 'a': return CppNode.Name("auto");
            case 'c': return CppNode.Name("decltype(auto)");
            case 'd': return CppNode.Name("decimal64");
            case 'e': return CppNode.Name("decimal128");
            case 'f': return CppNode.Name("decimal32");
            case 'h': return CppNode.Name("half");
            case 'i': return CppNode.Name("char32_t");
            case 'n': return CppNode.Name("decltype(nullptr)");
            case 's': return CppNode.Name("char16_t");
            case 'u': return CppNode.Name("char8_t");
            case 'F':
                var start = _at;
                while (char.IsAsciiDigit(Peek())) _at++;
                var bits = _input[start.._at].ToString();
                if (TryTake('b')) return CppNode.Name("std::bfloat16_t");
                var suffix = TryTake('x') ? "x" : "";
                return TryTake('_') || suffix.Length > 0 ? CppNode.Name($"_Float{bits}{suffix}") : null;
            case 'B' or 'U':
                if (ParseBitCount() is not { } count) return null;
                return CppNode.Name($"{(c == 'U' ? "unsigned " : "")}_BitInt({count})");
            case 'p': return ParseType() is { } pattern ? Kept(new CppNode(CppKind.Expansion, pattern)) : null;
            case 'v':
                CppNode? bound = null;
                if (!TryTake('_') && (bound = char.IsAsciiDigit(Peek()) && TryReadNumber(out var n) ? CppNode.Name(n.ToString()) : ParseExpression()) is null) return null;
                if (bound is not null && !TryTake('_')) return null;
                if (ParseType() is not { } element) return null;
                return Kept(new CppNode(CppKind.Sequence, items: [element, CppNode.Name(" __vector("), bound ?? CppNode.Name(""), CppNode.Name(")")]));
            default: return null;
        }
    }

    private string? ParseBitCount() => TryReadNumber(out var count) && TryTake('_') ? count.ToString() : null;

    /// <summary><c>T_</c> is the first one, <c>T0_</c> the second; <c>TL0__</c> are those of lambdas further out.</summary>
    private CppNode? ParseTemplateParameter()
    {
        _at++;
        if (TryTake('L') && !TryReadIndex(out _)) return null;
        return TryReadIndex(out var index) ? new CppNode(CppKind.Parameter, number: index) : null;
    }

    private CppNode? ParseTemplateArguments(CppNode template)
    {
        _at++;
        var arguments = new List<CppNode>();
        while (!TryTake('E'))
        {
            // What a constraint demands is not shown.
            if (TryTake('Q'))
            {
                if (ParseExpression() is null) return null;
                continue;
            }
            if (ParseTemplateArgument() is not { } argument) return null;
            arguments.Add(argument);
        }
        return new CppNode(CppKind.Template, template, items: arguments);
    }

    private CppNode? ParseTemplateArgument()
    {
        if (!Enter()) return null;
        CppNode? node;
        switch (Peek())
        {
            case 'X':
                _at++;
                node = ParseExpression();
                if (node is not null && !TryTake('E')) node = null;
                break;
            case 'L': node = ParsePrimary(); break;
            case 'J' or 'I':
                _at++;
                var items = new List<CppNode>();
                node = new CppNode(CppKind.Pack, items: items);
                while (node is not null && !TryTake('E'))
                {
                    if (ParseTemplateArgument() is { } item) items.Add(item);
                    else node = null;
                }
                break;
            case 'T' when Peek(1) is 'y' or 'n' or 'p' or 't':
                node = TrySkipTemplateDeclaration() ? ParseTemplateArgument() : null;
                break;
            default: node = ParseType(); break;
        }
        Leave();
        return node;
    }
}
