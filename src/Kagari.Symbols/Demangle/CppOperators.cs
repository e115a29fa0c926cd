using System.Collections.Frozen;

namespace Kagari.Symbols;

/// <summary>The two letters of each operator.</summary>
/// <remarks>Itanium C++ ABI, §5.1.3.3.</remarks>
internal static class CppOperators
{
    private static readonly FrozenDictionary<string, (string Text, int Arity)> s_operators = new Dictionary<string, (string, int)>(StringComparer.Ordinal)
    {
        ["aN"] = ("&=", 2),
        ["aS"] = ("=", 2),
        ["aa"] = ("&&", 2),
        ["ad"] = ("&", 1),
        ["an"] = ("&", 2),
        ["aw"] = ("co_await ", 1),
        ["cl"] = ("()", 2),
        ["cm"] = (",", 2),
        ["co"] = ("~", 1),
        ["dV"] = ("/=", 2),
        ["da"] = ("delete[] ", 1),
        ["de"] = ("*", 1),
        ["dl"] = ("delete ", 1),
        ["ds"] = (".*", 2),
        ["dt"] = (".", 2),
        ["dv"] = ("/", 2),
        ["eO"] = ("^=", 2),
        ["eo"] = ("^", 2),
        ["eq"] = ("==", 2),
        ["ge"] = (">=", 2),
        ["gt"] = (">", 2),
        ["ix"] = ("[]", 2),
        ["lS"] = ("<<=", 2),
        ["le"] = ("<=", 2),
        ["ls"] = ("<<", 2),
        ["lt"] = ("<", 2),
        ["mI"] = ("-=", 2),
        ["mL"] = ("*=", 2),
        ["mi"] = ("-", 2),
        ["ml"] = ("*", 2),
        ["mm"] = ("--", 1),
        ["na"] = ("new[]", 3),
        ["ne"] = ("!=", 2),
        ["ng"] = ("-", 1),
        ["nt"] = ("!", 1),
        ["nw"] = ("new", 3),
        ["oR"] = ("|=", 2),
        ["oo"] = ("||", 2),
        ["or"] = ("|", 2),
        ["pL"] = ("+=", 2),
        ["pl"] = ("+", 2),
        ["pm"] = ("->*", 2),
        ["pp"] = ("++", 1),
        ["ps"] = ("+", 1),
        ["pt"] = ("->", 2),
        ["qu"] = ("?", 3),
        ["rM"] = ("%=", 2),
        ["rS"] = (">>=", 2),
        ["rm"] = ("%", 2),
        ["rs"] = (">>", 2),
        ["ss"] = ("<=>", 2),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The operator as it is written, and how many operands it has.</summary>
    public static bool TryGet(ReadOnlySpan<char> code, out string text, out int arity)
    {
        var isKnown = s_operators.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(code, out var found);
        (text, arity) = isKnown ? found : ("", 0);
        return isKnown;
    }
}
