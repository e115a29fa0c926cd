using Kagari.Storage;

namespace Kagari.Query;

/// <summary>A row that a query selected, with the one of its columns that belongs to a selected series.</summary>
/// <param name="Row">The row.</param>
/// <param name="Index">Its place among the rows of its dataset.</param>
/// <param name="Column">The column.</param>
/// <param name="Columns">Columns of its group.</param>
/// <param name="Series">The series.</param>
/// <param name="Total">Sum of its values.</param>
internal readonly record struct SelectedRow(Row Row, int Index, int Column, int Columns, int Series, long Total);

/// <summary>The part of a chain or of a block's dataset that a query is about.</summary>
internal abstract class SelectedDataset(DatasetView view, SectionReader sections, QueryRun run)
{
    private SymbolizedDataset? _symbolized;

    /// <summary>Series, stacks, functions.</summary>
    public DatasetView View => _symbolized?.View ?? view;

    /// <summary>Where its sections are read.</summary>
    protected SectionReader Sections { get; } = sections;

    /// <summary>The query.</summary>
    protected QueryRun Run { get; } = run;

    /// <summary>The selected rows, one by one.</summary>
    public abstract ValueTask<IReadOnlyList<SelectedRow>> RowsAsync(CancellationToken cancellation);

    /// <summary>The series with selected rows.</summary>
    public abstract ValueTask<IEnumerable<int>> SeriesAsync(CancellationToken cancellation);

    /// <summary>Adds the values of all selected cells that pass the filter of spans and profiles, by stack.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="sums">Sums by stack, at least as many as there are.</param>
    /// <param name="parallel">How many may work at it at once.</param>
    /// <param name="cancellation">Ends it.</param>
    public abstract ValueTask AddSumsAsync(StackFilter filter, long[] sums, int parallel, CancellationToken cancellation);

    /// <summary>Hands the cells of the selected rows, row by row, to a sink; where spans are wanted, only cells that have one.</summary>
    public abstract ValueTask ScanAsync(StackFilter filter, bool wantSpans, ICellSink sink, CancellationToken cancellation);

    /// <summary>Lines and files; null where they are damaged, which is reported.</summary>
    public ValueTask<SymbolView?> SymbolsAsync(CancellationToken cancellation) =>
        _symbolized is { } made ? ValueTask.FromResult<SymbolView?>(made.Symbols) : ReadSymbolsAsync(cancellation);

    /// <summary>Lines and files as they are stored.</summary>
    protected abstract ValueTask<SymbolView?> ReadSymbolsAsync(CancellationToken cancellation);

    /// <summary>Names the addresses of its stacks, where that is known.</summary>
    public async ValueTask SymbolizeAsync(string tenant, DatasetSymbolizer symbolizer, CancellationToken cancellation) =>
        _symbolized = await symbolizer.SymbolizeAsync(tenant, view, ReadSymbolsAsync, cancellation);

    /// <summary>Whether a span and its trace are asked for.</summary>
    protected static bool Passes(StackFilter filter, SpanId span) =>
        (filter.Spans.Count == 0 || (span.Span != 0 && filter.Spans.Contains(span.Span)))
        && (filter.Traces.Count == 0 || (span.Trace != 0 && filter.Traces.Contains(span.Trace)));

    /// <summary>Whether the profile of a row is asked for.</summary>
    protected static bool Passes(StackFilter filter, in Row row) =>
        filter.ProfileIds.Count == 0 || filter.ProfileIds.Contains(row.Identity.ToProfileId());
}

/// <summary>Receives the cells of selected rows.</summary>
internal interface ICellSink
{
    /// <summary>A row starts; false skips its cells.</summary>
    bool BeginRow(in SelectedRow row);

    /// <summary>The cells that passed the filter: stacks with values, and with spans where they are asked for.</summary>
    void AddCells(ReadOnlySpan<int> stacks, ReadOnlySpan<long> values, ReadOnlySpan<SpanId> spans);
}
