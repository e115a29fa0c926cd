namespace Kagari.Client.Diagnostics;

/// <summary>Which events of a provider a session wants.</summary>
/// <param name="Name">The provider.</param>
/// <param name="Keywords">Bits of the kinds of events.</param>
/// <param name="Level">4 informational, 5 verbose.</param>
internal readonly record struct EventPipeProvider(string Name, ulong Keywords, uint Level)
{
    private const uint Informational = 4;

    /// <summary>The runtime itself.</summary>
    public static EventPipeProvider Runtime(ulong keywords, uint level = Informational) => new("Microsoft-Windows-DotNETRuntime", keywords, level);

    /// <summary>The sampler of all managed threads.</summary>
    public static EventPipeProvider Sampler => new("Microsoft-DotNETCore-SampleProfiler", 0, Informational);

    /// <summary>None: for a session that is there for the rundown at its end.</summary>
    public static EventPipeProvider Nothing => new("Kagari-Nothing", 0, Informational);
}
