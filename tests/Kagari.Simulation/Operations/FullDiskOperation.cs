namespace Kagari.Simulation;

/// <summary>The disk is nearly full, or has room again.</summary>
internal sealed class FullDiskOperation : Operation
{
    public override string Name => "full disk";

    public override int Weight => 2;

    public override Task<string> RunAsync(World world)
    {
        var disk = world.Disk;
        disk.CapacityBytes = disk.CapacityBytes < long.MaxValue ? long.MaxValue : disk.UsedBytes + world.Random.Next(2_000);
        return Task.FromResult(disk.CapacityBytes < long.MaxValue ? $"{disk.FreeBytes} bytes are free" : "room again");
    }
}
