namespace Kagari.Simulation.Runs;

/// <summary>One world, and the process dies at each of its disk calls in turn.</summary>
public sealed class CrashEverywhereTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(11)]
    public async Task Run_CrashAtEachStep_KeepsItsPromises(int seed)
    {
        var options = WorldOptions.Of(seed) with { HasBitRot = false, OperationCount = 40 };
        var calm = await World.RunAsync(options);
        calm.Disk.Steps.ShouldBeGreaterThan(60, "or there is little to crash at");
        for (long step = 0; step < calm.Disk.Steps; step++) await World.RunAsync(options with { CrashAtStep = step });
    }
}
