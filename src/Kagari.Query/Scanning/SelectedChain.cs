using System.Buffers;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>The selected rows of a chain.</summary>
/// <param name="selection">The chain.</param>
/// <param name="chain">The chain, opened.</param>
/// <param name="rows">Selected rows by segment of the chain.</param>
/// <param name="sections">Reads samples.</param>
/// <param name="run">The query.</param>
internal sealed class SelectedChain(
    ChainSelection selection, ChainView chain, IReadOnlyList<(int Entry, List<SelectedRow> Rows)> rows, SectionReader sections, QueryRun run)
    : SelectedDataset(chain.Dataset, sections, run)
{
    /// <summary>A part takes half a millisecond at least, or handing it over costs more than it saves.</summary>
    private const int SegmentsPerPartMin = 32;

    public override ValueTask<IReadOnlyList<SelectedRow>> RowsAsync(CancellationToken cancellation)
    {
        var all = new List<SelectedRow>(rows.Sum(r => r.Rows.Count));
        foreach (var (_, some) in rows) all.AddRange(some);
        return ValueTask.FromResult<IReadOnlyList<SelectedRow>>(all);
    }

    public override ValueTask<IEnumerable<int>> SeriesAsync(CancellationToken cancellation) =>
        ValueTask.FromResult(rows.SelectMany(r => r.Rows).Select(r => r.Series).Distinct());

    protected override ValueTask<SymbolView?> ReadSymbolsAsync(CancellationToken cancellation)
    {
        Run.Hold(8L * View.StackCount);
        return ValueTask.FromResult<SymbolView?>(chain.UnpackSymbols());
    }

    /// <summary>Sums of many segments are made by several threads, each with an array of its own.</summary>
    public override async ValueTask AddSumsAsync(StackFilter filter, long[] sums, int parallel, CancellationToken cancellation)
    {
        var parts = Math.Min(parallel, rows.Count / SegmentsPerPartMin);
        if (parts <= 1)
        {
            await ScanAsync(filter, wantSpans: false, new StackSums(sums), cancellation);
            return;
        }
        var others = new long[parts - 1][];
        var held = 8L * View.StackCount * (parts - 1);
        Run.Hold(held);
        try
        {
            var tasks = new Task[parts];
            for (var i = 0; i < parts; i++)
            {
                var (from, to) = (rows.Count * i / parts, rows.Count * (i + 1) / parts);
                var own = i == 0 ? sums : others[i - 1] = ArrayPool<long>.Shared.Rent(View.StackCount);
                if (i > 0) Array.Clear(own, 0, View.StackCount);
                tasks[i] = Task.Run(() => ScanAsync(from, to, filter, wantSpans: false, new StackSums(own), cancellation).AsTask(), cancellation);
            }
            await Task.WhenAll(tasks);
            foreach (var own in others)
                for (var stack = 0; stack < View.StackCount; stack++) sums[stack] = Saturating.Add(sums[stack], own[stack]);
        }
        finally
        {
            Run.Release(held);
        }
        // Not after a failure: then some may not be there.
        foreach (var own in others) ArrayPool<long>.Shared.Return(own);
    }

    public override ValueTask ScanAsync(StackFilter filter, bool wantSpans, ICellSink sink, CancellationToken cancellation) =>
        ScanAsync(0, rows.Count, filter, wantSpans, sink, cancellation);

    private async ValueTask ScanAsync(int from, int to, StackFilter filter, bool wantSpans, ICellSink sink, CancellationToken cancellation)
    {
        var decoder = new CellDecoder();
        for (var i = from; i < to; i++)
        {
            var (entry, selected) = rows[i];
            cancellation.ThrowIfCancellationRequested();
            var section = selection.Entries[entry][SectionKind.Samples];
            using var bytes = await Sections.TryReadAsync(selection.Key.ObjectKey, section, cancellation);
            if (bytes is not null) Scan(bytes.Span, section, selected, filter, wantSpans, sink, decoder);
        }
    }

    private void Scan(
        ReadOnlySpan<byte> samples, Section section, List<SelectedRow> selected, StackFilter filter, bool wantSpans, ICellSink sink, CellDecoder decoder)
    {
        foreach (ref readonly var row in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(selected))
        {
            if (!Passes(filter, row.Row)) continue;
            if ((wantSpans || filter.SelectsSpans) && row.Row.SpanCount == 0) continue;
            if (!sink.BeginRow(row)) continue;
            var withSpans = (wantSpans || filter.SelectsSpans) && row.Row.SpanCount > 0;
            if (!decoder.TryDecode(samples, row.Row, row.Column, row.Columns, View.StackCount, withSpans))
            {
                Sections.ReportDamage(selection.Key.ObjectKey, section.Offset, "The samples of a row cannot be read");
                continue;
            }
            if (!filter.SelectsSpans) sink.AddCells(decoder.Nodes, decoder.Values, decoder.Spans);
            else
            {
                for (var i = 0; i < decoder.Nodes.Length; i++)
                    if (Passes(filter, decoder.Spans[i])) sink.AddCells(decoder.Nodes.Slice(i, 1), decoder.Values.Slice(i, 1), decoder.Spans.Slice(i, 1));
            }
        }
    }
}
