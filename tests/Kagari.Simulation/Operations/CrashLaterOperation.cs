namespace Kagari.Simulation;

/// <summary>The process will die at one of the next calls of the disk, in the middle of whatever it does then.</summary>
internal sealed class CrashLaterOperation : Operation
{
    public override string Name => "crash later";

    public override int Weight => 4;

    public override Task<string> RunAsync(World world)
    {
        var steps = world.Random.Next(30);
        world.Disk.CrashIn(steps);
        return Task.FromResult($"in {steps} steps");
    }
}
