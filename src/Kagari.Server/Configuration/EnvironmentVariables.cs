namespace Kagari.Server.Configuration;

/// <summary>Settings as environment variables: <c>KAGARI_</c> and the flag in upper case with <c>_</c>.</summary>
internal static class EnvironmentVariables
{
    /// <summary>What all of them start with.</summary>
    public const string Prefix = "KAGARI_";

    /// <summary>The variable of a flag.</summary>
    public static string NameOf(string flag) => Prefix + flag.ToUpperInvariant().Replace('.', '_').Replace('-', '_');
}
