namespace Kagari.Simulation;

/// <summary>A client sends again what it has no answer for, or what was answered and the answer got lost: it counts once.</summary>
internal sealed class RetryOperation : Operation
{
    public override string Name => "retry";

    public override int Weight => 6;

    public override bool CanRun(World world) => world.Model.Pushes.Exists(CanRetry);

    public override Task<string> RunAsync(World world)
    {
        var pushes = world.Model.Pushes.FindAll(CanRetry);
        var unanswered = pushes.FindAll(p => !p.IsAcknowledged);
        if (unanswered.Count > 0 && world.Random.Next(3) > 0) pushes = unanswered;
        return Task.FromResult(world.Deliver(pushes[world.Random.Next(pushes.Count)]));
    }

    private static bool CanRetry(ModelPush push) => push is { WasDelivered: true, IsDeleted: false };
}
