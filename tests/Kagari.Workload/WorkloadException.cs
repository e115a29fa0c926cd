namespace Kagari.Workload;

/// <summary>What <see cref="Failures"/> throws, and nobody else.</summary>
internal sealed class WorkloadException(string message) : Exception(message);
