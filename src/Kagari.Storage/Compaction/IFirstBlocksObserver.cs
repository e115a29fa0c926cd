namespace Kagari.Storage;

/// <summary>Sees every profile once: when compaction takes it from the log into its first block.</summary>
/// <remarks>
/// <code>
/// 1 written     blocks are durable, the catalogue does not know them; what the observer keeps must be durable before it returns
/// 2 committed   the blocks are in the place of the logs
/// </code>
/// Where step 2 does not come, the logs are still there, and the same work or other work over them comes again; unless the
/// process ended: then logs that the catalogue does not list any more were replaced. An equal profile in another log may
/// have been seen before; that is in the blocks of the catalogue then.
/// </remarks>
public interface IFirstBlocksObserver
{
    /// <summary>Looks at blocks that are about to take the place of logs. It is called for one job at a time.</summary>
    /// <remarks>An exception makes the job fail, which is tried again.</remarks>
    ValueTask WrittenAsync(FirstBlocks blocks, CancellationToken cancellation);

    /// <summary>They have taken it.</summary>
    void Committed(UInt128 job);
}

/// <summary>What a job made of logs.</summary>
/// <param name="Job">The job: equal work over equal logs has an equal id.</param>
/// <param name="Logs">Keys of the logs.</param>
/// <param name="Blocks">Blocks of profiles of all tenants, without rollups.</param>
public sealed record FirstBlocks(UInt128 Job, IReadOnlyList<string> Logs, IReadOnlyList<BlockEntry> Blocks);
