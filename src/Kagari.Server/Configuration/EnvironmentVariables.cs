namespace Kagari.Server.Configuration;

/// <summary>Settings as environment variables: <c>KAGARI_</c> and the flag in upper case with <c>_</c>.</summary>
internal static class EnvironmentVariables
{
    /// <summary>What all of them start with.</summary>
    public const string Prefix = "KAGARI_";

    /// <summary>Names of the peer for some of them, by flag; ours win.</summary>
    public static IReadOnlyDictionary<string, string> OfPeer { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["vcs.github-client-id"] = "GITHUB_CLIENT_ID",
        ["vcs.github-client-secret"] = "GITHUB_CLIENT_SECRET",
        ["vcs.github-callback-url"] = "GITHUB_CALLBACK_URL",
        ["vcs.github-session-secret"] = "GITHUB_SESSION_SECRET",
    };

    /// <summary>The variable of a flag.</summary>
    public static string NameOf(string flag) => Prefix + flag.ToUpperInvariant().Replace('.', '_').Replace('-', '_');
}
