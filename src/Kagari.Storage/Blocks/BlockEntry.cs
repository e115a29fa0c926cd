namespace Kagari.Storage;

/// <summary>A block as the catalogue knows it: one object with the datasets of one tenant in one window of time.</summary>
/// <param name="Key">The object.</param>
/// <param name="Length">Its length.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="Level">How far it is compacted.</param>
/// <param name="Window">All its rows lie in this window.</param>
/// <param name="ResolutionNanos">Length of a row's slot in a rollup; 0 where rows are profiles.</param>
/// <param name="DroppedLabels">Labels that the rows of a rollup have lost: selectors that name one ask the profiles' blocks.</param>
/// <param name="Origin">Which job wrote it and what it replaced.</param>
/// <param name="Types">Profile types that its datasets have.</param>
/// <param name="Datasets">Its datasets, by service, then time.</param>
/// <param name="Index">The tenant index: label pairs and the datasets that have them.</param>
/// <param name="Functions">Sums per function over all datasets; empty in small blocks.</param>
public sealed record BlockEntry(
    string Key,
    long Length,
    string Tenant,
    int Level,
    TimeWindow Window,
    long ResolutionNanos,
    IReadOnlyList<string> DroppedLabels,
    BlockOrigin Origin,
    IReadOnlyList<string> Types,
    IReadOnlyList<BlockDatasetEntry> Datasets,
    Section Index,
    Section Functions)
{
    /// <summary>Whether its rows are sums of many profiles.</summary>
    public bool IsRollup => ResolutionNanos > 0;

    /// <summary>Time of its first row.</summary>
    public long TimeNanosMin { get; } = Datasets.Min(d => d.TimeNanosMin);

    /// <summary>Time of its last row.</summary>
    public long TimeNanosMax { get; } = Datasets.Max(d => d.TimeNanosMax);
}

/// <summary>Where a block comes from: stands in the file, so that a lost catalogue can be built again from blocks.</summary>
/// <param name="JobId">The job, a hash of its sources and what it was to do: the same work has the same id.</param>
/// <param name="Ordinal">Which of the job's blocks it is.</param>
/// <param name="IsLast">Whether it is the last one with profiles: only with all of those the sources are replaced. Rollups come after.</param>
/// <param name="Sources">Keys of the log files and blocks that the job read and replaces.</param>
public sealed record BlockOrigin(UInt128 JobId, int Ordinal, bool IsLast, IReadOnlyList<string> Sources);
