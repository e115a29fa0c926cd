namespace Kagari.Symbols;

internal ref partial struct CppParser
{
    private CppNode? ParseName(ref CppNameState state)
    {
        if (!Enter()) return null;
        var first = Peek() == 'S' && Peek(1) != 't' ? 'S' : Peek() == 'S' ? 't' : Peek();
        var node = first switch
        {
            'N' => ParseNested(ref state),
            'Z' => ParseLocal(ref state),
            'S' => ParseSubstitution(isType: true),
            _ => ParseUnscoped(ref state),
        };
        if (node is not null && Peek() == 'I' && first is not ('N' or 'Z'))
        {
            if (first != 'S') Kept(node);
            state.EndsWithArguments = true;
            node = ParseTemplateArguments(node);
        }
        Leave();
        return node;
    }

    private CppNode? ParseUnscoped(ref CppNameState state)
    {
        state.IsStructorOrConversion = Peek() == 'c' && Peek(1) == 'v';
        if (!TryTake("St")) return ParseUnqualified(null);
        return ParseUnqualified(null) is { } name ? new CppNode(CppKind.Nested, CppNode.Name("std"), name) : null;
    }

    /// <summary><c>Z function E entity</c>.</summary>
    private CppNode? ParseLocal(ref CppNameState state)
    {
        _at++;
        if (ParseEncoding() is not { } function || !TryTake('E')) return null;
        CppNode? entity;
        if (TryTake('s'))
        {
            SkipDiscriminator();
            entity = CppNode.Name("string literal");
        }
        else if (TryTake('d'))
        {
            var index = -1;
            if (!TryTake('_') && (!TryReadNumber(out index) || !TryTake('_'))) return null;
            entity = ParseName(ref state);
            if (entity is not null) entity = new CppNode(CppKind.Nested, CppNode.Name($"{{default arg#{index + 2}}}"), entity);
        }
        else
        {
            entity = ParseName(ref state);
            SkipDiscriminator();
        }
        // The result of the outer function is not written.
        if (function.Kind == CppKind.Encoding && function.B is not null)
            function = new CppNode(CppKind.Encoding, function.A, items: function.Items) { Qualifiers = function.Qualifiers };
        return entity is null ? null : new CppNode(CppKind.Nested, function, entity);
    }

    private void SkipDiscriminator()
    {
        var start = _at;
        if (!TryTake('_')) return;
        var isLong = TryTake('_');
        if (char.IsAsciiDigit(Peek()))
        {
            _at++;
            if (!isLong) return;
            while (char.IsAsciiDigit(Peek())) _at++;
            if (TryTake('_')) return;
        }
        _at = start;
    }

    private CppNode? ParseNested(ref CppNameState state)
    {
        _at++;
        TryTake('H');   // an explicit object parameter
        state.Qualifiers |= ParseQualifiers();
        if (TryTake('R')) state.Qualifiers |= CppQualifiers.Reference;
        else if (TryTake('O')) state.Qualifiers |= CppQualifiers.RightReference;

        CppNode? soFar = null;
        while (!TryTake('E'))
        {
            state.EndsWithArguments = false;
            var c = Peek();
            if (c == 'S' && Peek(1) != 't')
            {
                // Only at the start; of all that follows a whole is made, which may be referred to.
                if (soFar is not null || (soFar = ParseSubstitution(isType: false)) is null) return null;
                continue;
            }
            if (c == 'I')
            {
                if (soFar is null || (soFar = ParseTemplateArguments(soFar!)) is null) return null;
                state.EndsWithArguments = true;
            }
            else if (c == 'T')
            {
                if (soFar is not null || (soFar = ParseTemplateParameter()) is null) return null;
            }
            else if (c == 'D' && Peek(1) is 't' or 'T')
            {
                if (soFar is not null || (soFar = ParseDecltype()) is null) return null;
            }
            else if (c == 'M' && soFar is not null)
            {
                _at++;   // a lambda of a data member
                continue;
            }
            else if (c == 'S')
            {
                _at += 2;
                if (soFar is not null) return null;
                soFar = CppNode.Name("std");
                continue;
            }
            else
            {
                state.IsStructorOrConversion = c == 'C' || (c == 'D' && Peek(1) != 'C') || (c == 'c' && Peek(1) == 'v');
                if (ParseUnqualified(soFar) is not { } part) return null;
                soFar = soFar is null ? part : new CppNode(CppKind.Nested, soFar, part);
            }
            Kept(soFar);
        }
        if (soFar is null || _substitutions.Count == 0) return null;
        // The whole is not a prefix of anything; as a type it is kept by the one who asked for a type.
        _substitutions.RemoveAt(_substitutions.Count - 1);
        return soFar;
    }

    private CppQualifiers ParseQualifiers()
    {
        var qualifiers = CppQualifiers.None;
        if (TryTake('r')) qualifiers |= CppQualifiers.Restrict;
        if (TryTake('V')) qualifiers |= CppQualifiers.Volatile;
        if (TryTake('K')) qualifiers |= CppQualifiers.Const;
        return qualifiers;
    }

    /// <summary>One part of a name; <paramref name="scope"/> is the class of a constructor.</summary>
    private CppNode? ParseUnqualified(CppNode? scope)
    {
        TryTake('L');   // internal linkage
        CppNode? node;
        var (c, next) = (Peek(), Peek(1));
        if (char.IsAsciiDigit(c)) node = ParseSourceName();
        else if (c == 'U' && next == 'l') node = ParseLambda();
        else if (c == 'U' && next == 't') node = ParseUnnamed();
        else if (c == 'D' && next == 'C') node = ParseBinding();
        else if (c is 'C' or 'D') node = ParseStructor(scope);
        else node = ParseOperatorName();
        while (node is not null && TryTake('B')) node = ReadText() is { } tag ? new CppNode(CppKind.Tagged, node, text: tag) : null;
        return node;
    }

    private CppNode? ParseStructor(CppNode? scope)
    {
        var isDestructor = Peek() == 'D';
        _at++;
        var isInheriting = !isDestructor && TryTake('I');
        if (scope is null || !char.IsAsciiDigit(Peek())) return null;
        _at++;
        // An inherited constructor has the name of the class that it comes from.
        if (isInheriting && (scope = ParseType()) is null) return null;
        return new CppNode(CppKind.Structor, scope, text: isDestructor ? "~" : "");
    }

    private CppNode? ParseSourceName() => ReadText() is not { } text ? null
        : CppNode.Name(text.StartsWith("_GLOBAL_", StringComparison.Ordinal) && text.Length > 9 && text[8] is '_' or '.' or '$' && text[9] == 'N' ? "(anonymous namespace)" : text);

    private string? ReadText()
    {
        if (!TryReadNumber(out var length) || length == 0 || length > _input.Length - _at) return null;
        _at += length;
        return _input[(_at - length).._at].ToString();
    }

    private CppNode? ParseLambda()
    {
        _at += 2;
        // Parameters of the template that a generic lambda is.
        while (Peek() == 'T' && Peek(1) is 'y' or 'n' or 'p' or 't')
            if (!TrySkipTemplateDeclaration()) return null;
        var parameters = new List<CppNode>();
        if (!TryTake('v'))
        {
            while (Peek() != 'E')
            {
                if (ParseType() is not { } parameter) return null;
                parameters.Add(parameter);
            }
        }
        if (!TryTake('E') || !TryReadIndex(out var index)) return null;
        return new CppNode(CppKind.Lambda, items: parameters, number: index + 1);
    }

    private bool TrySkipTemplateDeclaration()
    {
        if (!Enter()) return false;
        _at += 2;
        var isRead = true;
        if (_input[_at - 1] == 'n') isRead = ParseType() is not null;
        else if (_input[_at - 1] == 'p') isRead = Peek() == 'T' && TrySkipTemplateDeclaration();
        else if (_input[_at - 1] == 't')
            while (isRead && !TryTake('E')) isRead = Peek() == 'T' && TrySkipTemplateDeclaration();
        Leave();
        return isRead;
    }

    private CppNode? ParseUnnamed()
    {
        _at += 2;
        return TryReadIndex(out var index) ? CppNode.Name($"{{unnamed type#{index + 1}}}") : null;
    }

    private CppNode? ParseBinding()
    {
        _at += 2;
        var names = new List<CppNode>();
        while (!TryTake('E'))
        {
            if (ParseSourceName() is not { } name) return null;
            names.Add(name);
        }
        return new CppNode(CppKind.Binding, items: names);
    }

    private CppNode? ParseOperatorName()
    {
        if (_input.Length - _at < 2) return null;
        var code = _input.Slice(_at, 2);
        if (code.SequenceEqual("cv"))
        {
            _at += 2;
            return ParseType() is { } type ? new CppNode(CppKind.Conversion, type) : null;
        }
        if (code.SequenceEqual("li"))
        {
            _at += 2;
            return ReadText() is { } suffix ? CppNode.Name($"operator\"\" {suffix}") : null;
        }
        if (!CppOperators.TryGet(code, out var text, out _)) return null;
        _at += 2;
        return CppNode.Name(char.IsAsciiLetter(text[0]) ? $"operator {text.TrimEnd()}" : $"operator{text}");
    }
}
