namespace Kagari.Simulation;

/// <summary>Calls of the disk start to fail or to be slow, or stop doing so.</summary>
internal sealed class DiskFaultsOperation : Operation
{
    public override string Name => "disk faults";

    public override int Weight => 4;

    public override Task<string> RunAsync(World world)
    {
        var random = world.Random;
        world.Disk.Faults = world.Disk.Faults != DiskFaults.None ? DiskFaults.None : new DiskFaults
        {
            FailPercent = random.Next(4) == 0 ? 0 : random.Next(1, 40),
            OnlyCall = random.Next(2) == 0 ? null : (DiskCall)random.Next(9),
            SlowPercent = random.Next(3) == 0 ? 30 : 0,
        };
        return Task.FromResult(world.Disk.Faults.ToString());
    }
}
