namespace Kagari.Server.Configuration;

/// <summary>What the start itself needs: the file of settings, and questions that end the process after an answer.</summary>
/// <param name="Flag">Name of the flag, without dashes.</param>
/// <param name="Kind">A word for the value; null for a switch.</param>
/// <param name="HasVariable">Whether there is an environment variable too.</param>
/// <param name="Help">What it does.</param>
internal sealed record CommandSetting(string Flag, string? Kind, bool HasVariable, string Help)
{
    public static readonly CommandSetting
        File = new("config.file", "file", true, "YAML file with settings."),
        ExpandEnv = new("config.expand-env", null, true, "Replaces ${VAR} and ${VAR:-default} in that file by environment variables."),
        ShowHelp = new("help", null, false, "Prints this help."),
        Version = new("version", null, false, "Prints the version."),
        Modules = new("modules", null, false, "Prints the roles that -target knows.");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<CommandSetting> All { get; } = [File, ExpandEnv, ShowHelp, Version, Modules];

    /// <summary>The environment variable, where there is one.</summary>
    public string? Variable => HasVariable ? EnvironmentVariables.NameOf(Flag) : null;
}
