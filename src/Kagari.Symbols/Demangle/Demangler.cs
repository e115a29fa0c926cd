namespace Kagari.Symbols;

/// <summary>Names of the linker as people wrote them.</summary>
public static class Demangler
{
    /// <summary>The name for people; a name that is not mangled, or not understood, comes back unchanged.</summary>
    /// <remarks>Total: bounded in depth, time and size on any input. Thread safe.</remarks>
    public static string Demangle(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name;
    }
}
