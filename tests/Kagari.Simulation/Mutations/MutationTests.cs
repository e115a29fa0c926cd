using Kagari.Profiles;

namespace Kagari.Simulation.Mutations;

/// <summary>A simulator that finds nothing proves nothing: each of these broken parts must be noticed.</summary>
public sealed class MutationTests
{
    /// <summary>Within so many seeds each mutation is found.</summary>
    private const int Seeds = 300;

    [Fact]
    public Task Sync_DoesNothing_IsFound() =>
        FindAsync(new WorldParts { DiskLies = DiskLies.Sync }, "is missing");

    [Fact]
    public Task SyncDirectory_DoesNothing_IsFound() =>
        FindAsync(new WorldParts { DiskLies = DiskLies.SyncDirectory }, "is missing");

    [Fact]
    public Task Read_FlipsABit_IsFound() =>
        FindAsync(new WorldParts { DiskLies = DiskLies.Reads }, "Damage of a whole object is reported", "is missing");

    [Fact]
    public Task Catalogue_ForgetsASegment_IsFound() =>
        FindAsync(new WorldParts { Catalogue = c => new ForgetfulCatalogue(c) }, "is missing");

    [Fact]
    public Task Catalogue_LeavesOutTheLastNanosecond_IsFound() =>
        FindAsync(new WorldParts { Catalogue = c => new NarrowCatalogue(c) }, "expected");

    [Fact]
    public Task Query_CountsACellTwice_IsFound() => FindAsync(
        new WorldParts
        {
            MergeTreeAsync = static async (engine, query, filter) =>
            {
                var tree = await engine.MergeTreeAsync(query, filter, CancellationToken.None);
                CountTwice(tree);
                return tree;
            },
        },
        "expected");

    private static void CountTwice(FunctionTree tree)
    {
        var last = tree.Selfs.LastIndexOfAnyExcept(0);
        if (tree.Count > 12) tree.Selfs[last] *= 2;
    }

    private static async Task FindAsync(WorldParts parts, params string[] texts)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                await World.RunAsync(WorldOptions.Of(seed), parts);
            }
            catch (SimulationFailureException e)
            {
                texts.ShouldContain(text => e.Message.Contains(text), e.Message);
                return;
            }
        }
        Assert.Fail($"{Seeds} seeds did not notice.");
    }
}
