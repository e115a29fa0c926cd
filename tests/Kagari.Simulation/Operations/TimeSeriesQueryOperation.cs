using Kagari.Profiles;

namespace Kagari.Simulation;

/// <summary>Someone looks at values over time.</summary>
internal sealed class TimeSeriesQueryOperation : Operation
{
    private static readonly string[][] Groupings = [[], ["pod"], [LabelNames.ServiceName], [LabelNames.ServiceName, "pod", LabelNames.ProfileType], ["region"]];

    public override string Name => "time series";

    public override int Weight => 5;

    public override Task<string> RunAsync(World world)
    {
        var step = new[] { 1_000L, 15_000, 60_000, 3_600_000 }[world.Random.Next(4)];
        var end = world.Clock.NowMillis + world.Random.Next(1000);
        var start = end - (step * world.Random.Next(1, 300));
        return world.CheckTimeSeriesAsync(QueryGenerator.Next(world, filtered: false), start, end, step, Groupings[world.Random.Next(Groupings.Length)]);
    }
}
