namespace Kagari.Simulation;

/// <summary>A push whose rows name samples that do not exist: thrown out, never stored, and nobody else is lied to.</summary>
internal sealed class BrokenPushOperation : Operation
{
    public override string Name => "broken push";

    public override int Weight => 1;

    public override Task<string> RunAsync(World world)
    {
        var push = world.Generator.Next(world.Clock.NowMillis);
        world.Model.Pushes.Add(push);
        return Task.FromResult(world.DeliverBroken(push));
    }
}
