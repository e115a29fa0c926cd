using Kagari.Client.Configuration;
using Kagari.Client.Hosting;

namespace Kagari.Client;

/// <summary>Starts profiling of this process.</summary>
public static class KagariProfiler
{
    private static KagariSession? s_current;

    /// <summary>What runs now; null where nothing was started.</summary>
    public static KagariSession? Current
    {
        get => Volatile.Read(ref s_current);
        private set => Volatile.Write(ref s_current, value);
    }

    /// <summary>Starts profiling of this process. Later calls change nothing and give what runs.</summary>
    /// <remarks>
    /// Options come from the environment, then from <paramref name="configure"/>. With a host, as in ASP.NET Core,
    /// <c>builder.Services.AddKagari()</c> reads the configuration too. Dispose the session to end profiling and to upload
    /// what is there; the end of the process does it as well.
    /// </remarks>
    /// <param name="configure">Sets options.</param>
    /// <returns>What runs; null where profiling is switched off (<see cref="KagariOptions.Enabled"/>).</returns>
    /// <exception cref="ArgumentException">A value set by <paramref name="configure"/> is not allowed.</exception>
    public static KagariSession? Start(Action<KagariOptions>? configure = null) => ProfilerStart.Run(null, configure, out _);

    /// <summary>Starts profiling with these options and no others: neither the environment nor a configuration is looked at.</summary>
    /// <returns>What runs; null where profiling is switched off (<see cref="KagariOptions.Enabled"/>).</returns>
    /// <exception cref="ArgumentException">A value is not allowed.</exception>
    public static KagariSession? Start(KagariOptions options) => ProfilerStart.Run(options);

    /// <summary>Runs a session; no other runs.</summary>
    internal static KagariSession Run(KagariOptions options) => Current = new KagariSession(options, MessageLog.Of(options), TimeProvider.System);

    /// <summary>A session is over; another may be started.</summary>
    internal static void Ended(KagariSession session) => Interlocked.CompareExchange(ref s_current, null, session);
}
