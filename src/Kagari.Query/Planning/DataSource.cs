using Kagari.Storage;

namespace Kagari.Query;

/// <summary>One thing to read: a chain, or a dataset of a block.</summary>
/// <param name="Service">Its service.</param>
/// <param name="TimeNanosMin">First nanosecond that is asked of it, not before its first row.</param>
/// <param name="TimeNanosMax">Last nanosecond that is asked of it, not after its last row.</param>
internal abstract record DataSource(string Service, long TimeNanosMin, long TimeNanosMax)
{
    /// <summary>The object it lies in.</summary>
    public abstract string ObjectKey { get; }

    /// <summary>Whether a row of it may be in another source, or in it twice: then rows are told apart one by one.</summary>
    public bool MayRepeat { get; set; }

    /// <summary>Whether its rows are only noted, so that those equal to them in later sources are left out.</summary>
    public bool IsNotedOnly { get; set; }
}

/// <summary>A chain of the log.</summary>
internal sealed record ChainSource(ChainSelection Chain)
    : DataSource(Chain.Key.Service, Chain.Selected.Min(i => Chain.Entries[i].TimeNanosMin), Chain.Selected.Max(i => Chain.Entries[i].TimeNanosMax))
{
    public override string ObjectKey => Chain.Key.ObjectKey;
}

/// <summary>A dataset of a block, or what of it lies in a part of the time asked for.</summary>
internal sealed record BlockSource(BlockEntry Block, BlockDatasetEntry Dataset, long TimeNanosMin, long TimeNanosMax)
    : DataSource(Dataset.Service, TimeNanosMin, TimeNanosMax)
{
    public override string ObjectKey => Block.Key;

    /// <summary>Its place among the datasets of the block.</summary>
    public int Number
    {
        get
        {
            for (var i = 0; i < Block.Datasets.Count; i++)
                if (ReferenceEquals(Block.Datasets[i], Dataset)) return i;
            throw new InvalidOperationException("BUG: a dataset is not in its block.");
        }
    }

    /// <summary>Whether all rows of the dataset are asked for.</summary>
    public bool IsWhole => TimeNanosMin <= Dataset.TimeNanosMin && TimeNanosMax >= Dataset.TimeNanosMax;

    /// <summary>The part of a dataset in a range; null where it has none there.</summary>
    public static BlockSource? Of(BlockEntry block, BlockDatasetEntry dataset, long timeNanosMin, long timeNanosMax)
    {
        var (min, max) = (Math.Max(timeNanosMin, dataset.TimeNanosMin), Math.Min(timeNanosMax, dataset.TimeNanosMax));
        return min > max ? null : new BlockSource(block, dataset, min, max);
    }
}
