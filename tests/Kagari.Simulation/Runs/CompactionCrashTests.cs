namespace Kagari.Simulation.Runs;

/// <summary>One world with a whole life of data in it, from log to day and deletion, and the process dies at each of its disk calls in turn.</summary>
public sealed class CompactionCrashTests
{
    [Theory]
    [InlineData(CrashKind.Kill)]
    [InlineData(CrashKind.PowerCut)]
    public async Task Compact_CrashAtEachStep_KeepsItsPromises(object kind)
    {
        var calm = await World.RunAsync(Options, script: w => LiveAsync(w, (CrashKind)kind));
        calm.Jobs.Select(j => j.Level).Distinct().Order().ToList().ShouldBe([1, 2, 3], "or there is little to crash at");
        calm.Jobs.Count(j => j.Level == 1).ShouldBeGreaterThan(2);
        for (long step = 0; step < calm.Disk.Steps; step++)
            await World.RunAsync(Options with { CrashAtStep = step }, script: w => LiveAsync(w, (CrashKind)kind));
    }

    private static WorldOptions Options { get; } = new()
    {
        Seed = 3,
        TenantCount = 2,
        Compaction = new Storage.CompactorOptions { LogFilesMax = 2, DeletionDelay = TimeSpan.FromSeconds(1) },
    };

    /// <summary>Two days: pushes, first blocks, hours, days, deletions; late pushes at the end go into the day again.</summary>
    private static async Task LiveAsync(World world, CrashKind kind)
    {
        world.CrashesBy = kind;
        var (compact, due) = (new PlainCompactOperation(), new DeleteDueOperation());
        for (var hour = 0; hour < 4; hour++)
        {
            for (var i = 0; i < 3; i++) await world.RunAsync(new PushOperation(), hour);
            await world.RunAsync(compact, hour);
            world.Clock.Advance(TimeSpan.FromMinutes(hour < 2 ? 20 : 70));
            await world.RunAsync(due, hour);
        }
        world.Clock.Advance(TimeSpan.FromHours(26));
        await world.RunAsync(compact, 10);
        await world.RunAsync(due, 11);
        await world.RunAsync(new PushOperation(), 12);
        await world.RunAsync(compact, 13);
        await world.RunAsync(due, 14);
    }

    /// <summary>Ends the log and does all there is to do.</summary>
    private sealed class PlainCompactOperation : Operation
    {
        public override string Name => "compact all";

        public override int Weight => 1;

        public override async Task<string> RunAsync(World world)
        {
            await world.SealAsync();
            var jobs = 0;
            while (!world.Disk.HasCrashed && await world.RunJobAsync(world.Compactors[0])) jobs++;
            return $"{jobs} jobs";
        }
    }
}
