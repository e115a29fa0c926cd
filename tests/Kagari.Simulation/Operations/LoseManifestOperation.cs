using Kagari.Storage;

namespace Kagari.Simulation;

/// <summary>The manifest is lost while the process is down: it is only an index, the logs have everything.</summary>
internal sealed class LoseManifestOperation : Operation
{
    public override string Name => "lose manifest";

    public override int Weight => 1;

    public override async Task<string> RunAsync(World world)
    {
        await world.RestartAsync(() => world.Disk.Lose(ManifestFile.Key));
        return "restarted without";
    }
}
