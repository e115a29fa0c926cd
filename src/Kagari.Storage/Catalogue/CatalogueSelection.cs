namespace Kagari.Storage;

/// <summary>What has data that a query may need: chains of logs, blocks of profiles, blocks of rollups.</summary>
/// <param name="Chains">Not compacted yet.</param>
/// <param name="Blocks">Datasets of blocks; a rollup repeats what the profiles' blocks have.</param>
public sealed record CatalogueSelection(IReadOnlyList<ChainSelection> Chains, IReadOnlyList<BlockSelection> Blocks);

/// <summary>A block with the datasets that a query may need.</summary>
public sealed record BlockSelection(BlockEntry Block, IReadOnlyList<BlockDatasetEntry> Datasets);
