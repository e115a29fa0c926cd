namespace Kagari.Storage;

/// <summary>Settings of the <see cref="Compactor"/>.</summary>
public sealed record CompactorOptions
{
    /// <summary>Memory of one merge. Default 96 MiB.</summary>
    public long MemoryBytesMax { get; init; } = CompactionBudget.Default.Bytes;

    /// <summary>Length of the first level's windows, and how often the log starts a new file. Default 5 minutes.</summary>
    public TimeSpan FirstWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after its end the window of an hour is merged: late profiles come meanwhile. Default 5 minutes.</summary>
    public TimeSpan HourDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after its end the window of a day is merged. Default 1 hour.</summary>
    public TimeSpan DayDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long replaced objects stay for queries that still read them. Default 10 minutes.</summary>
    public TimeSpan DeletionDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time between two looks for work. Default 15 seconds.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A job not finished or extended after this time may be taken over. Default 10 minutes.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A block ends at the next dataset when it has this many bytes. Default 512 MiB.</summary>
    public long BlockBytesMax { get; init; } = 512L << 20;

    /// <summary>Log files of one job. Default 16: more make larger first blocks and longer jobs.</summary>
    public int LogFilesMax { get; init; } = 16;

    /// <summary>Profiles that a slot of 5 minutes or an hour must stand for on average to get a rollup. Default 16.</summary>
    /// <remarks>The sum of few profiles has nearly as many stacks as they have together, and sums of tiles answer as fast.</remarks>
    public int RollupRowsPerSlotMin { get; init; } = 16;

    /// <summary>Labels that rollups drop: those that tell instances of a service apart.</summary>
    public IReadOnlySet<string> RollupDroppedLabels { get; init; } = InstanceLabels;

    /// <summary>Names that SDKs, agents and Kubernetes give to what tells instances apart.</summary>
    internal static HashSet<string> InstanceLabels { get; } = new(StringComparer.Ordinal)
    {
        "pod", "pod_name", "pod_ip", "pod_uid", "instance", "host", "hostname", "host_name", "host_ip", "ip", "container_id", "node", "node_name",
        "process_id", "pid", "__session_id__",
    };
}
