namespace Kagari.Simulation;

/// <summary>Someone looks at a flame graph.</summary>
internal sealed class TreeQueryOperation : Operation
{
    public override string Name => "tree";

    public override int Weight => 10;

    public override bool IsAlwaysOn => true;

    public override Task<string> RunAsync(World world) => world.CheckTreeAsync(QueryGenerator.Next(world, filtered: true));
}
