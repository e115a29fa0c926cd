namespace Kagari.Simulation;

/// <summary>What compaction replaced long enough ago is deleted.</summary>
internal sealed class DeleteDueOperation : Operation
{
    public override string Name => "delete due";

    public override int Weight => 5;

    public override async Task<string> RunAsync(World world)
    {
        var doomed = world.Compactors.Sum(c => c.DoomedObjects);
        await world.DeleteDueAsync();
        return $"{doomed} objects";
    }
}
