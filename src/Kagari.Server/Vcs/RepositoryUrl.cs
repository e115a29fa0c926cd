namespace Kagari.Server.Vcs;

/// <summary>A repository as labels and people write it.</summary>
/// <param name="Host">Host, with port where it has one.</param>
/// <param name="Path">Owner and name, or groups and name, without slashes at its ends and without <c>.git</c>.</param>
internal sealed record RepositoryUrl(string Host, string Path)
{
    /// <summary>The last part.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>What is before it.</summary>
    public string Owner => Path.Length == Name.Length ? "" : Path[..^(Name.Length + 1)];

    /// <summary>Reads <c>https://host/owner/name(.git)</c>, <c>git@host:owner/name.git</c>, <c>host/owner/name</c>.</summary>
    public static bool TryParse(string text, out RepositoryUrl repository)
    {
        repository = new RepositoryUrl("", "");
        var rest = text.Trim();
        if (rest.StartsWith("git@", StringComparison.Ordinal)) rest = rest["git@".Length..].Replace(':', '/');
        else if (rest.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0)
        {
            if (rest[..scheme] is not ("https" or "http" or "ssh" or "git")) return false;
            rest = rest[(scheme + 3)..];
            rest = rest[(rest.Split('/')[0].LastIndexOf('@') + 1)..];   // names and passwords are nobody's business
        }
        var parts = rest.Split(['?', '#'])[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || parts.Any(p => p is "." or ".." || p.Any(c => char.IsControl(c) || c is '\\' or ' ' or '%'))) return false;
        var path = string.Join('/', parts[1..]);
        if (path.EndsWith(".git", StringComparison.Ordinal)) path = path[..^".git".Length];
        repository = new RepositoryUrl(parts[0].ToLowerInvariant(), path);
        return path.Length > 0 && repository.Name.Length > 0;
    }

    public bool IsAt(string url) => Uri.TryCreate(url, UriKind.Absolute, out var server) && server.Authority.Equals(Host, StringComparison.OrdinalIgnoreCase);
}
