namespace Kagari.Simulation;

/// <summary>What goes wrong on the disk for now, apart from crashes.</summary>
internal sealed record DiskFaults
{
    public static DiskFaults None { get; } = new();

    /// <summary>How many of a hundred calls fail.</summary>
    public int FailPercent { get; init; }

    /// <summary>Which calls fail; null = all.</summary>
    public DiskCall? OnlyCall { get; init; }

    /// <summary>How many of a hundred calls take long.</summary>
    public int SlowPercent { get; init; }

    public bool Fails(DiskCall call, Random random) =>
        FailPercent > 0 && (OnlyCall is null || OnlyCall == call) && random.Next(100) < FailPercent;

    public override string ToString() =>
        this == None ? "none" : $"{FailPercent}% of {OnlyCall?.ToString() ?? "all calls"} fail, {SlowPercent}% are slow";
}

/// <summary>Promises that a broken disk does not keep: what the simulator must notice.</summary>
[Flags]
internal enum DiskLies
{
    None = 0,

    /// <summary>A sync of a file does nothing.</summary>
    Sync = 1,

    /// <summary>A sync of a directory does nothing: new names vanish.</summary>
    SyncDirectory = 2,

    /// <summary>A read returns a flipped bit now and then, though the bytes are well.</summary>
    Reads = 4,
}

/// <summary>What a restart does to bytes that were not synced.</summary>
internal enum CrashKind
{
    /// <summary>The process dies, the system lives on: its page cache has everything, still not durable.</summary>
    Kill,

    /// <summary>The machine loses power: only what is durable is sure to be there.</summary>
    PowerCut,
}
