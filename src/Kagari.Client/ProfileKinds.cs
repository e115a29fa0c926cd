namespace Kagari.Client;

/// <summary>What is profiled. Each kind can be switched while the program runs.</summary>
[Flags]
public enum ProfileKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>CPU time: <c>process_cpu:cpu:nanoseconds:cpu:nanoseconds</c>.</summary>
    Cpu = 1 << 0,

    /// <summary>Time of all managed threads, whether they run or wait: <c>wall:wall:nanoseconds:cpu:nanoseconds</c>. Needs the runtime's sampler, which stops all threads for each sample.</summary>
    Wall = 1 << 1,

    /// <summary>Objects and bytes allocated: <c>memory:alloc_samples:count:space:bytes</c>, <c>memory:alloc_size:bytes:space:bytes</c>.</summary>
    Allocations = 1 << 2,

    /// <summary>How often and how long threads waited for locks: <c>lock:lock_count:count:cpu:nanoseconds</c>, <c>lock:lock_time:nanoseconds:cpu:nanoseconds</c>.</summary>
    Locks = 1 << 3,

    /// <summary>Exceptions thrown, by type: <c>exception:exception:count:cpu:nanoseconds</c>.</summary>
    Exceptions = 1 << 4,

    /// <summary>Pauses by garbage collections: <c>gc:pauses:count:gc:count</c>, <c>gc:pause_time:nanoseconds:gc:count</c>.</summary>
    GarbageCollections = 1 << 5,

    /// <summary>The heap after the last collection, by generation: <c>memory:inuse_space:bytes:space:bytes</c>.</summary>
    LiveHeap = 1 << 6,

    /// <summary>What is cheap enough to be always on: all but <see cref="Wall"/>.</summary>
    Default = Cpu | Allocations | Locks | Exceptions | GarbageCollections | LiveHeap,

    /// <summary>All of them.</summary>
    All = Default | Wall,
}
