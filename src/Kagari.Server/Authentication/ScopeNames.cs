namespace Kagari.Server.Authentication;

/// <summary>The names of scopes in files and tokens.</summary>
internal static class ScopeNames
{
    public const string Known = "read, write, admin";

    /// <summary>The names that say the same.</summary>
    public static IEnumerable<string> Of(Scopes scopes)
    {
        if (scopes.HasFlag(Scopes.Admin)) return ["admin"];
        return [.. scopes.HasFlag(Scopes.Read) ? ["read"] : Array.Empty<string>(), .. scopes.HasFlag(Scopes.Write) ? ["write"] : Array.Empty<string>()];
    }

    public static bool TryParse(string name, out Scopes scope)
    {
        scope = name switch
        {
            "read" => Scopes.Read,
            "write" => Scopes.Write,
            "admin" => Scopes.Admin,
            _ => Scopes.None,
        };
        return scope != Scopes.None;
    }
}
