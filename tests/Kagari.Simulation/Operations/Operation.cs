namespace Kagari.Simulation;

/// <summary>One thing that can happen in a world. Stateless: all state is the world's, all chance is the seed's.</summary>
internal abstract class Operation
{
    /// <summary>Its name in traces.</summary>
    public abstract string Name { get; }

    /// <summary>How often it happens, beside the others'.</summary>
    public abstract int Weight { get; }

    /// <summary>Whether every world has it; others are left out of some, so that rare mixes come up.</summary>
    public virtual bool IsAlwaysOn => false;

    /// <summary>Whether it can happen now.</summary>
    public virtual bool CanRun(World world) => true;

    /// <summary>Does it and checks what can be checked at once.</summary>
    /// <returns>What happened, for the trace.</returns>
    /// <exception cref="IOException">The disk failed; fine if it did.</exception>
    /// <exception cref="SimulatedCrashException">The process died in the middle; the world recovers.</exception>
    public abstract Task<string> RunAsync(World world);
}
