namespace Kagari.Simulation;

/// <summary>The ingester writes what waits: the group commit that acknowledges pushes.</summary>
internal sealed class FlushOperation : Operation
{
    public override string Name => "flush";

    public override int Weight => 16;

    public override bool IsAlwaysOn => true;

    public override async Task<string> RunAsync(World world)
    {
        var waiting = world.WaitingCount;
        await world.FlushAsync();
        return $"{waiting} pushes";
    }
}
