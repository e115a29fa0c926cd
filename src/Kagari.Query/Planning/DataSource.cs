using Kagari.Storage;

namespace Kagari.Query;

/// <summary>One thing to read: a chain, or a dataset of a block.</summary>
/// <param name="Service">Its service.</param>
/// <param name="TimeNanosMin">Time of its first row.</param>
/// <param name="TimeNanosMax">Time of its last row.</param>
internal abstract record DataSource(string Service, long TimeNanosMin, long TimeNanosMax)
{
    /// <summary>The object it lies in.</summary>
    public abstract string ObjectKey { get; }

    /// <summary>Whether a row of it may be in another source, or in it twice: then rows are told apart one by one.</summary>
    public bool MayRepeat { get; set; }
}

/// <summary>A chain of the log.</summary>
internal sealed record ChainSource(ChainSelection Chain)
    : DataSource(Chain.Key.Service, Chain.Selected.Min(i => Chain.Entries[i].TimeNanosMin), Chain.Selected.Max(i => Chain.Entries[i].TimeNanosMax))
{
    public override string ObjectKey => Chain.Key.ObjectKey;
}

/// <summary>A dataset of a block.</summary>
internal sealed record BlockSource(BlockEntry Block, BlockDatasetEntry Dataset)
    : DataSource(Dataset.Service, Dataset.TimeNanosMin, Dataset.TimeNanosMax)
{
    public override string ObjectKey => Block.Key;
}
