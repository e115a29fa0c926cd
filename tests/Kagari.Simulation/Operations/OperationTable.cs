namespace Kagari.Simulation;

/// <summary>All operations. A new one is a class of its own and a line here; seeds change their meaning with it.</summary>
internal static class OperationTable
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new PushOperation(),
        new BrokenPushOperation(),
        new FlushOperation(),
        new PushDuringFlushOperation(),
        new LateRequestOperation(),
        new RetryOperation(),
        new AdvanceClockOperation(),
        new TreeQueryOperation(),
        new TimeSeriesQueryOperation(),
        new SeriesQueryOperation(),
        new ProfileQueryOperation(),
        new CompactOperation(),
        new CompactDuringQueryOperation(),
        new RivalCompactorOperation(),
        new DeleteDueOperation(),
        new CrashOperation(),
        new CrashLaterOperation(),
        new RestartOperation(),
        new DiskFaultsOperation(),
        new FullDiskOperation(),
        new LoseManifestOperation(),
        new BitRotOperation(),
    ];

    /// <summary>The next operation, by weight.</summary>
    public static Operation Pick(World world)
    {
        var factors = world.Options.WeightFactors;
        var total = 0;
        for (var i = 0; i < All.Count; i++) total += WeightOf(i);
        var at = world.Random.Next(total);
        for (var i = 0; ; i++)
        {
            at -= WeightOf(i);
            if (at < 0) return All[i];
        }

        int WeightOf(int i) => All[i].CanRun(world) ? All[i].Weight * (factors.Count > 0 ? factors[i] : 1) : 0;
    }
}
