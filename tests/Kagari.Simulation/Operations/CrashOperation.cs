namespace Kagari.Simulation;

/// <summary>The process dies between two operations, or the power goes.</summary>
internal sealed class CrashOperation : Operation
{
    public override string Name => "crash";

    public override int Weight => 2;

    public override async Task<string> RunAsync(World world)
    {
        var kind = (CrashKind)world.Random.Next(2);
        await world.RecoverAsync(kind);
        return kind.ToString();
    }
}
