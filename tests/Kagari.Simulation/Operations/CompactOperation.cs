namespace Kagari.Simulation;

/// <summary>Compaction has its turn: perhaps an hour or a day is over since, perhaps pushes come while a job is planned or done.</summary>
internal sealed class CompactOperation : Operation
{
    public override string Name => "compact";

    public override int Weight => 14;

    public override async Task<string> RunAsync(World world)
    {
        var random = world.Random;
        if (random.Next(3) == 0) world.Clock.Advance(TimeSpan.FromHours(random.Next(3) == 0 ? 25 : 1) + TimeSpan.FromMinutes(random.Next(10)));
        if (random.Next(3) > 0) await world.SealAsync();
        else
        {
            foreach (var compactor in world.Compactors) compactor.SealAtWindowEnd();
            await world.FlushAsync();
        }
        var outcome = new List<string>();
        for (var jobs = random.Next(1, 6); jobs > 0 && !world.Disk.HasCrashed; jobs--)
        {
            // An ingester writes on, and may end its log at any moment.
            void Flush()
            {
                var push = world.Generator.Next(world.Clock.NowMillis);
                world.Model.Pushes.Add(push);
                world.Deliver(push);
                (random.Next(2) == 0 ? world.SealAsync() : world.FlushAsync()).GetAwaiter().GetResult();
            }
            if (random.Next(6) == 0) world.Catalogue.AfterSegments = Flush;
            else if (random.Next(6) == 0) world.Disk.RunIn(random.Next(20), Flush);
            var job = await world.CompactAsync();
            // One flush at a time: what had no turn in this job must not come in the middle of the next one's.
            world.Catalogue.AfterSegments = null;
            world.Disk.RunsNothing();
            outcome.Add(job);
            if (job == "nothing to do") break;
        }
        return string.Join(" | ", outcome);
    }
}
