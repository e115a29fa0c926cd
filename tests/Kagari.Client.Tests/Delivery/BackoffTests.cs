using Kagari.Client.Delivery;

namespace Kagari.Client.Tests.Delivery;

public sealed class BackoffTests
{
    [Fact]
    public void After_ManyFailures_StaysWithinItsBounds()
    {
        var random = new Random(7);
        for (var failures = 1; failures < 200; failures++)
        {
            var full = Math.Min(0.5 * Math.Pow(2, failures - 1), 30);
            Backoff.After(failures, null, random).TotalSeconds.ShouldBeInRange(full / 2, full);
        }
    }

    [Fact]
    public void After_WishOfTheServer_IsTheLeastWithinReason()
    {
        var random = new Random(7);
        Backoff.After(1, TimeSpan.FromSeconds(3), random).ShouldBe(TimeSpan.FromSeconds(3));
        Backoff.After(1, TimeSpan.FromSeconds(-3), random).ShouldBeInRange(TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500));
        Backoff.After(1, TimeSpan.MaxValue, random).ShouldBe(Backoff.LongestWish);
    }
}
