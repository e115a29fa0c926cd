namespace Kagari.Simulation;

/// <summary>A client sends a new profile; the network may lose, delay or double the request.</summary>
internal sealed class PushOperation : Operation
{
    public override string Name => "push";

    public override int Weight => 30;

    public override bool IsAlwaysOn => true;

    public override Task<string> RunAsync(World world)
    {
        var push = world.Generator.Next(world.Clock.NowMillis);
        world.Model.Pushes.Add(push);
        var fate = world.Network.Send(push);
        var outcome = fate switch
        {
            RequestFate.IsLost or RequestFate.ArrivesLater => $"{push} {fate}",
            RequestFate.ArrivesTwice => $"{world.Deliver(push)}; again: {world.Deliver(push)}",
            _ => world.Deliver(push),
        };
        return Task.FromResult(outcome);
    }
}
