namespace Kagari.Storage;

/// <summary>A chain of a log file as a source of a merge.</summary>
internal sealed class ChainMergeSource(ChainSelection chain, SectionReader sections) : MergeSource
{
    /// <summary>Restored samples kept for the next rows: rows of one segment are asked for one group after the other.</summary>
    private const int SamplesBytesMax = 8 << 20;

    private readonly CellDecoder _decoder = new();
    private readonly Dictionary<int, SectionBytes?> _samples = [];
    private ChainView? _view;
    private SymbolView? _symbols;
    private IReadOnlyList<int> _rowEnds = [];
    private IReadOnlyList<int[]> _groups = [];
    private int _stackCount;
    private long _samplesBytes;

    public override string ObjectKey => chain.Key.ObjectKey;

    public override int RowCount { get; } = chain.Entries.Sum(e => e.RowCount);

    public override (long Min, long Max) TimeNanos { get; } = (chain.Entries.Min(e => e.TimeNanosMin), chain.Entries.Max(e => e.TimeNanosMax));

    public override async ValueTask<DatasetView?> OpenAsync(CancellationToken cancellation)
    {
        if (_view is null)
        {
            int usable;
            try
            {
                (_view, usable) = await new ChainReader(chain.Key).ExtendAsync(chain.Entries, sections, cancellation);
            }
            catch (ObjectNotFoundException)
            {
                IsGone = IsDamaged = true;
                return null;
            }
            IsDamaged |= usable < chain.Entries.Count;
            (Rows, _rowEnds, _groups, _stackCount) = (_view.Rows, _view.RowEnds, _view.Dataset.Groups, _view.Dataset.StackCount);
        }
        return _view.Dataset;
    }

    public override async ValueTask<SymbolView?> SymbolsAsync(CancellationToken cancellation)
    {
        await OpenAsync(cancellation);
        return _symbols ??= _view?.UnpackSymbols();
    }

    public override void ReleaseSymbols(long keptBytes)
    {
        if (_view is not { } view) return;
        if ((32L * view.Dataset.StackCount) + view.Symbols.Strings.Bytes.Length + (48L * view.Symbols.Lines.Length) <= keptBytes) return;
        _view = null;
        _symbols = null;
    }

    public override void Close()
    {
        base.Close();
        _view = null;
        _symbols = null;
        ReleaseSamples();
    }

    public override async ValueTask MarkAsync(ReadOnlyMemory<int> rows, bool[] used, CancellationToken cancellation)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (await SamplesAsync(EntryOf(rows.Span[i]), cancellation) is not { } samples) continue;
            var row = Rows.Rows.Span[rows.Span[i]];
            if (!_decoder.TryDecode(samples.Span, row, 0, _groups[row.Group].Length, used.Length, withSpans: false)) continue;
            foreach (var node in _decoder.Nodes) used[node] = true;
        }
    }

    public override async ValueTask ReadAsync(ReadOnlyMemory<RowTarget> rows, int columns, ICellTarget target, CancellationToken cancellation)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var entry = EntryOf(rows.Span[i].Row);
            if (await SamplesAsync(entry, cancellation) is { } samples) Read(samples.Span, entry, rows.Span[i], columns, target);
        }
    }

    private void ReleaseSamples()
    {
        foreach (var samples in _samples.Values) samples?.Dispose();
        _samples.Clear();
        _samplesBytes = 0;
    }

    private void Read(ReadOnlySpan<byte> samples, int entry, RowTarget to, int columns, ICellTarget target)
    {
        var row = Rows.Rows.Span[to.Row];
        if (!_decoder.TryDecodeAll(samples, row, columns, _stackCount))
        {
            IsDamaged = true;
            sections.ReportDamage(ObjectKey, chain.Entries[entry][SectionKind.Samples].Offset, "The samples of a row cannot be read");
            return;
        }
        var nodes = _decoder.Nodes;
        var values = _decoder.AllValues;
        target.AddRow(to.Target, nodes, values);
        if (row.SpanCount == 0 || !target.WantsSpans) return;
        for (var i = 0; i < nodes.Length; i++)
            if (!_decoder.Spans[i].IsNone) target.AddSpan(nodes[i], to.Target, _decoder.Spans[i], values.Slice(i * columns, columns));
    }

    private int EntryOf(int row)
    {
        var (low, high) = (0, _rowEnds.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_rowEnds[middle] <= row) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private async ValueTask<SectionBytes?> SamplesAsync(int entry, CancellationToken cancellation)
    {
        if (_samples.TryGetValue(entry, out var known)) return known;
        if (_samplesBytes > SamplesBytesMax) ReleaseSamples();
        var samples = await sections.TryReadAsync(ObjectKey, chain.Entries[entry][SectionKind.Samples], cancellation);
        IsDamaged |= samples is null;
        _samples.Add(entry, samples);
        _samplesBytes += samples?.Span.Length ?? 0;
        return samples;
    }
}
