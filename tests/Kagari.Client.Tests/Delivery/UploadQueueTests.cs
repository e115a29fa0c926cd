using System.Collections.Concurrent;
using Kagari.Client.Delivery;

namespace Kagari.Client.Tests.Delivery;

public sealed class UploadQueueTests
{
    [Fact]
    public void Add_Several_ArriveInOrder()
    {
        var sink = new GatedSink();
        using var lab = new Lab(sink, 8);
        for (var i = 0; i < 5; i++) lab.Queue.Add(Windows.Of($"{i}"));
        for (var i = 0; i < 5; i++) sink.Release();
        lab.Queue.Flush(TimeSpan.FromDays(1)).ShouldBeTrue();
        sink.Taken.ShouldBe(["0", "1", "2", "3", "4"]);
        lab.Counts["uploads.sent"].ShouldBe(5);
        lab.Queue.ThreadId.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Add_QueueFull_DropsTheOldestAndSaysSoOnce()
    {
        var sink = new GatedSink();
        using var lab = new Lab(sink, 2);
        lab.Queue.Add(Windows.Of("in flight"));
        sink.Entered.WaitOne();
        for (var i = 0; i < 5; i++) lab.Queue.Add(Windows.Of($"{i}"));
        lab.Counts["queue.length"].ShouldBe(2);
        lab.Counts["uploads.dropped"].ShouldBe(3);
        lab.Messages.Texts.ShouldBe(["Warning: 2 uploads wait for a server that does not keep up; the oldest are dropped from now on (option QueueLength, 1 to 1000)."]);
        for (var i = 0; i < 3; i++) sink.Release();
        lab.Queue.Flush(TimeSpan.FromDays(1)).ShouldBeTrue();
        sink.Taken.ShouldBe(["in flight", "3", "4"]);

        // It went on meanwhile, so the next time is news.
        lab.Queue.Add(Windows.Of("again"));
        while (sink.Entered.WaitOne() && sink.Taken.Count < 4) { }
        for (var i = 0; i < 4; i++) lab.Queue.Add(Windows.Of($"{i}"));
        lab.Messages.Texts.Length.ShouldBe(2);
        for (var i = 0; i < 3; i++) sink.Release();
    }

    [Fact]
    public async Task Flush_SinkThatHangs_ComesBackInTime()
    {
        var sink = new GatedSink();
        using var lab = new Lab(sink, 2);
        lab.Queue.Flush(TimeSpan.FromDays(1)).ShouldBeTrue("nothing waits");
        lab.Queue.Add(Windows.Of("one"));
        var flush = LongRunning(() => lab.Queue.Flush(TimeSpan.FromSeconds(3)));
        lab.Clock.PassNextWait().ShouldBe(TimeSpan.FromSeconds(3));
        (await flush).ShouldBeFalse();
        sink.Release();
    }

    [Fact]
    public void Add_SinkThatThrows_LosesOneUploadAndSaysSo()
    {
        var sink = new GatedSink { Error = new FormatException("Bad.") };
        using var lab = new Lab(sink, 8);
        sink.Release();
        lab.Queue.Add(Windows.Of("one"));
        lab.Queue.Flush(TimeSpan.FromDays(1)).ShouldBeTrue();
        sink.Error = null;
        sink.Release();
        lab.Queue.Add(Windows.Of("two"));
        lab.Queue.Flush(TimeSpan.FromDays(1)).ShouldBeTrue();
        lab.Messages.Texts.ShouldBe([$"Error: The sink {typeof(GatedSink)} threw FormatException: Bad. The upload is lost.", "Information: Uploads work again; 1 was lost."]);
        (lab.Counts["uploads.failed"], lab.Counts["uploads.sent"]).ShouldBe((1, 1));
    }

    [Fact]
    public void Dispose_UploadsWait_SendsThemFirst()
    {
        var sink = new GatedSink();
        var lab = new Lab(sink, 8);
        for (var i = 0; i < 3; i++) lab.Queue.Add(Windows.Of($"{i}"));
        for (var i = 0; i < 3; i++) sink.Release();
        lab.Queue.Dispose();
        sink.Taken.ShouldBe(["0", "1", "2"]);
        lab.Queue.Dispose();
        lab.Queue.Add(Windows.Of("late"));
        lab.Counts["uploads.dropped"].ShouldBe(1);
        lab.Dispose();
    }

    [Fact]
    public async Task Dispose_SinkThatHangs_EndsAfterFiveSecondsAndTellsWhatIsLost()
    {
        var sink = new GatedSink();
        var lab = new Lab(sink, 8);
        for (var i = 0; i < 3; i++) lab.Queue.Add(Windows.Of($"{i}"));
        sink.Entered.WaitOne();
        var end = LongRunning(() =>
        {
            lab.Queue.Dispose();
            return true;
        });
        lab.Clock.PassNextWait().ShouldBe(UploadQueue.EndTime);
        (await end).ShouldBeTrue();
        lab.Messages.Texts.ShouldBe(["Warning: Profiling ends; 3 uploads were not sent."]);
        (lab.Counts["uploads.sent"], lab.Counts["uploads.dropped"]).ShouldBe((0, 3));
    }

    [Fact]
    public async Task Dispose_SinkThatHeedsNothing_EndsAllTheSame()
    {
        var sink = new GatedSink { HeedsCancellation = false };
        var lab = new Lab(sink, 8);
        lab.Queue.Add(Windows.Of("one"));
        sink.Entered.WaitOne();
        var end = LongRunning(() =>
        {
            lab.Queue.Dispose();
            return true;
        });
        lab.Clock.PassNextWait().ShouldBe(UploadQueue.EndTime);
        lab.Clock.PassNextWait().ShouldBe(UploadQueue.CancelTime);
        (await end).ShouldBeTrue();
        sink.Release();
    }

    [Fact]
    public async Task Dispose_ServerIsDown_TriesOnceMoreAndDoesNotWait()
    {
        await using var lab = await PushLab.StartAsync();
        for (var i = 0; i < 3; i++) lab.Server.Then(503);
        for (var i = 0; i < 4; i++) lab.Queue.Add(Windows.Of($"{i}"));
        lab.Clock.NextWait().ShouldBeLessThan(TimeSpan.FromSeconds(1));
        lab.Queue.Dispose();
        // No time passed: the pause was cut short, the second try was the last, and the three others were not tried.
        (lab.Counts["requests.retry"], lab.Counts["uploads.failed"], lab.Counts["uploads.dropped"]).ShouldBe((2, 1, 3));
        lab.Messages.Texts[^1].ShouldBe("Warning: Profiling ends; 4 uploads were not sent.");
    }

    private static Task<bool> LongRunning(Func<bool> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Takes an upload when a test lets it.</summary>
    private sealed class GatedSink : IProfileSink
    {
        private readonly SemaphoreSlim _released = new(0);

        public ConcurrentQueue<string> Taken { get; } = new();

        public AutoResetEvent Entered { get; } = new(false);

        public Exception? Error { get; set; }

        public bool HeedsCancellation { get; init; } = true;

        public void Release() => _released.Release();

        public async Task SendAsync(IReadOnlyList<CollectedProfile> profiles, CancellationToken cancellationToken)
        {
            Taken.Enqueue(Windows.NameOf(profiles));
            Entered.Set();
            await _released.WaitAsync(HeedsCancellation ? cancellationToken : CancellationToken.None);
            if (Error is { } error) throw error;
        }
    }

    private sealed class Lab : IDisposable
    {
        private readonly ClientMetrics _metrics = new();

        public Lab(IProfileSink sink, int length)
        {
            Counts = new UploadCounts(_metrics);
            Queue = new UploadQueue(sink, length, _metrics, Messages.Add, Clock);
        }

        public HandClock Clock { get; } = new();

        public MessageList Messages { get; } = new();

        public UploadCounts Counts { get; }

        public UploadQueue Queue { get; }

        public void Dispose()
        {
            Queue.Dispose();
            _metrics.Dispose();
            Counts.Dispose();
        }
    }
}
