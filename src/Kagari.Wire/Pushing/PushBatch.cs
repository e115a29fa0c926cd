using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Kagari.Wire.Pushing;

/// <summary>A whole push request, checked from end to end: series, labels and profiles as ranges of one buffer.</summary>
/// <remarks>
/// <code>
/// Series   │ labels 0..2, samples 0..1 │ labels 2..4, samples 1..3 │
/// Labels   │ name=value │ name=value │ name=value │ name=value │
/// Samples  │ profile │ profile │ profile │
/// Bytes    the request body itself, or for JSON what was decoded from it
/// </code>
/// Not thread-safe while it is disposed; reading from several threads is fine. The rows are pooled: dispose it once,
/// and use nothing of it afterwards.
/// </remarks>
public sealed class PushBatch : IDisposable
{
    /// <summary>
    /// Most series, labels and samples, each: 1,048,576. An empty series takes two bytes of a body but sixteen here,
    /// so without an end a body of 256 MB would take gigabytes.
    /// </summary>
    public const int RowsMax = 1 << 20;

    private PooledRows<PushSeries> _series;
    private PooledRows<PushLabel> _labels;
    private PooledRows<Range> _samples;
    private byte[]? _decoded;

    internal PushBatch() { }

    /// <summary>What all ranges refer to: the body given to <see cref="TryRead"/>, or decoded JSON that the batch owns.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>The series in the order of the request.</summary>
    public ReadOnlySpan<PushSeries> Series => _series.Rows;

    /// <summary>The labels of one series, in the order of the request, neither sorted nor checked for duplicates.</summary>
    public ReadOnlySpan<PushLabel> Labels(PushSeries series) => _labels.Rows.Slice(series.LabelStart, series.LabelCount);

    /// <summary>The profiles of one series: ranges of <see cref="Bytes"/>.</summary>
    public ReadOnlySpan<Range> Samples(PushSeries series) => _samples.Rows.Slice(series.SampleStart, series.SampleCount);

    /// <summary>Reads a protobuf body, which must outlive the batch.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out PushBatch? batch, [NotNullWhen(false)] out PushError? error)
    {
        var result = new PushBatch { Bytes = body };
        var reader = new PushRequestReader(body.Span);
        error = null;
        while (error is null && reader.Read())
        {
            error = reader.Token switch
            {
                PushToken.Series => result.AddSeries(),
                PushToken.Label => result.AddLabel(reader.Name, reader.Value),
                _ => result.AddSample(reader.RawProfile),
            };
        }
        return result.TryFinish(error ?? reader.Error, out batch, out error);
    }

    /// <summary>Reads a JSON body; labels and profiles are decoded into a buffer of the batch.</summary>
    public static bool TryReadJson(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out PushBatch? batch, [NotNullWhen(false)] out PushError? error)
    {
        var result = new PushBatch();
        // Decoding never makes text longer; the slack is for base64, which writes in groups.
        result._decoded = ArrayPool<byte>.Shared.Rent(body.Length + 16);
        var failed = PushJsonReader.Read(body.Span, result, result._decoded, out var length);
        result.Bytes = result._decoded.AsMemory(0, length);
        return result.TryFinish(failed, out batch, out error);
    }

    /// <summary>Gives the rows and the decoded bytes back.</summary>
    public void Dispose()
    {
        _series.Free();
        _labels.Free();
        _samples.Free();
        Bytes = default;
        if (_decoded is { } decoded)
        {
            _decoded = null;
            ArrayPool<byte>.Shared.Return(decoded);
        }
    }

    internal PushError? AddSeries()
    {
        if (_series.Count == RowsMax) return TooMany("series", 0);
        CloseSeries();
        _series.Add(new PushSeries(_labels.Count, 0, _samples.Count, 0));
        return null;
    }

    internal PushError? AddLabel(Range name, Range value)
    {
        if (_labels.Count == RowsMax) return TooMany("labels", name.Start.Value);
        _labels.Add(new PushLabel(name, value));
        return null;
    }

    internal PushError? AddSample(Range profile)
    {
        if (_samples.Count == RowsMax) return TooMany("samples", profile.Start.Value);
        _samples.Add(profile);
        return null;
    }

    /// <summary>What was added since a series began is its own, so its counts are known when the next one begins.</summary>
    private void CloseSeries()
    {
        if (_series.Count == 0) return;
        ref var open = ref _series.Last;
        open = open with { LabelCount = _labels.Count - open.LabelStart, SampleCount = _samples.Count - open.SampleStart };
    }

    private static PushError TooMany(string what, int offset) => new(offset, $"more than {RowsMax} {what}; send several requests");

    private bool TryFinish(PushError? failed, [NotNullWhen(true)] out PushBatch? batch, [NotNullWhen(false)] out PushError? error)
    {
        if (failed is not null)
        {
            Dispose();
            error = failed;
            batch = null;
            return false;
        }
        CloseSeries();
        error = null;
        batch = this;
        return true;
    }
}
