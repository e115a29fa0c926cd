using Kagari.Cli.Terminal;

namespace Kagari.Cli;

/// <summary>The world as commands see it: tests bring their own.</summary>
/// <param name="Screen">Where output goes.</param>
/// <param name="Time">The clock.</param>
/// <param name="Environment">Environment variables.</param>
internal sealed record CliContext(Screen Screen, TimeProvider Time, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>This process.</summary>
    public static CliContext OfProcess()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            environment[(string)variable.Key] = (string?)variable.Value ?? "";
        return new CliContext(Screen.OfProcess(environment), TimeProvider.System, environment);
    }

    /// <summary>A variable; null where it is not set or empty.</summary>
    public string? Variable(string name) => Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
