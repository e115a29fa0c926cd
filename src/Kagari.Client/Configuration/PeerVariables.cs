using System.Collections.Frozen;

namespace Kagari.Client.Configuration;

/// <summary>Variables of other profilers that are no option here: switches of single kinds, and what is ignored and said to be.</summary>
internal static class PeerVariables
{
    /// <summary>Switches of single kinds, by variable.</summary>
    public static IReadOnlyList<(string Variable, ProfileKinds Kind)> Switches { get; } =
    [
        ("PYROSCOPE_PROFILING_CPU_ENABLED", ProfileKinds.Cpu),
        ("PYROSCOPE_PROFILING_WALLTIME_ENABLED", ProfileKinds.Wall),
        ("PYROSCOPE_PROFILING_ALLOCATION_ENABLED", ProfileKinds.Allocations),
        ("PYROSCOPE_PROFILING_CONTENTION_ENABLED", ProfileKinds.Locks),
        ("PYROSCOPE_PROFILING_LOCK_ENABLED", ProfileKinds.Locks),
        ("PYROSCOPE_PROFILING_EXCEPTION_ENABLED", ProfileKinds.Exceptions),
        ("PYROSCOPE_PROFILING_GC_ENABLED", ProfileKinds.GarbageCollections),
        ("PYROSCOPE_PROFILING_HEAP_ENABLED", ProfileKinds.LiveHeap),
    ];

    /// <summary>Variables of pyroscope-dotnet without an effect here, with the reason.</summary>
    public static IReadOnlyList<(string Variable, string Reason)> Ignored { get; } =
    [
        ("PYROSCOPE_PROFILING_LOG_DIR", "messages go to the program's log or to standard error, not to files"),
        ("PYROSCOPE_ALLOCATION_TYPE_LEAF_ENABLED", "how allocations look is no choice of this profiler"),
    ];

    /// <summary>What dd-trace-dotnet, from which pyroscope-dotnet is made, listens to. The environment cannot be searched by prefix.</summary>
    public static FrozenSet<string> Datadog { get; } = FrozenSet.Create(StringComparer.Ordinal,
        "DD_PROFILING_ENABLED", "DD_PROFILING_CPU_ENABLED", "DD_PROFILING_WALLTIME_ENABLED", "DD_PROFILING_ALLOCATION_ENABLED", "DD_PROFILING_LOCK_ENABLED",
        "DD_PROFILING_CONTENTION_ENABLED", "DD_PROFILING_EXCEPTION_ENABLED", "DD_PROFILING_HEAP_ENABLED", "DD_PROFILING_GC_ENABLED", "DD_PROFILING_HTTP_ENABLED",
        "DD_PROFILING_MIN_CORES_THRESHOLD", "DD_PROFILING_UPLOAD_PERIOD", "DD_PROFILING_UPLOAD_TIMEOUT", "DD_PROFILING_LOG_DIR", "DD_PROFILING_OUTPUT_DIR",
        "DD_PROFILING_LOG_LEVEL", "DD_PROFILING_TAGS", "DD_PROFILING_AGENTLESS", "DD_PROFILING_FRAMES_NATIVE_ENABLED", "DD_PROFILING_TIMESTAMPS_AS_LABEL_ENABLED",
        "DD_PROFILING_CPU_SAMPLING_RATE", "DD_PROFILING_CPU_PROFILER_TYPE", "DD_PROFILING_CPU_TIMER_INTERVAL", "DD_PROFILING_EXCEPTION_SAMPLE_LIMIT",
        "DD_PROFILING_ALLOCATION_SAMPLE_LIMIT", "DD_PROFILING_CONTENTION_SAMPLE_LIMIT", "DD_PROFILING_CONTENTION_DURATION_THRESHOLD", "DD_PROFILING_HEAP_SNAPSHOT_ENABLED",
        "DD_PROFILING_TIMELINE_ENABLED", "DD_PROFILING_SSI_TELEMETRY_ENABLED");

    /// <summary>One message for each variable that is set and does nothing; one for all of Datadog.</summary>
    public static void Tell(Func<string, string?> environment, ICollection<ProfilerMessage> messages)
    {
        foreach (var (variable, reason) in Ignored)
            if (!string.IsNullOrEmpty(environment(variable))) messages.Add(new(ProfilerSeverity.Information, $"{variable} is ignored: {reason}."));
        var datadog = Datadog.Where(v => !string.IsNullOrEmpty(environment(v))).Order(StringComparer.Ordinal).ToArray();
        if (datadog.Length > 0) messages.Add(new(ProfilerSeverity.Information, $"Ignored, because this is not Datadog's profiler: {string.Join(", ", datadog)}. The options of this one are KAGARI_… and PYROSCOPE_…."));
    }
}
