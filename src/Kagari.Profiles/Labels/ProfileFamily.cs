namespace Kagari.Profiles;

/// <summary>Chooses the family (<c>__name__</c>) of a pprof from its sample types, where its sender names none.</summary>
public static class ProfileFamily
{
    /// <summary>Display names of sample types that stand for a family, where a client sends none of its own.</summary>
    public static IReadOnlyDictionary<string, string> DefaultDisplayNames { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["samples"] = "cpu",
        ["goroutine"] = "goroutines",
        ["contentions"] = "mutex_count",
        ["delay"] = "mutex_duration",
    };

    /// <summary>The family; the last sample type's own name where none is known, empty where there are no types.</summary>
    /// <param name="sampleTypes">Names of the sample types, in order.</param>
    /// <param name="displayNames">What a sample type is called; null takes <see cref="DefaultDisplayNames"/>.</param>
    public static string Of(IReadOnlyList<string> sampleTypes, IReadOnlyDictionary<string, string>? displayNames = null)
    {
        displayNames ??= DefaultDisplayNames;
        if (sampleTypes.Contains("wall")) return "wall";
        foreach (var type in sampleTypes)
        {
            var name = displayNames.TryGetValue(type, out var display) && display.Length > 0 ? display : type;
            if (name.Contains("cpu")) return "process_cpu";
            if (name.Contains("alloc_") || name.Contains("inuse_") || name is "space" or "objects") return "memory";
            if (name.Contains("mutex_")) return "mutex";
            if (name.Contains("block_")) return "block";
            if (name.Contains("goroutines")) return "goroutines";
        }
        return sampleTypes.Count == 0 ? "" : sampleTypes[^1];
    }
}
