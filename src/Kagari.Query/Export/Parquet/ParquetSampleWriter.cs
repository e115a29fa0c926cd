using System.Buffers;
using System.Buffers.Binary;

namespace Kagari.Query;

/// <summary>Writes samples as a Parquet file, as docs/guide/analysis.md tells. Not thread safe.</summary>
/// <remarks>Row groups appear in the output as they are full; memory stays below 64 MB whatever the length of the file.</remarks>
public sealed class ParquetSampleWriter : ISampleWriter
{
    /// <summary>Series whose texts are kept prepared; more of them are prepared again.</summary>
    private const int SeriesMax = 4096;

    private static readonly ParquetField[] Schema =
    [
        ParquetField.Int64("time", ParquetMeaning.TimeNanos),
        ParquetField.Text("type"),
        ParquetField.Text("unit"),
        ParquetField.Text("service_name"),
        ParquetField.MapOf("labels", ParquetField.Text("key"), ParquetField.Text("value")),
        ParquetField.ListOf("stack", ParquetField.Text("element")),
        ParquetField.Text("leaf", ParquetRepetition.Optional),
        ParquetField.Int64("self"),
    ];

    private readonly ParquetFileWriter _file;
    private readonly ColumnChunkWriter _time, _type, _unit, _service, _labelName, _labelValue, _self;
    private readonly NameColumn _stack, _leaf;
    private readonly Dictionary<ExportedSeries, SeriesTexts> _series = [];

    /// <summary>Begins a file.</summary>
    public ParquetSampleWriter(IBufferWriter<byte> output)
        : this(output, PageCompressor.Preferred, new ParquetLimits())
    {
    }

    internal ParquetSampleWriter(IBufferWriter<byte> output, ParquetCodec codec, ParquetLimits limits)
    {
        _file = new ParquetFileWriter(output, Schema, codec, limits);
        var columns = _file.Columns;
        (_time, _type, _unit, _service) = (columns[0], columns[1], columns[2], columns[3]);
        (_labelName, _labelValue) = (columns[4], columns[5]);
        (_stack, _leaf, _self) = (new NameColumn(columns[6]), new NameColumn(columns[7]), columns[8]);
    }

    /// <inheritdoc/>
    public void Write(in ExportedSample sample)
    {
        AddNumber(_time, sample.TimeNanos);
        if (!_series.TryGetValue(sample.Series, out var texts)) texts = Prepare(sample.Series);
        texts.Type.AddTo(_type);
        texts.Unit.AddTo(_unit);
        texts.Service.AddTo(_service);
        AddLabels(texts);
        AddStack(sample);
        AddNumber(_self, sample.Self);
        _file.EndRow();
    }

    /// <summary>Writes what is left and the footer, without which no reader takes the file for a whole one.</summary>
    public void Finish() => _file.Finish();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void AddNumber(ColumnChunkWriter column, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        column.Add(bytes);
    }

    private void AddLabels(SeriesTexts texts)
    {
        var repetition = 0;
        foreach (var (name, value) in texts.Labels)
        {
            name.AddTo(_labelName, repetition);
            value.AddTo(_labelValue, repetition);
            repetition = 1;
        }
        if (repetition == 1) return;
        _labelName.AddMissing();
        _labelValue.AddMissing();
    }

    private void AddStack(in ExportedSample sample)
    {
        if (sample.Stack.IsEmpty)
        {
            _stack.AddMissing();
            _leaf.AddMissing();
            return;
        }
        var repetition = 0;
        foreach (var name in sample.Stack)
        {
            _stack.Add(sample.Names, name, repetition);
            repetition = 1;
        }
        _leaf.Add(sample.Names, sample.Stack[^1]);
    }

    private SeriesTexts Prepare(ExportedSeries series)
    {
        if (_series.Count >= SeriesMax) _series.Clear();
        return _series[series] = new SeriesTexts(
            new KnownText(series.Type.ToString()), new KnownText(series.Type.SampleUnit), new KnownText(series.ServiceName),
            [.. series.Labels.Select(l => (new KnownText(l.Name), new KnownText(l.Value)))]);
    }

    private sealed record SeriesTexts(KnownText Type, KnownText Unit, KnownText Service, (KnownText Name, KnownText Value)[] Labels);
}
