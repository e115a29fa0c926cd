using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Kagari.Testing;

namespace Kagari.Simulation.Runs;

/// <summary>Runs worlds by seed: 2,000 as a test, as many as asked for otherwise.</summary>
/// <remarks>
/// KAGARI_SIM_SEED=n runs that one and prints its whole trace; KAGARI_SIM_SEEDS=n runs the first n;
/// KAGARI_FUZZ_SECONDS=n (./build.sh fuzz) runs new ones for that long.
/// </remarks>
public sealed class SeedFuzzTests
{
    private const int Rounds = 2_000;

    [Fact]
    public async Task Run_EverySeed_KeepsItsPromises()
    {
        if (Number("KAGARI_SIM_SEED") is { } seed)
        {
            var world = await World.RunAsync(WorldOptions.Of(seed));
            Console.WriteLine($"{world.Trace}\ntrace hash {world.Trace.Hash():x16}");
            return;
        }

        var started = Stopwatch.GetTimestamp();
        var (runs, pushes, acknowledged, steps) = (0L, 0L, 0L, 0L);
        var failures = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(FuzzBudget.Seeds(Number("KAGARI_SIM_SEEDS") ?? Rounds), async (next, _) =>
        {
            if (failures.Count >= 3) return;
            try
            {
                var world = await World.RunAsync(WorldOptions.Of(next));
                Interlocked.Increment(ref runs);
                Interlocked.Add(ref pushes, world.Model.Pushes.Count);
                Interlocked.Add(ref acknowledged, world.Model.Pushes.Count(p => p.IsAcknowledged));
                Interlocked.Add(ref steps, world.Disk.Steps);
            }
            catch (SimulationFailureException e)
            {
                failures.Enqueue(e.Message);
            }
        });
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine($"simulation: {runs} seeds, {pushes} pushes ({acknowledged} acknowledged), {steps} disk steps in {seconds:f1} s, {runs / seconds:f0} seeds/s");
        failures.ShouldBeEmpty(string.Join("\n\n", failures));
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
