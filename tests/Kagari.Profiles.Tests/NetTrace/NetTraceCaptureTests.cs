using Kagari.Testing;

namespace Kagari.Profiles.Tests.NetTrace;

/// <summary>A real process, recorded now: what it did is known, and another reader reads it too.</summary>
public sealed class NetTraceCaptureTests(RecordedWorkload recorded) : IClassFixture<RecordedWorkload>
{
    private const string Sampler = "Microsoft-DotNETCore-SampleProfiler/0";

    [Fact]
    public void Events_AreThoseThatTraceEventFinds()
    {
        var events = NetTraceEvents.Of(recorded.Bytes);
        (events.IsComplete, events.Lost).ShouldBe((true, 0));
        var expected = NetTraceOracle.Counts(recorded.Path);
        foreach (var (type, count) in expected.Where(e => e.Key.StartsWith("Microsoft", StringComparison.Ordinal))) events.Counts.GetValueOrDefault(type).ShouldBe(count, type);
        events.All.Count.ShouldBe(expected.Values.Sum());
        events.Counts[Sampler].ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Stacks_OfSamples_AreThoseThatTraceEventFinds()
    {
        var events = NetTraceEvents.Of(recorded.Bytes);
        var ours = events.All.Where(e => e.Type == Sampler).Select(e => $"{e.Thread}: {e.Stack}");
        events.All.Count(e => e.Type == Sampler && e.Stack.Count(c => c == ' ') > 3).ShouldBeGreaterThan(20);
        ours.Order(StringComparer.Ordinal).ShouldBe(NetTraceOracle.Samples(recorded.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Cpu_HasTheSharesOfTheTwoMethods()
    {
        var cpu = Totals("cpu", 0);
        var (seventy, thirty) = (cpu["Kagari.Workload.Calculation.Seventy"], cpu["Kagari.Workload.Calculation.Thirty"]);
        (seventy / (double)(seventy + thirty)).ShouldBeInRange(0.5, 0.9);
        // Both have slices of time, so most of it is theirs.
        (cpu["Kagari.Workload.Calculation.Run"] - seventy - thirty).ShouldBeLessThan((seventy + thirty) / 4);
    }

    [Fact]
    public void Names_AreThoseOfTheSource()
    {
        var cpu = Totals("cpu", 0);
        foreach (var name in new[] { "OuterAsync", "Generic<T>.InnerAsync", "OuterAsync.λ", "OuterAsync.Local", "Iterate", "Spin" }) cpu.ShouldContainKey($"Kagari.Workload.Async.{name}");
        var profile = Profile("cpu");
        var spin = profile.Functions.Span.ToArray().Single(f => profile.GetString(f.Name) == "Kagari.Workload.Async.Spin");
        profile.GetString(spin.FileName).ShouldBe("Kagari.Workload.dll");
        cpu.Keys.Where(k => k.StartsWith("Kagari.", StringComparison.Ordinal) && (k.Contains("MoveNext") || k.Contains('`') || k.Contains("__"))).ShouldBeEmpty();
    }

    /// <summary>A tick says what was allocated since the one before, so a tick more or less is what may differ.</summary>
    [Fact]
    public void Allocations_HaveTheBytesThatWereAllocated()
    {
        var bytes = Totals("alloc", 1)["Kagari.Workload.Allocations.Run"];
        ((double)bytes).ShouldBeInRange(recorded.Allocated * 0.95, recorded.Allocated * 1.05);
        // Arrays of 4,000 bytes and their head.
        var objects = Totals("alloc", 0)["Kagari.Workload.Allocations.Run"];
        (bytes / objects).ShouldBeInRange(3_500, 4_500);
    }

    [Fact]
    public void Exceptions_AreCountedByType()
    {
        recorded.Caught.ShouldBeGreaterThan(0);
        Totals("exception", 0)["Kagari.Workload.WorkloadException"].ShouldBe(recorded.Caught);
        Drawings.Draw(Profile("exception")).ShouldContain($"Kagari.Workload.Failures.Run;Kagari.Workload.Failures.Throw;Kagari.Workload.WorkloadException {recorded.Caught}");
    }

    [Fact]
    public void Locks_AreCountedAndTimed()
    {
        Totals("lock", 0)["Kagari.Workload.Locks.Enter"].ShouldBe(3);
        // Each was held for 30 ms after the other thread began to wait.
        Totals("lock", 1)["Kagari.Workload.Locks.Enter"].ShouldBeGreaterThan(3 * 15_000_000L);
    }

    private FlatProfile Profile(string name)
    {
        ProfileImport.TryRead(recorded.Bytes, DecodeLimits.Default, out var format, out var profiles, out var error).ShouldBeTrue(error.Message);
        format.ShouldBe(ImportFormat.NetTrace);
        return profiles.Single(p => p.Name == name).Profile;
    }

    /// <summary>The total of each function.</summary>
    private Dictionary<string, long> Totals(string name, int column) => NetTraceTotals.Of(Profile(name), column);
}
