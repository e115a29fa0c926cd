namespace Kagari.Server.Vcs;

/// <summary>Where the source code of profiled programs is.</summary>
public sealed record VcsOptions
{
    /// <summary>Client id of a GitHub app. Default: none, and people cannot log in to GitHub.</summary>
    public string GithubClientId { get; init; } = "";

    /// <summary>Its secret.</summary>
    public string GithubClientSecret { get; init; } = "";

    /// <summary>Where GitHub sends people back to: a page of the user interface.</summary>
    public string GithubCallbackUrl { get; init; } = "";

    /// <summary>Encrypts the tokens of people, which they keep in a cookie.</summary>
    public string GithubSessionSecret { get; init; } = "";

    /// <summary>GitHub, or a server of one's own. Default: https://github.com.</summary>
    public string GithubUrl { get; init; } = "https://github.com";

    /// <summary>Its API. Default: https://api.github.com.</summary>
    public string GithubApiUrl { get; init; } = "https://api.github.com";

    /// <summary>GitLab, or a server of one's own. Default: https://gitlab.com.</summary>
    public string GitlabUrl { get; init; } = "https://gitlab.com";

    /// <summary>A token that reads repositories there. Default: none, and only public ones are read.</summary>
    public string GitlabToken { get; init; } = "";

    /// <summary>Address of a file in any other repository; see <see cref="Hosts.TemplateHost"/>. Default: none.</summary>
    public string RawUrlTemplate { get; init; } = "";

    /// <summary>The header Authorization of these requests, as <c>Bearer …</c>. Default: none.</summary>
    public string RawUrlAuthorization { get; init; } = "";

    /// <summary>Whether people can log in to GitHub.</summary>
    internal bool HasGithub => GithubClientId.Length > 0 && GithubClientSecret.Length > 0 && GithubSessionSecret.Length > 0;
}
