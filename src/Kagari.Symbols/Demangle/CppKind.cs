namespace Kagari.Symbols;

/// <summary>The kinds of parts that a C++ name is made of; the letters are those of <see cref="CppNode"/>.</summary>
internal enum CppKind
{
    /// <summary>A text as it stands.</summary>
    Name,

    /// <summary><c>A::B</c>.</summary>
    Nested,

    /// <summary><c>A&lt;Items&gt;</c>.</summary>
    Template,

    /// <summary>A constructor or destructor (<c>Text</c> is <c>~</c>) of the class A.</summary>
    Structor,

    /// <summary><c>operator A</c>.</summary>
    Conversion,

    /// <summary><c>A[abi:Text]</c>.</summary>
    Tagged,

    /// <summary><c>{lambda(Items)#Number}</c>.</summary>
    Lambda,

    /// <summary><c>[Items]</c>.</summary>
    Binding,

    /// <summary>Text, then A.</summary>
    Prefixed,

    /// <summary>A, then Text.</summary>
    Suffixed,

    /// <summary>A, then Text, then B.</summary>
    Joined,

    /// <summary>A function: name A, result B or none, parameters Items, qualifiers.</summary>
    Encoding,

    /// <summary>A with qualifiers.</summary>
    Qualified,

    /// <summary>A and <c>*</c>, <c>&amp;</c> or <c>&amp;&amp;</c>, which is Text.</summary>
    Pointer,

    /// <summary>A[B].</summary>
    Array,

    /// <summary>A function type: result A, parameters Items, qualifiers.</summary>
    Function,

    /// <summary><c>B A::*</c>.</summary>
    MemberPointer,

    /// <summary>The template parameter Number.</summary>
    Parameter,

    /// <summary>Items in place of one parameter.</summary>
    Pack,

    /// <summary>A for each item of the pack in it.</summary>
    Expansion,

    /// <summary>A number or the like of the type A: Text.</summary>
    Literal,

    /// <summary>Text, then A in brackets unless it is a plain name.</summary>
    Unary,

    /// <summary>A and B with the operator Text between them.</summary>
    Binary,

    /// <summary>A, then <c>(Items)</c>.</summary>
    Call,

    /// <summary>A or nothing, then <c>{Items}</c>.</summary>
    Braces,

    /// <summary>Items one after the other, texts among them.</summary>
    Sequence,
}
