namespace Kagari.Cli.Uploading;

/// <summary>Chooses the family (<c>__name__</c>) of a profile from its sample types, as the peer does for SDKs.</summary>
/// <remarks>Wire reference §3.2, "pprof → series rules", with the display names that apply where a client sends none.</remarks>
internal static class ProfileFamily
{
    public static string Of(IReadOnlyList<string> sampleTypes)
    {
        if (sampleTypes.Contains("wall")) return "wall";
        foreach (var type in sampleTypes)
        {
            var name = type switch { "samples" => "cpu", "goroutine" => "goroutines", "contentions" => "mutex_count", "delay" => "mutex_duration", _ => type };
            if (name.Contains("cpu")) return "process_cpu";
            if (name.Contains("alloc_") || name.Contains("inuse_") || name is "space" or "objects") return "memory";
            if (name.Contains("mutex_")) return "mutex";
            if (name.Contains("block_")) return "block";
            if (name.Contains("goroutines")) return "goroutines";
        }
        return sampleTypes.Count == 0 ? "" : sampleTypes[^1];
    }
}
