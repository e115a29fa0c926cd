namespace Kagari.Storage;

/// <summary>A dataset of a chain or a block that is merged into a new block.</summary>
/// <remarks>
/// It is read twice: first its symbols, to number all stacks of the new dataset, then its cells, tile by tile of the new
/// dataset. Between both only a map of stack numbers is kept, so the memory of a merge is that of its result and of
/// one source.
/// </remarks>
internal abstract class MergeSource
{
    private static readonly DatasetRows NoRows = new(default, default);

    /// <summary>The object it lies in.</summary>
    public abstract string ObjectKey { get; }

    /// <summary>Rows, as the catalogue knows it.</summary>
    public abstract int RowCount { get; }

    /// <summary>Time of its first and last row, as the catalogue knows it.</summary>
    public abstract (long Min, long Max) TimeNanos { get; }

    /// <summary>Rows once it was opened; they stay until <see cref="Close"/>.</summary>
    public DatasetRows Rows { get; protected set; } = NoRows;

    /// <summary>Whether its object is gone: replaced by another worker meanwhile, or lost.</summary>
    public bool IsGone { get; protected set; }

    /// <summary>Whether something of it could not be read: it is kept aside then instead of deleted.</summary>
    public bool IsDamaged { get; protected set; }

    /// <summary>Series, stacks and functions, and fills <see cref="Rows"/>; null where they are damaged, which is reported.</summary>
    public abstract ValueTask<DatasetView?> OpenAsync(CancellationToken cancellation);

    /// <summary>Lines and files; null where they are damaged.</summary>
    public abstract ValueTask<SymbolView?> SymbolsAsync(CancellationToken cancellation);

    /// <summary>Notes which stacks the rows have, without their parents.</summary>
    public abstract ValueTask MarkAsync(ReadOnlyMemory<int> rows, bool[] used, CancellationToken cancellation);

    /// <summary>Hands the cells of rows to a target.</summary>
    /// <param name="rows">Rows of one group, ascending, with the row of the target that each becomes part of.</param>
    /// <param name="columns">Value columns of the group.</param>
    /// <param name="target">Takes the cells.</param>
    /// <param name="cancellation">Ends the read.</param>
    public abstract ValueTask ReadAsync(ReadOnlyMemory<RowTarget> rows, int columns, ICellTarget target, CancellationToken cancellation);

    /// <summary>Lets go of symbols that take more than so many bytes; rows stay.</summary>
    public abstract void ReleaseSymbols(long keptBytes);

    /// <summary>Lets go of everything.</summary>
    public virtual void Close() => Rows = NoRows;
}

/// <summary>Which row of the new tile a row of a source becomes part of.</summary>
internal readonly record struct RowTarget(int Row, int Target);

/// <summary>Takes cells in the numbering of their source.</summary>
internal interface ICellTarget
{
    /// <summary>The cells of one row: stacks, and their values one stack after the other.</summary>
    void AddRow(int target, ReadOnlySpan<int> stacks, ReadOnlySpan<long> values);

    /// <summary>Cells of several rows: the row of each, its stack, and its values.</summary>
    void AddCells(ReadOnlySpan<byte> targets, ReadOnlySpan<int> stacks, ReadOnlySpan<long> values);

    /// <summary>The part of a cell that belongs to a span; the whole cell comes by the other two too.</summary>
    void AddSpan(int stack, int target, SpanId span, ReadOnlySpan<long> values);

    /// <summary>Whether spans are wanted.</summary>
    bool WantsSpans { get; }
}
