namespace Kagari.Simulation;

/// <summary>What kind of world a seed makes: sizes, limits and troubles differ from seed to seed, so that rare mixes come up.</summary>
internal sealed record WorldOptions
{
    public required int Seed { get; init; }

    public int OperationCount { get; init; } = 50;

    public int TenantCount { get; init; } = 1;

    public int ServiceCount { get; init; } = 2;

    public int PodCount { get; init; } = 2;

    public int KindCount { get; init; } = 2;

    public int PageBytes { get; init; } = 512;

    public long LogFileBytesMax { get; init; } = 64 << 20;

    public long DictionaryBytesMax { get; init; } = 96 << 20;

    public long PendingBytesMax { get; init; } = 64 << 20;

    public long ChainCacheBytesMax { get; init; } = 64 << 20;

    public int NetworkTroublePercent { get; init; }

    /// <summary>Whether bits of stored bytes flip: then data may be missing, if that is reported, and never be wrong.</summary>
    public bool HasBitRot { get; init; }

    /// <summary>Compaction's settings; sizes and delays so small that every level and every division comes up.</summary>
    public Storage.CompactorOptions Compaction { get; init; } = new();

    /// <summary>How many compactors work on one catalogue.</summary>
    public int CompactorCount { get; init; } = 1;

    /// <summary>Factors of the weights in <see cref="OperationTable"/>, by operation; 0 leaves one out.</summary>
    public IReadOnlyList<int> WeightFactors { get; init; } = [];

    /// <summary>The first start dies at this step of the disk, wherever that is; null = only when the seed says so.</summary>
    public long? CrashAtStep { get; init; }

    /// <summary>One line for the trace; operations that are left out are named.</summary>
    public override string ToString() =>
        $"seed {Seed}: {OperationCount} operations, {TenantCount} tenants, {ServiceCount} services; log files of {LogFileBytesMax}, dictionaries {DictionaryBytesMax}, "
        + $"pending {PendingBytesMax}, cache {ChainCacheBytesMax}, pages {PageBytes} bytes; network trouble {NetworkTroublePercent}%; "
        + $"{CompactorCount} compactors: memory {Compaction.MemoryBytesMax}, blocks {Compaction.BlockBytesMax}, {Compaction.LogFilesMax} logs, windows {Compaction.FirstWindow}, delays {Compaction.HourDelay} {Compaction.DayDelay} {Compaction.DeletionDelay}, leases {Compaction.LeaseDuration}{(HasBitRot ? "; bit rot" : "")}; "
        + $"without {string.Join(", ", OperationTable.All.Where((_, i) => i < WeightFactors.Count && WeightFactors[i] == 0).Select(o => o.Name))}";

    public static WorldOptions Of(int seed)
    {
        var random = new Random(seed);
        return new WorldOptions
        {
            Seed = seed,
            OperationCount = random.Next(30, 81),
            TenantCount = random.Next(1, 4),
            ServiceCount = random.Next(1, 4),
            PodCount = random.Next(1, 4),
            KindCount = random.Next(1, 5),
            PageBytes = 64 << random.Next(4),
            LogFileBytesMax = random.Next(3) == 0 ? random.Next(1, 8_000) : 64 << 20,
            DictionaryBytesMax = random.Next(4) == 0 ? random.Next(1, 60_000) : 96 << 20,
            PendingBytesMax = random.Next(6) == 0 ? random.Next(500, 4_000) : 64 << 20,
            ChainCacheBytesMax = random.Next(3) == 0 ? random.Next(1, 100_000) : 64 << 20,
            NetworkTroublePercent = random.Next(3) == 0 ? random.Next(5, 40) : 0,
            HasBitRot = random.Next(6) == 0,
            Compaction = new Storage.CompactorOptions
            {
                MemoryBytesMax = random.Next(3) == 0 ? random.Next(4, 64) << 10 : 96 << 20,
                BlockBytesMax = random.Next(3) == 0 ? random.Next(1, 8) << 10 : 512 << 20,
                LogFilesMax = random.Next(2) == 0 ? random.Next(1, 4) : 16,
                FirstWindow = TimeSpan.FromMinutes(new[] { 1, 5, 5, 15, 60 }[random.Next(5)]),
                HourDelay = TimeSpan.FromMinutes(random.Next(2) * 5),
                DayDelay = TimeSpan.FromMinutes(random.Next(2) * 60),
                DeletionDelay = TimeSpan.FromSeconds(new[] { 0, 1, 30, 600 }[random.Next(4)]),
                LeaseDuration = random.Next(3) == 0 ? TimeSpan.FromSeconds(random.Next(1, 10)) : TimeSpan.FromMinutes(10),
            },
            CompactorCount = random.Next(3) == 0 ? 2 : 1,
            WeightFactors = [.. OperationTable.All.Select(o => o.IsAlwaysOn ? random.Next(1, 4) : random.Next(4))],
        };
    }
}
