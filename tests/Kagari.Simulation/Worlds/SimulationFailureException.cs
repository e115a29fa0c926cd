namespace Kagari.Simulation;

/// <summary>An invariant is broken; the text says which seed, what, and what happened last.</summary>
public sealed class SimulationFailureException : Exception
{
    public SimulationFailureException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    public SimulationFailureException()
    {
    }

    public SimulationFailureException(string message)
        : base(message)
    {
    }
}
