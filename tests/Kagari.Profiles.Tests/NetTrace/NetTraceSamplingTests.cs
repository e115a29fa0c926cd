namespace Kagari.Profiles.Tests.NetTrace;

/// <summary>A real process whose runtime draws lots for its allocations.</summary>
public sealed class NetTraceSamplingTests(SampledWorkload recorded) : IClassFixture<SampledWorkload>
{
    /// <summary>80 MB are about 790 lots, whose sum strays by 3.6 %: a quarter is seven times that.</summary>
    [Fact]
    public void Allocations_AreEstimatedFromLots()
    {
        NetTraceEvents.Of(recorded.Bytes).Counts["Microsoft-Windows-DotNETRuntime/303"].ShouldBeGreaterThan(100);
        NetTraceProfiles.TryRead(recorded.Bytes, DecodeLimits.Default, out var profiles, out _, out var error).ShouldBeTrue(error.Message);
        var profile = profiles.Single(p => p.Name == "alloc").Profile;
        var bytes = NetTraceTotals.Of(profile, 1)["Kagari.Workload.Allocations.Run"];
        ((double)bytes).ShouldBeInRange(recorded.Allocated * 0.75, recorded.Allocated * 1.25);
        // Arrays of 4,000 bytes and their head.
        (bytes / NetTraceTotals.Of(profile, 0)["Kagari.Workload.Allocations.Run"]).ShouldBeInRange(3_900, 4_150);
    }
}
