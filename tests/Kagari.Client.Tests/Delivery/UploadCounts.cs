using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Kagari.Client.Delivery;

namespace Kagari.Client.Tests.Delivery;

/// <summary>What the counters of one <see cref="ClientMetrics"/> say, as dotnet-counters would show them.</summary>
internal sealed class UploadCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public UploadCounts(ClientMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _counts.AddOrUpdate(Key(instrument, tags), value, (_, old) => old + value));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => _counts[Key(instrument, tags)] = value);
        _listener.Start();
    }

    /// <summary>As <c>uploads.sent</c> or <c>request.bytes</c>.</summary>
    public long this[string name]
    {
        get
        {
            _listener.RecordObservableInstruments();
            return _counts.GetValueOrDefault(name);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static string Key(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name["kagari.client.".Length..];
        return tags.Length == 0 ? name : $"{name}.{tags[0].Value}";
    }
}
