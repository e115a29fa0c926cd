namespace Kagari.Symbols;

/// <summary>What may stand behind a type or a function.</summary>
[Flags]
internal enum CppQualifiers
{
    None = 0,
    Const = 1,
    Volatile = 2,
    Restrict = 4,
    Reference = 8,
    RightReference = 16,
    Noexcept = 32,
}
