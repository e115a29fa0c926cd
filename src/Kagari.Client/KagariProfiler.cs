namespace Kagari.Client;

/// <summary>Starts profiling of this process.</summary>
public static class KagariProfiler
{
    /// <summary>What runs now; null where nothing was started.</summary>
    public static KagariSession? Current { get; private set; }

    /// <summary>Starts profiling with these options.</summary>
    internal static KagariSession Start(KagariOptions options) => Current = new KagariSession(options);
}
