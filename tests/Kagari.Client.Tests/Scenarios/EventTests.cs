namespace Kagari.Client.Tests.Scenarios;

/// <summary>Allocations, locks, exceptions and collections of programs that count theirs.</summary>
public sealed class EventTests
{
    private const string Program = "Kagari.Client.Scenarios.";

    [Fact]
    public async Task Allocations_OfAllSizesAndThreads_AreThoseThatTheRuntimeCounts()
    {
        var run = await ScenarioRun.OfAsync("allocations");
        var profile = run.Of("alloc_size");
        ((double)profile.Sum("alloc_size")).ShouldBeInRange(0.95 * run.Number("bytes"), 1.05 * run.Number("bytes"));
        ((double)profile.Sum("alloc_size", Program + "Allocations.Small")).ShouldBeInRange(0.9 * run.Number("small-bytes"), 1.1 * run.Number("small-bytes"));
        ((double)profile.Sum("alloc_size", Program + "Allocations.Large")).ShouldBeInRange(0.9 * run.Number("large-bytes"), 1.1 * run.Number("large-bytes"));
        ((double)profile.Sum("alloc_samples", Program + "Allocations.Small")).ShouldBeInRange(0.9 * 8_000_000, 1.1 * 8_000_000);
        profile.Rows.SelectMany(r => r.Frames).ShouldNotContain("[unknown]");
    }

    [Fact]
    public async Task Locks_OfBothKinds_AreAsLongAsTheWaitingThreadMeasured()
    {
        var run = await ScenarioRun.OfAsync("locks");
        var profile = run.Of("lock_time");
        var waits = profile.Rows.Where(r => r.Frames.Any(f => f.StartsWith(Program + "Locks.WaitFor", StringComparison.Ordinal))).ToList();
        waits.Sum(r => r.Values[0]).ShouldBe((long)run.Number("waits"));
        ((double)waits.Sum(r => r.Values[1])).ShouldBeInRange(0.9 * run.Number("waited-nanos"), 1.1 * run.Number("waited-nanos"));
        profile.Sum("lock_count", Program + "Locks.WaitForMonitor").ShouldBe(50);
        profile.Sum("lock_count", Program + "Locks.WaitForLock").ShouldBe(50);
    }

    [Fact]
    public async Task Exceptions_OfThreeTypes_AreCountedExactly()
    {
        var profile = (await ScenarioRun.OfAsync("exceptions")).Of("exception");
        profile.Sum("exception", "System.InvalidOperationException").ShouldBe(500);
        profile.Sum("exception", "System.FormatException").ShouldBe(70);
        profile.Sum("exception", "KeyNotFoundException<int>").ShouldBe(3);   // the runtime tells nested types without the one around them
        profile.Sum("exception").ShouldBe(573);
    }

    [Fact]
    public async Task Exceptions_OfAProgramThatEndsWithoutEndingItsProfiler_AreUploaded() =>
        (await ScenarioRun.OfAsync("exit")).Uploads["end"].ShouldHaveSingleItem().Sum("exception", "System.InvalidOperationException").ShouldBe(500);

    [Fact]
    public async Task Exceptions_BeyondTheBudget_AreSampledLessAndStandForAsMany()
    {
        var run = await ScenarioRun.OfAsync("slowed");
        run.Facts["log-Warning"].ShouldContain("Exceptions is sampled 1/4 as much");
        var sum = run.Uploads.Where(u => u.Key != "start").SelectMany(u => u.Value).Sum(p => p.Sum("exception"));
        ((double)sum).ShouldBeInRange(0.75 * run.Number("thrown"), 1.25 * run.Number("thrown"));
    }

    [Fact]
    public async Task Exceptions_MoreThanTheLimit_StopBeingCountedAndThatIsSaid()
    {
        var run = await ScenarioRun.OfAsync("flood");
        run.Facts["log-Warning"].ShouldContain("ExceptionsPerSecondMax");
        run.Of("exception").Sum("exception").ShouldBeInRange(1_000, 299_999);
    }

    [Fact]
    public async Task Collections_OfAllGenerations_PauseAsLongAsTheRuntimeCounts()
    {
        var run = await ScenarioRun.OfAsync("collections");
        var pauses = run.Of("pause_time");
        ((double)pauses.Sum("pauses")).ShouldBeInRange(run.Number("collections"), run.Number("collections") + 2);
        // The runtime counts from when all threads stand; we count from when it begins to stop them.
        ((double)pauses.Sum("pause_time")).ShouldBeInRange(0.9 * run.Number("pause-nanos"), 1.5 * run.Number("pause-nanos"));
        foreach (var generation in new[] { "[generation 0]", "[generation 1]", "[generation 2]" }) pauses.Sum("pauses", generation).ShouldBeGreaterThan(5);
        ((double)run.Of("inuse_space").Sum("inuse_space")).ShouldBeInRange(0.8 * run.Number("heap-bytes"), 1.2 * run.Number("heap-bytes"));
    }
}
