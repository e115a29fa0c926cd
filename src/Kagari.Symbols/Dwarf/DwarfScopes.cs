namespace Kagari.Symbols;

/// <summary>The namespaces and classes around functions that have no linkage name, so that they too have their full name.</summary>
internal sealed class DwarfScopes(Dictionary<int, int> scopeOf, (int Entry, int Outer)[] scopes)
{
    public static DwarfScopes Empty { get; } = new([], []);

    public long MemoryBytes { get; } = (24L * scopeOf.Count) + (8L * scopes.Length);

    /// <summary>The entries around that of a function, innermost first.</summary>
    public IEnumerable<int> Around(int function)
    {
        if (!scopeOf.TryGetValue(function, out var scope)) yield break;
        // A scope comes after those around it, so this ends.
        for (; scope >= 0; scope = scopes[scope].Outer) yield return scopes[scope].Entry;
    }
}
