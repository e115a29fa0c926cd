namespace Kagari.Simulation;

/// <summary>Someone looks which series there are.</summary>
internal sealed class SeriesQueryOperation : Operation
{
    public override string Name => "series";

    public override int Weight => 3;

    public override Task<string> RunAsync(World world) => world.CheckSeriesAsync(QueryGenerator.Next(world, filtered: false));
}
