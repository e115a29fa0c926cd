namespace Kagari.Profiles.Tests.NetTrace;

/// <summary>The same program where the runtime draws lots for allocations, as .NET 10 and later can.</summary>
public sealed class SampledWorkload : RecordedWorkload
{
    private const long AllocationSampling = 0x800_0000_0000;

    /// <inheritdoc/>
    protected override long Keywords => Methods | AllocationSampling;
}
