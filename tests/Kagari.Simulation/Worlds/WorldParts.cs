using Kagari.Profiles;
using Kagari.Query;
using Kagari.Storage;

namespace Kagari.Simulation;

/// <summary>Parts that a test replaces by broken ones, to see that the simulator notices. Default: all as they are.</summary>
internal sealed record WorldParts
{
    public DiskLies DiskLies { get; init; }

    public Func<ICatalogue, ICatalogue> Catalogue { get; init; } = static catalogue => catalogue;

    /// <summary>The store that compaction reads and writes, and deletes from.</summary>
    public Func<IAppendStore, IAppendStore> CompactionStore { get; init; } = static store => store;

    /// <summary>The catalogue that compaction works on.</summary>
    public Func<ICatalogue, ICatalogue> CompactionCatalogue { get; init; } = static catalogue => catalogue;

    public Func<QueryEngine, SeriesQuery, StackFilter, Task<FunctionTree>> MergeTreeAsync { get; init; } =
        static (engine, query, filter) => engine.MergeTreeAsync(query, filter, CancellationToken.None);
}
