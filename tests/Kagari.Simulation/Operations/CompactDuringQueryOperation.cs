using Kagari.Profiles;

namespace Kagari.Simulation;

/// <summary>Compaction replaces and deletes objects between the plan of a query and its reads, or between two reads: the query plans again and stays exact.</summary>
internal sealed class CompactDuringQueryOperation : Operation
{
    public override string Name => "compact during query";

    public override int Weight => 6;

    public override async Task<string> RunAsync(World world)
    {
        var random = world.Random;
        if (random.Next(3) == 0) world.Clock.Advance(TimeSpan.FromHours(random.Next(3) == 0 ? 26 : 1));
        await world.SealAsync();
        if (random.Next(2) == 0) world.ForgetCaches();
        Action compact = () => world.CompactMeanwhile(world.Compactors[0], random.Next(1, 4));
        if (random.Next(2) == 0) world.Catalogue.AfterSelect = compact;
        else world.Disk.RunIn(random.Next(12), compact);
        var query = random.Next(2) == 0 ? ModelQuery.Everything([.. world.Tenants]) : QueryGenerator.Next(world, filtered: true);
        var end = world.Clock.NowMillis;
        var outcome = await (random.Next(4) switch
        {
            0 => world.CheckTimeSeriesAsync(query with { Filter = Query.StackFilter.None }, end - (300 * 3_600_000L), end, 3_600_000, ["pod", LabelNames.ServiceName]),
            1 => world.CheckSeriesAsync(query),
            2 => world.CheckProfileAsync(QueryGenerator.OfOneType(query, random)),
            _ => world.CheckTreeAsync(query),
        });
        world.Catalogue.AfterSelect = null;
        var waits = world.Disk.RunsNothing();
        return $"{outcome}{(waits ? ", undisturbed" : "")}";
    }
}
