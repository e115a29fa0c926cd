using Kagari.Profiles;

namespace Kagari.Storage.Tests.Datasets;

/// <summary>The plain twin of <see cref="DatasetWriter"/>: sample by sample, with everything made anew for each row.</summary>
internal sealed class PlainWriter(string tenant, string service)
{
    private PlainSymbols _symbols = new();
    private ChainSeries _series = new();
    private SymbolMarks _stored = SymbolMarks.Start;
    private int _storedSeries, _storedGroups;
    private FlatList<Row> _rows;
    private FlatList<long> _totals;
    private FlatList<byte> _samples;
    private int _generation;

    public void Append(FlatProfile profile, in ProfileRow row, long timeNanos, ulong contentHash)
    {
        var columns = row.Group.Columns;
        var cells = new RowCells();
        cells.Begin(columns.Length, 0);
        foreach (var index in row.Samples.Span)
        {
            var values = profile.ValuesOf(index).ToArray();
            var kept = columns.Select(c => values[c]).ToArray();
            if (kept.Any(v => v < 0) || kept.All(v => v == 0)) continue;
            cells.Add(_symbols.Stack(profile, profile.Samples[index]), row.Spans.IsEmpty ? default : row.Spans.Span[index], values, columns);
        }
        if (cells.Count == 0) return;
        cells.Order();
        var (sampleStart, totalStart) = (_samples.Count, _totals.Count);
        var spans = CellEncoder.Encode(cells, ref _samples, _totals.Extend(columns.Length));
        _rows.Add(new Row(
            _series.Intern(row.Group, _symbols.Table.Strings), new RowIdentity(contentHash, timeNanos), profile.DurationNanos,
            cells.Count, spans, sampleStart, _samples.Count - sampleStart, totalStart));
    }

    public void Encode(SegmentBuilder segment, bool durable)
    {
        var marks = SymbolMarks.Of(_symbols.Table);
        var (symbols, series, rows) = (new FlatList<byte>(), new FlatList<byte>(), new FlatList<byte>());
        SymbolsCodec.Encode(_symbols.Table, _stored, marks, ref symbols);
        SeriesCodec.Encode(_series, _storedSeries, _storedGroups, ref series);
        RowsCodec.Encode(_rows.Span, _totals.Span, ref rows);
        segment.BeginDataset(tenant, service, _generation, _rows.Span);
        segment.AddSection(SectionKind.Symbols, symbols.Span);
        segment.AddSection(SectionKind.Series, series.Span);
        segment.AddSection(SectionKind.Rows, rows.Span);
        segment.AddSection(SectionKind.Samples, _samples.Span);
        segment.EndDataset();
        (_rows, _totals, _samples) = (default, default, default);
        if (durable) (_stored, _storedSeries, _storedGroups) = (marks, _series.Labels.Count, _series.Groups.Count);
    }

    public void StartChain(int generation)
    {
        (_symbols, _series) = (new PlainSymbols(), new ChainSeries());
        RestartChain(generation);
    }

    public void RestartChain(int generation)
    {
        (_stored, _storedSeries, _storedGroups) = (SymbolMarks.Start, 0, 0);
        _generation = generation;
    }
}
