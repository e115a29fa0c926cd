namespace Kagari.Server.Configuration;

/// <summary>Settings cannot be used: each error names the place, the setting, what was found and what is expected.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>With all that is wrong.</summary>
    public ConfigurationException(IReadOnlyList<string> errors)
        : base(string.Join('\n', errors)) => Errors = errors;

    /// <summary>Without details.</summary>
    public ConfigurationException()
    {
    }

    /// <summary>All that is wrong, one sentence each.</summary>
    public IReadOnlyList<string> Errors { get; } = [];
}
