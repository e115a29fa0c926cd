namespace Kagari.Client;

/// <summary>Starts profiling of this process.</summary>
public static class KagariProfiler
{
    private static readonly Lock s_gate = new();

    /// <summary>What runs now; null where nothing was started.</summary>
    public static KagariSession? Current { get; private set; }

    /// <summary>Starts profiling with these options.</summary>
    internal static KagariSession Start(KagariOptions options)
    {
        lock (s_gate)
        {
            Current?.Dispose();
            return Current = new KagariSession(options, options.Sink!, new ClientMetrics(), options.Log ?? (m => Console.Error.WriteLine(m.Text)), TimeProvider.System);
        }
    }
}
