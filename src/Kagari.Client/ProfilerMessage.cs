namespace Kagari.Client;

/// <summary>Something that the profiler has to say.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Text">What was found, what was expected, and what to try.</param>
public readonly record struct ProfilerMessage(ProfilerSeverity Severity, string Text);

/// <summary>How bad a <see cref="ProfilerMessage"/> is.</summary>
public enum ProfilerSeverity
{
    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>Something is missing from the profiles.</summary>
    Warning,

    /// <summary>No profiles come.</summary>
    Error,
}
