namespace Kagari.Server.Configuration;

/// <summary>Where settings come from; tests bring their own.</summary>
/// <param name="Arguments">The command line after <c>kagari server</c>.</param>
/// <param name="Environment">All environment variables.</param>
/// <param name="ReadFile">Reads a file.</param>
public sealed record ConfigurationSources(
    IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, Func<string, string> ReadFile)
{
    /// <summary>The environment and the files of this process.</summary>
    public static ConfigurationSources OfProcess(IReadOnlyList<string> arguments)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            environment[(string)variable.Key] = (string?)variable.Value ?? "";
        return new ConfigurationSources(arguments, environment, File.ReadAllText);
    }
}
