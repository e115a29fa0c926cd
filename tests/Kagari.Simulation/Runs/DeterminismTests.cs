namespace Kagari.Simulation.Runs;

/// <summary>A seed is worth something only if it gives the same run each time.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public async Task Run_SameSeedTwice_HasTheSameTrace()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var first = await World.RunAsync(WorldOptions.Of(seed));
            var second = await World.RunAsync(WorldOptions.Of(seed));
            if (first.Trace.Hash() != second.Trace.Hash()) second.Trace.ToString().ShouldBe(first.Trace.ToString(), $"seed {seed}");
        }
    }

    [Fact]
    public async Task Run_OtherSeed_HasAnotherTrace() =>
        (await World.RunAsync(WorldOptions.Of(1))).Trace.Hash().ShouldNotBe((await World.RunAsync(WorldOptions.Of(2))).Trace.Hash());
}
