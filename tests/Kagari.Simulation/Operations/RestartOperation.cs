namespace Kagari.Simulation;

/// <summary>An operator stops the process and starts it again.</summary>
internal sealed class RestartOperation : Operation
{
    public override string Name => "restart";

    public override int Weight => 2;

    public override async Task<string> RunAsync(World world)
    {
        await world.RestartAsync();
        return "clean";
    }
}
