namespace Kagari.Client;

/// <summary>Where CPU profiles come from.</summary>
public enum CpuSource
{
    /// <summary>The kernel's counters where they are allowed, else the runtime's sampler. The default.</summary>
    Auto,

    /// <summary>The kernel's counters (<c>perf_event_open</c>): Linux, and not everywhere in containers. No thread is ever stopped.</summary>
    PerfEvents,

    /// <summary>The runtime's sampler, in short bursts or slowed, weighted by the CPU time that the system counts per thread.</summary>
    Sampler,
}
