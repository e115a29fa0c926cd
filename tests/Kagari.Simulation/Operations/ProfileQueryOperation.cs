namespace Kagari.Simulation;

/// <summary>Someone exports a pprof of one type.</summary>
internal sealed class ProfileQueryOperation : Operation
{
    public override string Name => "export";

    public override int Weight => 4;

    public override Task<string> RunAsync(World world) =>
        world.CheckProfileAsync(QueryGenerator.OfOneType(QueryGenerator.Next(world, filtered: true), world.Random));
}
