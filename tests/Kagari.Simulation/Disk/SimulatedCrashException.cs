namespace Kagari.Simulation;

/// <summary>The process died at this call of the disk. No IOException, so that code which copes with those does not hide it.</summary>
public sealed class SimulatedCrashException : Exception
{
    public SimulatedCrashException(string message)
        : base(message)
    {
    }

    public SimulatedCrashException()
    {
    }

    public SimulatedCrashException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
