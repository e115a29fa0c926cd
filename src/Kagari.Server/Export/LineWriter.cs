using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kagari.Profiles;
using Kagari.Query;

namespace Kagari.Server.Export;

/// <summary>Writes samples as lines: time, type, unit, service, labels, stack, leaf, self.</summary>
/// <remarks>Labels are one JSON object, so that their names need not be known before.</remarks>
internal sealed class LineWriter : ISampleWriter
{
    /// <summary>Series whose texts are kept; more of them are made again.</summary>
    private const int SeriesMax = 4096;

    private readonly IBufferWriter<byte> _output;
    private readonly ExportFormat _format;
    private readonly Dictionary<ExportedSeries, SeriesTexts> _series = [];
    private readonly FoldedStack _stack = new();
    private readonly Utf8JsonWriter _json;
    private long _lastNanos = long.MinValue;
    private byte[] _time = [];

    /// <summary>Begins with the names of the columns, where the form has them.</summary>
    public LineWriter(IBufferWriter<byte> output, ExportFormat format)
    {
        (_output, _format, _json) = (output, format, new Utf8JsonWriter(output));
        if (format == ExportFormat.Csv) output.Write("time,type,unit,service_name,labels,stack,leaf,self\n"u8);
    }

    public void Write(in ExportedSample sample)
    {
        if (_time.Length == 0 || sample.TimeNanos != _lastNanos)
        {
            _lastNanos = sample.TimeNanos;
            _time = Encoding.UTF8.GetBytes(Time(sample.TimeNanos));
        }
        if (!_series.TryGetValue(sample.Series, out var texts)) texts = Prepare(sample.Series);
        _stack.Set(sample);
        if (_format == ExportFormat.Csv) WriteCsv(texts, sample.Self);
        else WriteJson(texts, sample.Self);
    }

    /// <summary>Nothing: the last line is a line.</summary>
    public void Finish()
    {
    }

    public void Dispose() => _json.Dispose();

    /// <summary>RFC 3339 to the nanosecond.</summary>
    internal static string Time(long nanos)
    {
        var (seconds, rest) = Math.DivRem(nanos, 1_000_000_000);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + 1_000_000_000);
        return string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeSeconds(seconds):yyyy-MM-dd'T'HH:mm:ss}.{rest:d9}Z");
    }

    private void WriteJson(SeriesTexts series, long self)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("time"u8, _time);
        _json.WriteString("type"u8, series.Type);
        _json.WriteString("unit"u8, series.Unit);
        _json.WriteString("service_name"u8, series.Service);
        _json.WritePropertyName("labels"u8);
        _json.WriteRawValue(series.Labels, skipInputValidation: true);
        _json.WriteString("stack"u8, Valid(_stack.Text));
        _json.WriteString("leaf"u8, Valid(_stack.Leaf));
        _json.WriteNumber("self"u8, self);
        _json.WriteEndObject();
        _json.Flush();
        _output.Write("\n"u8);
    }

    private void WriteCsv(SeriesTexts series, long self)
    {
        _output.Write(_time);
        Field(series.Type);
        Field(series.Unit);
        Field(series.Service);
        Field(series.Labels);
        Field(_stack.Text);
        Field(_stack.Leaf);
        _output.Write(","u8);
        Span<byte> number = stackalloc byte[24];
        self.TryFormat(number, out var written, provider: CultureInfo.InvariantCulture);
        _output.Write(number[..written]);
        _output.Write("\n"u8);
    }

    /// <summary>A comma and a field; quoted where it needs to be, quotes doubled.</summary>
    private void Field(ReadOnlySpan<byte> text)
    {
        _output.Write(","u8);
        if (text.IndexOfAny(",\"\r\n"u8) < 0)
        {
            _output.Write(text);
            return;
        }
        _output.Write("\""u8);
        while (text.IndexOf((byte)'"') is >= 0 and var quote)
        {
            _output.Write(text[..(quote + 1)]);
            _output.Write("\""u8);
            text = text[(quote + 1)..];
        }
        _output.Write(text);
        _output.Write("\""u8);
    }

    /// <summary>Bytes that are no UTF-8, which names may hold, become U+FFFD: JSON has none.</summary>
    private static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text) =>
        System.Text.Unicode.Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));

    private SeriesTexts Prepare(ExportedSeries series)
    {
        if (_series.Count >= SeriesMax) _series.Clear();
        return _series[series] = new SeriesTexts(
            Encoding.UTF8.GetBytes(series.Type.ToString()), Encoding.UTF8.GetBytes(series.Type.SampleUnit), Encoding.UTF8.GetBytes(series.ServiceName), Json(series.Labels));
    }

    private static byte[] Json(IReadOnlyList<Label> labels)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var label in labels) json.WriteString(label.Name, label.Value);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private sealed record SeriesTexts(byte[] Type, byte[] Unit, byte[] Service, byte[] Labels);
}
