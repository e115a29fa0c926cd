namespace Kagari.Profiles;

/// <summary>The profiles that a JFR recording can hold, in the order they are given out.</summary>
public enum JfrProfileKind
{
    /// <summary>Time on a processor.</summary>
    Cpu,

    /// <summary>Time of threads, whatever they did.</summary>
    Wall,

    /// <summary>Allocations that needed a new thread-local buffer; bytes are those of the buffer.</summary>
    AllocationInNewTlab,

    /// <summary>Allocations beside the thread-local buffers.</summary>
    AllocationOutsideTlab,

    /// <summary>Allocations as a recent JDK samples them; bytes are the weight of the sample.</summary>
    AllocationSample,

    /// <summary>Waiting for monitors.</summary>
    Mutex,

    /// <summary>Parked threads.</summary>
    Block,

    /// <summary>Objects that were alive at the end.</summary>
    Live,

    /// <summary>Native allocations.</summary>
    Malloc,
}

/// <summary>Names and units of each kind, as the peer stores them (wire reference §3.2).</summary>
internal readonly record struct JfrProfileType(string Family, (string Type, string Unit) First, (string Type, string Unit) Second, (string Type, string Unit) Period)
{
    public static int Count => s_types.Length;

    private static readonly JfrProfileType[] s_types =
    [
        new("process_cpu", ("cpu", "nanoseconds"), default, ("cpu", "nanoseconds")),
        new("wall", ("wall", "nanoseconds"), default, ("wall", "nanoseconds")),
        new("memory", ("alloc_in_new_tlab_objects", "count"), ("alloc_in_new_tlab_bytes", "bytes"), ("space", "bytes")),
        new("memory", ("alloc_outside_tlab_objects", "count"), ("alloc_outside_tlab_bytes", "bytes"), ("space", "bytes")),
        new("memory", ("alloc_sample_objects", "count"), ("alloc_sample_bytes", "bytes"), ("space", "bytes")),
        new("mutex", ("contentions", "count"), ("delay", "nanoseconds"), ("mutex", "count")),
        new("block", ("contentions", "count"), ("delay", "nanoseconds"), ("block", "count")),
        new("memory", ("live", "count"), default, ("objects", "count")),
        new("memory", ("malloc_objects", "count"), ("malloc_bytes", "bytes"), default),
    ];

    public static JfrProfileType Of(JfrProfileKind kind) => s_types[(int)kind];
}
