namespace Kagari.Profiles;

/// <summary>Where a <see cref="FunctionSandwich"/> cuts a stack that has the function several times.</summary>
public enum RecursionCounting
{
    /// <summary>At the outermost call only, so each stack counts once: what speedscope and pprof's totals do.</summary>
    Outermost,

    /// <summary>At every call, so a stack counts as often as it has the function: what Grafana's flame graph draws.</summary>
    Every,
}
