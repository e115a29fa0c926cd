namespace Kagari.Server.Configuration;

/// <summary>Collects what is wrong and what should be said, so that all of it is told at once.</summary>
internal sealed class Findings
{
    /// <summary>What keeps the server from starting.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>What the log should say.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Adds an error.</summary>
    public void Error(string message) => Errors.Add(message);

    /// <summary>Adds a notice.</summary>
    public void Notice(string message) => Notices.Add(message);

    /// <summary>Ends here if there are errors.</summary>
    /// <exception cref="ConfigurationException">There are.</exception>
    public void ThrowIfAny()
    {
        if (Errors.Count > 0) throw new ConfigurationException(Errors);
    }
}
