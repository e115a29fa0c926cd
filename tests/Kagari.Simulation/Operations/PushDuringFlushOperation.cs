namespace Kagari.Simulation;

/// <summary>A push arrives while a flush has begun a new group and has not visited the writers: its rows go with the old group's.</summary>
internal sealed class PushDuringFlushOperation : Operation
{
    public override string Name => "push during flush";

    public override int Weight => 6;

    public override Task<string> RunAsync(World world)
    {
        var push = world.Generator.Next(world.Clock.NowMillis);
        world.Model.Pushes.Add(push);
        return world.FlushWhileAsync(push);
    }
}
