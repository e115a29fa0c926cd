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

    /// <summary>Factors of the weights in <see cref="OperationTable"/>, by operation; 0 leaves one out.</summary>
    public IReadOnlyList<int> WeightFactors { get; init; } = [];

    /// <summary>The first start dies at this step of the disk, wherever that is; null = only when the seed says so.</summary>
    public long? CrashAtStep { get; init; }

    /// <summary>One line for the trace; operations that are left out are named.</summary>
    public override string ToString() =>
        $"seed {Seed}: {OperationCount} operations, {TenantCount} tenants, {ServiceCount} services; log files of {LogFileBytesMax}, dictionaries {DictionaryBytesMax}, "
        + $"pending {PendingBytesMax}, cache {ChainCacheBytesMax}, pages {PageBytes} bytes; network trouble {NetworkTroublePercent}%{(HasBitRot ? "; bit rot" : "")}; "
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
            WeightFactors = [.. OperationTable.All.Select(o => o.IsAlwaysOn ? random.Next(1, 4) : random.Next(4))],
        };
    }
}
