using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Receives the cells of selected rows.</summary>
internal interface ICellSink
{
    /// <summary>A row starts; false skips its cells.</summary>
    bool BeginRow(in SelectedRow row);

    /// <summary>The cells that passed the filter: nodes of the stack trie, ascending, with values.</summary>
    void AddCells(ReadOnlySpan<int> nodes, ReadOnlySpan<long> values, ReadOnlySpan<SpanId> spans);
}

/// <summary>Decodes the samples of selected rows and hands the cells that pass span and profile selectors to a sink.</summary>
internal static class CellScanner
{
    public static async Task ScanAsync<TSink>(
        SelectedDataset dataset, StackFilter filter, bool wantSpans, SectionReader sections, TSink sink, CancellationToken cancellation)
        where TSink : class, ICellSink
    {
        var section = dataset.Entry[SectionKind.Samples];
        using var bytes = await sections.TryReadAsync(dataset.Chain.Key.ObjectKey, section, cancellation);
        if (bytes is null) return;
        var decoder = new CellDecoder();
        var nodeCount = dataset.View.Nodes.Length;
        foreach (var row in dataset.Rows)
        {
            if (filter.ProfileIds.Count > 0 && !filter.ProfileIds.Contains(row.Row.Identity.ToProfileId())) continue;
            if (filter.SelectsSpans && row.Row.SpanCount == 0) continue;
            if (!sink.BeginRow(row)) continue;
            var withSpans = (wantSpans || filter.SelectsSpans) && row.Row.SpanCount > 0;
            if (!decoder.TryDecode(bytes.Span, row.Row, row.Column, row.Columns, nodeCount, withSpans))
            {
                sections.ReportDamage(dataset.Chain.Key.ObjectKey, section.Offset, "The samples of a row cannot be read");
                continue;
            }
            if (!filter.SelectsSpans) sink.AddCells(decoder.Nodes, decoder.Values, decoder.Spans);
            else AddSelectedSpans(decoder, filter, sink);
        }
    }

    private static void AddSelectedSpans<TSink>(CellDecoder decoder, StackFilter filter, TSink sink)
        where TSink : class, ICellSink
    {
        for (var i = 0; i < decoder.Nodes.Length; i++)
        {
            var span = decoder.Spans[i];
            if (filter.Spans.Count > 0 && (span.Span == 0 || !filter.Spans.Contains(span.Span))) continue;
            if (filter.Traces.Count > 0 && (span.Trace == 0 || !filter.Traces.Contains(span.Trace))) continue;
            sink.AddCells(decoder.Nodes.Slice(i, 1), decoder.Values.Slice(i, 1), decoder.Spans.Slice(i, 1));
        }
    }
}
