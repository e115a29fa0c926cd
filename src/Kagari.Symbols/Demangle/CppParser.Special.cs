namespace Kagari.Symbols;

internal ref partial struct CppParser
{
    /// <summary>What compilers add: tables, thunks, guards.</summary>
    private CppNode? ParseSpecial(bool isTop)
    {
        var (first, second) = (Peek(), Peek(1));
        _at += 2;
        if (first == 'T')
        {
            switch (second)
            {
                case 'V': return Prefixed("vtable for ", ParseType());
                case 'T': return Prefixed("VTT for ", ParseType());
                case 'I': return Prefixed("typeinfo for ", ParseType());
                case 'S': return Prefixed("typeinfo name for ", ParseType());
                case 'A': return Prefixed("template parameter object for ", ParseTemplateArgument());
                case 'W': return Prefixed("TLS wrapper function for ", ParsePlainName());
                case 'H': return Prefixed("TLS init function for ", ParsePlainName());
                case 'C': return ParseConstructionTable();
                case 'c': return SkipOffset() && SkipOffset() ? Prefixed("covariant return thunk to ", ParseEncoding(isTop)) : null;
                case 'h' or 'v':
                    _at--;
                    return SkipOffset() ? Prefixed(second == 'h' ? "non-virtual thunk to " : "virtual thunk to ", ParseEncoding(isTop)) : null;
                default: return null;
            }
        }
        switch (second)
        {
            case 'V': return Prefixed("guard variable for ", ParsePlainName());
            case 'A': return Prefixed("hidden alias for ", ParseEncoding(isTop));
            case 'T' when TryTake('n'): return Prefixed("non-transaction clone for ", ParseEncoding(isTop));
            case 'T': return TryTake('t') ? Prefixed("transaction clone for ", ParseEncoding(isTop)) : null;
            case 'R':
                if (ParsePlainName() is not { } name) return null;
                var number = 0;
                if (Peek() != '\0' && !TryReadIndex(out number)) return null;
                return Prefixed($"reference temporary #{number} for ", name);
            default: return null;
        }
    }

    private static CppNode? Prefixed(string text, CppNode? node) => node is null ? null : new CppNode(CppKind.Prefixed, node, text: text);

    private CppNode? ParsePlainName()
    {
        var state = new CppNameState();
        return ParseName(ref state);
    }

    /// <summary><c>h</c> number <c>_</c>, or <c>v</c> two of them.</summary>
    private bool SkipOffset()
    {
        var numbers = TryTake('h') ? 1 : TryTake('v') ? 2 : 0;
        for (var i = 0; i < numbers; i++)
        {
            TryTake('n');
            while (char.IsAsciiDigit(Peek())) _at++;
            if (!TryTake('_')) return false;
        }
        return numbers > 0;
    }

    private CppNode? ParseConstructionTable()
    {
        if (ParseType() is not { } whole) return null;
        while (char.IsAsciiDigit(Peek())) _at++;
        if (!TryTake('_') || ParseType() is not { } part) return null;
        return new CppNode(CppKind.Joined, Prefixed("construction vtable for ", part), whole, "-in-");
    }
}
