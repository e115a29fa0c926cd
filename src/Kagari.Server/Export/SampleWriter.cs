using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kagari.Profiles;
using Kagari.Query;

namespace Kagari.Server.Export;

/// <summary>Writes samples as lines: time, type, unit, service, labels, stack, leaf, self.</summary>
/// <remarks>Labels of the server's own are left out; the others are one JSON object, so that their names need not be known before.</remarks>
internal sealed class SampleWriter(IBufferWriter<byte> output, ExportFormat format, ProfileTypeId type)
{
    private readonly Dictionary<LabelSet, byte[]> _labels = [];
    private readonly Utf8JsonWriter _json = new(output);
    private long _lastNanos = long.MinValue;
    private string _time = "";

    /// <summary>The names of the columns, where the form has them.</summary>
    public void WriteHeader()
    {
        if (format == ExportFormat.Csv) output.Write("time,type,unit,service_name,labels,stack,leaf,self\n"u8);
    }

    public void Write(in ExportedSample sample)
    {
        if (sample.TimeNanos != _lastNanos)
        {
            _lastNanos = sample.TimeNanos;
            _time = Time(sample.TimeNanos);
        }
        var labels = LabelsOf(sample.Labels);
        if (format == ExportFormat.Csv) WriteCsv(sample, labels);
        else WriteJson(sample, labels);
    }

    /// <summary>RFC 3339 to the nanosecond.</summary>
    internal static string Time(long nanos)
    {
        var (seconds, rest) = Math.DivRem(nanos, 1_000_000_000);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + 1_000_000_000);
        return string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeSeconds(seconds):yyyy-MM-dd'T'HH:mm:ss}.{rest:d9}Z");
    }

    private void WriteJson(in ExportedSample sample, byte[] labels)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("time"u8, _time);
        _json.WriteString("type"u8, type.ToString());
        _json.WriteString("unit"u8, type.SampleUnit);
        _json.WriteString("service_name"u8, sample.Labels[LabelNames.ServiceName]);
        _json.WritePropertyName("labels"u8);
        _json.WriteRawValue(labels, skipInputValidation: true);
        _json.WriteString("stack"u8, Valid(sample.Stack));
        _json.WriteString("leaf"u8, Valid(sample.Leaf));
        _json.WriteNumber("self"u8, sample.Self);
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n"u8);
    }

    private void WriteCsv(in ExportedSample sample, byte[] labels)
    {
        output.Write(Encoding.UTF8.GetBytes(_time));
        foreach (var field in new[] { type.ToString(), type.SampleUnit, sample.Labels[LabelNames.ServiceName] }) Field(Encoding.UTF8.GetBytes(field));
        Field(labels);
        Field(sample.Stack);
        Field(sample.Leaf);
        output.Write(","u8);
        Span<byte> number = stackalloc byte[24];
        sample.Self.TryFormat(number, out var written, provider: CultureInfo.InvariantCulture);
        output.Write(number[..written]);
        output.Write("\n"u8);
    }

    /// <summary>A comma and a field; quoted where it needs to be, quotes doubled.</summary>
    private void Field(ReadOnlySpan<byte> text)
    {
        output.Write(","u8);
        if (text.IndexOfAny(",\"\r\n"u8) < 0)
        {
            output.Write(text);
            return;
        }
        output.Write("\""u8);
        while (text.IndexOf((byte)'"') is >= 0 and var quote)
        {
            output.Write(text[..(quote + 1)]);
            output.Write("\""u8);
            text = text[(quote + 1)..];
        }
        output.Write(text);
        output.Write("\""u8);
    }

    /// <summary>Bytes that are no UTF-8, which names may hold, become U+FFFD: JSON has none.</summary>
    private static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text) =>
        System.Text.Unicode.Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));

    private byte[] LabelsOf(LabelSet labels)
    {
        if (_labels.TryGetValue(labels, out var known)) return known;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var label in labels)
                if (!label.Name.StartsWith("__", StringComparison.Ordinal) && label.Name != LabelNames.ServiceName) json.WriteString(label.Name, label.Value);
            json.WriteEndObject();
        }
        return _labels[labels] = bytes.ToArray();
    }
}
