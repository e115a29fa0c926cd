using Kagari.Profiles;
using Kagari.Storage;

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
        FindAsync(new WorldParts { DiskLies = DiskLies.Reads }, "Damage of a whole object is reported", "is missing", "changed by a compaction");

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
        "expected", "changed by a compaction");

    [Fact]
    public Task Compaction_DropsABlock_IsFound() =>
        FindAsync(new WorldParts { CompactionCatalogue = c => new BlockDroppingCatalogue(c) }, "is missing", "changed by a compaction");

    [Fact]
    public Task Compaction_KeepsASource_IsFound() =>
        FindAsync(new WorldParts { CompactionCatalogue = c => new KeepingCatalogue(c) }, "The object is gone", "is gone; it is left out");

    [Fact]
    public Task Compaction_BlocksEndTooEarly_IsFound() =>
        FindAsync(new WorldParts { CompactionCatalogue = c => new ShortBlockCatalogue(c) }, "is missing", "changed by a compaction", "expected");

    [Fact]
    public Task Compaction_WritesAFlippedBit_IsFound() =>
        FindAsync(new WorldParts { CompactionStore = s => new FlippingStore(s) }, "is missing", "Damage of a whole object", "changed by a compaction");

    [Fact]
    public Task Compaction_DeletesBeforeItsCommit_IsFound()
    {
        ICatalogue? catalogue = null;
        return FindAsync(
            new WorldParts
            {
                Catalogue = c => catalogue = c,
                CompactionStore = s => new HastyStore(s, () => catalogue!.Segments().Select(l => l.ObjectKey).Concat(catalogue.Blocks().Select(l => l.Key)).Distinct().Take(1)),
            },
            "is missing", "is gone", "changed by a compaction", "not in the store");
    }

    /// <summary>Rows of a dataset counted once too often, as where a query takes overlapping blocks for apart.</summary>
    [Fact]
    public Task Query_TileTotalOffByOne_IsFound() => FindAsync(
        new WorldParts
        {
            MergeTreeAsync = static async (engine, query, filter) =>
            {
                var tree = await engine.MergeTreeAsync(query, filter, CancellationToken.None);
                // Whole blocks answer with sums of tiles: then one of them is off.
                if (query.Run.TotalTiles > 0 && tree.Selfs.LastIndexOfAnyExcept(0) is var last and >= 0) tree.Selfs[last]++;
                return tree;
            },
        },
        "expected", "changed by a compaction");

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
