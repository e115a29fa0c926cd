namespace Kagari.Symbols;

/// <summary>Names of C++, by the Itanium ABI, as GCC and Clang mangle them everywhere but on Windows.</summary>
internal static class CppDemangler
{
    /// <param name="name">Starts with <c>_Z</c>.</param>
    /// <returns>Null where it is not understood.</returns>
    public static string? TryDemangle(ReadOnlySpan<char> name) =>
        new CppParser(name[2..]).ParseSymbol() is { } node ? CppPrinter.Print(node) : null;
}
