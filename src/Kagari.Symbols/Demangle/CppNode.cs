namespace Kagari.Symbols;

/// <summary>A part of a C++ name. What the letters mean, <see cref="CppKind"/> says.</summary>
internal sealed class CppNode(CppKind kind, CppNode? a = null, CppNode? b = null, string text = "", List<CppNode>? items = null, int number = 0)
{
    public CppKind Kind => kind;

    public CppNode? A => a;

    public CppNode? B => b;

    public string Text => text;

    public List<CppNode> Items => items ?? s_none;

    public int Number => number;

    /// <summary>For functions and qualified types.</summary>
    public CppQualifiers Qualifiers { get; init; }

    private static readonly List<CppNode> s_none = [];

    public static CppNode Name(string text) => new(CppKind.Name, text: text);
}
