namespace Kagari.Client.Sampling;

/// <summary>What a source cost the program in a window.</summary>
/// <param name="Nanos">CPU time taken from the program's own threads, estimated.</param>
/// <param name="StoppedNanos">Time in which all threads were stopped.</param>
internal readonly record struct SourceCost(long Nanos, long StoppedNanos);
