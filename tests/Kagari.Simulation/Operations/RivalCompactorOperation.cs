namespace Kagari.Simulation;

/// <summary>
/// A compactor is held up in the middle of a job until its lease may have run out, and another takes over: one of them
/// has worked for nothing, and its blocks never count.
/// </summary>
internal sealed class RivalCompactorOperation : Operation
{
    public override string Name => "rival compactor";

    public override int Weight => 5;

    public override bool CanRun(World world) => world.Compactors.Count > 1;

    public override async Task<string> RunAsync(World world)
    {
        var random = world.Random;
        var rival = world.Compactors[^1];
        if (random.Next(3) == 0) world.Clock.Advance(TimeSpan.FromHours(random.Next(3) == 0 ? 26 : 1));
        await world.SealAsync();
        var ran = "the rival had no turn";
        world.Disk.RunIn(random.Next(25), () =>
        {
            if (random.Next(4) > 0) world.Clock.Pass(world.Options.Compaction.LeaseDuration + TimeSpan.FromSeconds(random.Next(2)));
            ran = "the rival had its turn";
            world.CompactMeanwhile(rival, random.Next(1, 3));
        });
        var did = await world.RunJobAsync(world.Compactors[0]);
        world.Disk.RunsNothing();
        return $"{(did ? "a job" : "nothing to do")}; {ran}";
    }
}
