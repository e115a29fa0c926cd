using Kagari.Client.Delivery;

namespace Kagari.Client.Tests.Delivery;

/// <summary>A queue to a fake server, with a clock that a test moves.</summary>
internal sealed class PushLab : IAsyncDisposable
{
    private readonly ClientMetrics _metrics = new();
    private readonly PushSink _sink;

    private PushLab(FakeServer server, Action<KagariOptions>? configure, TimeSpan? timeout)
    {
        Server = server;
        var options = new KagariOptions { ServerAddress = server.Url };
        configure?.Invoke(options);
        Counts = new UploadCounts(_metrics);
        _sink = new PushSink(options, _metrics, Messages.Add, Clock, new Random(1), timeout);
        Queue = new UploadQueue(_sink, options.QueueLength, _metrics, Messages.Add, Clock);
    }

    public FakeServer Server { get; }

    public HandClock Clock { get; } = new();

    public MessageList Messages { get; } = new();

    public UploadCounts Counts { get; }

    public UploadQueue Queue { get; }

    public static async Task<PushLab> StartAsync(Action<KagariOptions>? configure = null, TimeSpan? timeout = null) => new(await FakeServer.StartAsync(), configure, timeout);

    /// <summary>Adds an upload and waits until it is sent or given up; pauses pass at once. Gives how long they were.</summary>
    public List<TimeSpan> Upload(string name)
    {
        var pauses = new List<TimeSpan>();
        Queue.Add(Windows.Of(name));
        var flush = Task.Factory.StartNew(() => Queue.Flush(TimeSpan.FromDays(1)), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // Flush itself waits a day of this clock; any shorter wait is the sink's.
        while (Clock.TryNextWait(flush, out var wait))
        {
            pauses.Add(wait);
            Clock.Advance(wait);
        }
        flush.GetAwaiter().GetResult().ShouldBeTrue();
        return pauses;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Queue.Dispose();
        _sink.Dispose();
        _metrics.Dispose();
        Counts.Dispose();
    }
}
