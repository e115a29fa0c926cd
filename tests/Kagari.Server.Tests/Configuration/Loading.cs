using Kagari.Server.Configuration;

namespace Kagari.Server.Tests.Configuration;

/// <summary>Loads configurations from texts.</summary>
internal static class Loading
{
    public const string File = "kagari.yaml";

    /// <summary>From flags in one string, a file and variables (<c>NAME=value</c>).</summary>
    public static LoadedConfiguration Load(string flags = "", string? yaml = null, params string[] variables)
    {
        var arguments = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (yaml is not null) arguments.Add("-config.file=" + File);
        return Load(arguments, yaml, variables);
    }

    public static LoadedConfiguration Load(IReadOnlyList<string> arguments, string? yaml = null, params string[] variables)
    {
        var environment = variables.Select(v => v.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        return ServerConfiguration.Load(new ConfigurationSources(arguments, environment, Read));

        string Read(string file) => file == File && yaml is not null ? yaml : throw new FileNotFoundException($"Could not find file '{file}'.");
    }

    /// <summary>What is wrong with them, joined by lines.</summary>
    public static string Errors(string flags = "", string? yaml = null, params string[] variables) =>
        Should.Throw<ConfigurationException>(() => Load(flags, yaml, variables)).Message;
}
