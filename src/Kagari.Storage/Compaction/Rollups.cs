namespace Kagari.Storage;

/// <summary>Which rollups there are, and when they are worth their bytes.</summary>
/// <remarks>
/// A rollup's row is the sum of all profiles of a series group in one slot, without the labels that tell instances apart
/// and without lines. It is valid beside the profiles' blocks of its own job only: once other profiles of its window come,
/// queries read profiles until the window is compacted again.
/// </remarks>
internal static class Rollups
{
    public const long FiveMinutes = 300_000_000_000, Hour = 12 * FiveMinutes, Day = 24 * Hour;

    /// <summary>Slots of the rollups that a block of this level gets, the finest first.</summary>
    public static IReadOnlyList<long> ResolutionsOf(int level) => level switch
    {
        2 => [FiveMinutes],
        3 => [FiveMinutes, Hour, Day],
        _ => [],
    };

    /// <summary>What makes a rollup. Those of a day are kept for months after the profiles, so they ask for fewer profiles.</summary>
    public static MergeOptions OptionsOf(long resolution, CompactorOptions options) => new()
    {
        SlotNanos = resolution,
        DroppedLabels = options.RollupDroppedLabels,
        RowsPerSlotMin = resolution == Day ? Math.Min(2, options.RollupRowsPerSlotMin) : options.RollupRowsPerSlotMin,
    };
}
