using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>What a merge makes of its rows.</summary>
internal sealed record MergeOptions
{
    /// <summary>Rows as they are: profiles stay apart.</summary>
    public static MergeOptions Raw { get; } = new();

    /// <summary>Rows of one slot of this length become one, with function names only; 0 keeps profiles apart.</summary>
    public long SlotNanos { get; init; }

    /// <summary>A rollup with fewer rows per slot than this on average is left out.</summary>
    public int RowsPerSlotMin { get; init; }

    /// <summary>Labels that a rollup drops: what tells instances of a service apart.</summary>
    public IReadOnlySet<string> DroppedLabels { get; init; } = new HashSet<string>();

    /// <summary>
    /// The times of which rows of a series go, for retention and deletion; null for a series that stays whole. Null: all rows stay.
    /// A row whose series go in part keeps the columns of the others.
    /// </summary>
    public Func<LabelSet, TimeWindow?>? Drops { get; init; }

    /// <summary>Whether rows are sums of many profiles.</summary>
    public bool IsRollup => SlotNanos > 0;
}
