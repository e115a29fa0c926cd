namespace Kagari.Simulation;

/// <summary>The process will die at one of the next calls of the disk, mostly one that changes something, in the middle of whatever it does then.</summary>
internal sealed class CrashLaterOperation : Operation
{
    public override string Name => "crash later";

    public override int Weight => 4;

    public override Task<string> RunAsync(World world)
    {
        if (world.Random.Next(3) > 0)
        {
            var call = world.Random.Next(2) == 0 ? DiskCall.Sync : (DiskCall)world.Random.Next(1, 9);
            world.Disk.CrashAtNext(call);
            return Task.FromResult($"at the next {call}");
        }
        var steps = world.Random.Next(30);
        world.Disk.CrashIn(steps);
        return Task.FromResult($"in {steps} steps");
    }
}
