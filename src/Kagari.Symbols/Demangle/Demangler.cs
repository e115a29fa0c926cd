namespace Kagari.Symbols;

/// <summary>Names of the linker as people wrote them.</summary>
public static class Demangler
{
    /// <summary>Names of real programs have some ten thousand at most.</summary>
    private const int NameCharsMax = 1 << 16;

    /// <summary>The name for people; a name that is not mangled, or not understood, comes back unchanged.</summary>
    /// <remarks>
    /// C++ (Itanium ABI, written as c++filt does), Rust (both forms, without hashes). Total: bounded in depth, time and
    /// size on any input. Thread safe.
    /// </remarks>
    public static string Demangle(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryDemangle(name, out var demangled) ? demangled : name;
    }

    internal static bool TryDemangle(string name, out string demangled)
    {
        demangled = "";
        if (name.Length is < 3 or > NameCharsMax) return false;
        string? found = null;
        if (name.StartsWith("_ZN", StringComparison.Ordinal)) found = RustLegacyDemangler.TryDemangle(name);
        if (found is null && name.StartsWith("_Z", StringComparison.Ordinal)) found = CppDemangler.TryDemangle(name);
        if (found is null && name.StartsWith("_R", StringComparison.Ordinal)) found = RustDemangler.TryDemangle(name);
        demangled = found ?? "";
        return found is not null;
    }
}
