namespace Kagari.Server.Authentication;

/// <summary>The names of scopes in files and tokens.</summary>
internal static class ScopeNames
{
    public const string Known = "read, write, admin";

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
