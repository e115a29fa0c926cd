using Kagari.Profiles;

namespace Kagari.Server.Ingest.Otlp;

/// <summary>What makes two pushes of OpenTelemetry profiles the same one.</summary>
/// <remarks>
/// Collectors batch anew before they repeat, and the dictionary of the batch is another one then. The decoded profile
/// has its entries in the order of their first use, so it is the same whatever they were numbered.
/// </remarks>
internal static class OtlpIdentity
{
    public static ulong HashOf(FlatProfile profile)
    {
        var hash = XxHash64.Of((ReadOnlySpan<byte>)profile.Bytes.Span, (ulong)profile.DurationNanos);
        hash = XxHash64.Of((ReadOnlySpan<StringRange>)profile.Strings.Span, hash);
        hash = XxHash64.Of((ReadOnlySpan<Sample>)profile.Samples.Span, hash);
        hash = XxHash64.Of((ReadOnlySpan<int>)profile.Stacks.Span, hash);
        hash = XxHash64.Of((ReadOnlySpan<long>)profile.Values.Span, hash);
        // Rows that the compiler pads go field by field: nobody sets the bytes between.
        foreach (ref readonly var label in profile.Labels.Span) hash = XxHash64.Mix(hash, Pair(label.Key, label.Text));
        foreach (ref readonly var location in profile.Locations.Span)
            hash = XxHash64.Mix(XxHash64.Mix(hash, location.Address), Pair(location.Mapping, location.LineCount));
        foreach (ref readonly var line in profile.Lines.Span) hash = XxHash64.Mix(hash, Pair(line.Function, (int)line.LineNumber));
        foreach (ref readonly var function in profile.Functions.Span) hash = XxHash64.Mix(hash, Pair(function.Name, function.FileName));
        return hash;
    }

    private static ulong Pair(int first, int second) => ((ulong)(uint)first << 32) | (uint)second;
}
