namespace Kagari.Symbols;

internal ref partial struct CppParser
{
    /// <summary><c>S_</c> is the first part that was read, <c>S0_</c> the second; and some names of std have letters.</summary>
    /// <param name="isType">Whether a type stands alone; before a constructor its name must be the class's.</param>
    private CppNode? ParseSubstitution(bool isType)
    {
        _at++;
        var c = Peek();
        if (c == '_' || char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)) return ParseBackReference();
        _at++;
        var isWhole = !isType && Peek() is 'C' or 'D';
        var node = c switch
        {
            'a' => Std("allocator"),
            'b' => Std("basic_string"),
            's' => isWhole ? Std("basic_string", Std("char_traits"), Std("allocator")) : Std("string"),
            'i' => isWhole ? Std("basic_istream", Std("char_traits")) : Std("istream"),
            'o' => isWhole ? Std("basic_ostream", Std("char_traits")) : Std("ostream"),
            'd' => isWhole ? Std("basic_iostream", Std("char_traits")) : Std("iostream"),
            _ => null,
        };
        // A tag makes another name of it.
        while (node is not null && TryTake('B')) node = ReadText() is { } tag ? Kept(new CppNode(CppKind.Tagged, node, text: tag)) : null;
        return node;
    }

    private CppNode? ParseBackReference()
    {
        var index = 0;
        if (!TryTake('_'))
        {
            for (; Peek() != '_'; _at++)
            {
                var c = Peek();
                if ((!char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c)) || index > 1_000_000) return null;
                index = (index * 36) + (char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10);
            }
            _at++;
            index++;
        }
        return index < _substitutions.Count ? _substitutions[index] : null;
    }

    private static CppNode Std(string name) => new(CppKind.Nested, CppNode.Name("std"), CppNode.Name(name));

    private static CppNode Std(string name, params CppNode[] ofChar)
    {
        var character = CppNode.Name("char");
        return new CppNode(CppKind.Template, Std(name), items: [character, .. ofChar.Select(node => new CppNode(CppKind.Template, node, items: [character]))]);
    }
}
