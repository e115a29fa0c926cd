using Kagari.Client.Delivery;

namespace Kagari.Client.Tests.Delivery;

/// <summary>A program whose thread pool does nothing any more is one whose profiles people want to see.</summary>
public sealed class StarvationTests
{
    [Fact]
    public void Upload_ThreadPoolIsStarved_ArrivesAllTheSame()
    {
        using var server = new RawServer();
        var messages = new MessageList();
        using var metrics = new ClientMetrics();
        using var counts = new UploadCounts(metrics);
        using var release = new ManualResetEvent(false);
        using var done = new CountdownEvent(300);
        for (var i = 0; i < done.InitialCount; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                release.WaitOne();
                done.Signal();
            }, null);
        }
        try
        {
            using var queue = UploadQueue.Of(new KagariOptions { ServerAddress = new Uri($"http://127.0.0.1:{server.Port}") }, metrics, messages.Add, TimeProvider.System, new Random(1));
            queue.Add(Windows.Of("one"));
            queue.Flush(TimeSpan.FromMinutes(1)).ShouldBeTrue();
            ThreadPool.PendingWorkItemCount.ShouldBeGreaterThan(0, "the pool was not starved");
            counts["uploads.sent"].ShouldBe(1);
            messages.Texts.ShouldBeEmpty();
        }
        finally
        {
            release.Set();
            done.Wait(TestContext.Current.CancellationToken);
        }
    }
}
