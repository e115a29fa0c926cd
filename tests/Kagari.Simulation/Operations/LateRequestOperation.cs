namespace Kagari.Simulation;

/// <summary>A request that the network held back arrives, perhaps after a crash or behind later ones.</summary>
internal sealed class LateRequestOperation : Operation
{
    public override string Name => "late request";

    public override int Weight => 5;

    public override bool IsAlwaysOn => true;

    public override bool CanRun(World world) => world.Network.LateCount > 0;

    public override Task<string> RunAsync(World world) =>
        Task.FromResult(world.Network.Deliver() is { } push ? world.Deliver(push) : "none");
}
