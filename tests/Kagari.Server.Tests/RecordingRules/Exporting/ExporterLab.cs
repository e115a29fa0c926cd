using Kagari.Server.Objects;
using Kagari.Server.RecordingRules.Exporting;
using Kagari.Storage;
using Kagari.Testing;
using Kagari.Wire.Prometheus;
using Kagari.Wire.Recorded;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kagari.Server.Tests.RecordingRules.Exporting;

/// <summary>A queue with samples, an exporter over it, and a receiver that does as it is told. Time stands until a test moves it.</summary>
internal sealed class ExporterLab : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly LocalObjectStore _store;
    private int _jobs;

    private ExporterLab(FakeReceiver receiver, long queueBytesMax, bool namesTenant, Func<MetricsExporterOptions, MetricsExporterOptions> change, TimeProvider? time)
    {
        Receiver = receiver;
        _store = new LocalObjectStore(_directory.Path);
        Documents = new TenantDocuments(_store, "recorded-samples");
        Outbox = new Outbox(Documents, queueBytesMax, Metrics, NullLogger<Outbox>.Instance);
        var options = change(new MetricsExporterOptions { Enabled = true, RemoteWriteAddress = receiver.Address });
        Exporter = new MetricsExporter(Outbox, new RemoteWriteClient(options, namesTenant, Time), Metrics, time ?? Time, NullLogger<MetricsExporter>.Instance);
    }

    public FakeReceiver Receiver { get; }

    public TenantDocuments Documents { get; }

    public Outbox Outbox { get; }

    public MetricsExporter Exporter { get; }

    public ExporterMetrics Metrics { get; } = new();

    public ManualTime Time { get; } = new(DateTimeOffset.UnixEpoch.AddDays(20_000));

    /// <summary>A file in the directory of the test.</summary>
    public string FileOf(string name) => Path.Combine(_directory.Path, name);

    public static async Task<ExporterLab> StartAsync(
        long queueBytesMax = 1 << 30, bool namesTenant = false, Func<MetricsExporterOptions, MetricsExporterOptions>? change = null, TimeProvider? time = null) =>
        new(await FakeReceiver.StartAsync(), queueBytesMax, namesTenant, change ?? (o => o), time);

    /// <summary>Samples of one time, each a series of its own, prepared and committed.</summary>
    public async Task PutAsync(string tenant, long time, params double[] values)
    {
        var job = (UInt128)(++_jobs);
        await Outbox.PrepareAsync(job, tenant, Samples(time, values), default);
        Outbox.Commit(job);
    }

    public static RecordedSamples Samples(long time, params double[] values)
    {
        var recorded = new RecordedSamples { Timestamp = time, Logs = { "log/1" }, Request = new WriteRequest() };
        foreach (var (index, value) in values.Index())
        {
            var series = new TimeSeries { Samples = { new Sample { Value = value, Timestamp = time } } };
            series.Labels.Add(new Label { Name = "__name__", Value = $"m{index}" });
            recorded.Request.Timeseries.Add(series);
        }
        return recorded;
    }

    /// <summary>What the receiver took, as <c>name@time=value</c>, in no order.</summary>
    public string Taken => string.Join(' ', Receiver.Samples.Select(s => $"{s.Labels["{__name__=\"".Length..^2]}@{s.Time}={s.Value}").Order(StringComparer.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await Exporter.DisposeAsync();
        await Receiver.DisposeAsync();
        _store.Dispose();
        _directory.Dispose();
    }
}
