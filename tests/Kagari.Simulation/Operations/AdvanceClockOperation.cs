namespace Kagari.Simulation;

/// <summary>Time passes: mostly seconds, now and then hours or days.</summary>
internal sealed class AdvanceClockOperation : Operation
{
    public override string Name => "advance";

    public override int Weight => 6;

    public override bool IsAlwaysOn => true;

    public override Task<string> RunAsync(World world)
    {
        var time = world.Random.Next(10) switch
        {
            < 6 => TimeSpan.FromSeconds(world.Random.Next(1, 60)),
            < 9 => TimeSpan.FromMinutes(world.Random.Next(1, 180)),
            _ => TimeSpan.FromHours(world.Random.Next(1, 48)),
        };
        world.Clock.Advance(time);
        return Task.FromResult($"{time} to {world.Clock.GetUtcNow():u}");
    }
}
