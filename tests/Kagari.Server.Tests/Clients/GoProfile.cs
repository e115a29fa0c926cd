namespace Kagari.Server.Tests.Clients;

/// <summary>A profile as <c>go tool pprof -raw</c> lists it, without stacks.</summary>
/// <param name="PeriodType">As <c>cpu:nanoseconds</c>.</param>
/// <param name="Types">Sample types, as <c>alloc_space:bytes</c>.</param>
/// <param name="Samples">Per sample its values, one for each type.</param>
internal sealed record GoProfile(string PeriodType, string[] Types, long[][] Samples)
{
    /// <summary>Sums by sample type over the samples that are asked for.</summary>
    public PprofSums Sums(Func<long[], bool> isAsked) =>
        new(PeriodType, [.. Types.Select((type, i) => (type, Samples.Where(isAsked).Sum(values => values[i])))]);
}
