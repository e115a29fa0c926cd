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

    /// <summary>Which rows stay: those of a tenant's retention, or those a deletion leaves. Null keeps all.</summary>
    public Func<LabelSet, long, bool>? Keeps { get; init; }

    /// <summary>Whether rows are sums of many profiles.</summary>
    public bool IsRollup => SlotNanos > 0;
}
