namespace Kagari.Symbols;

/// <summary>What the name of a function tells about the rest of it.</summary>
internal struct CppNameState
{
    /// <summary>Functions with template arguments have their result written.</summary>
    public bool EndsWithArguments;

    /// <summary>But not these.</summary>
    public bool IsStructorOrConversion;

    public CppQualifiers Qualifiers;
}
