namespace Kagari.Simulation;

/// <summary>A bit on the medium flips. Only in worlds that have rot: what it hits may be missing, and must be reported.</summary>
internal sealed class BitRotOperation : Operation
{
    public override string Name => "bit rot";

    public override int Weight => 2;

    public override bool CanRun(World world) => world.Options.HasBitRot;

    public override Task<string> RunAsync(World world) => Task.FromResult(world.FlipBit());
}
