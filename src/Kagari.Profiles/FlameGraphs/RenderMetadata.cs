namespace Kagari.Profiles;

/// <summary>What the render API says of a flame graph beside its nodes.</summary>
/// <remarks>Peer: wire reference §6.1, which has the rules for <see cref="Units"/> and <see cref="SampleRate"/>.</remarks>
/// <param name="Name">Sample type, as <c>cpu</c>.</param>
/// <param name="Units">As the UI knows units: <c>samples</c>, <c>objects</c>, <c>bytes</c>…</param>
/// <param name="SampleRate">Values per second of the unit; 1000000000 for cpu, otherwise 100.</param>
/// <param name="SpyName">Always empty at the peer.</param>
public sealed record RenderMetadata(string Name, string Units, long SampleRate, string SpyName = "")
{
    /// <summary>Metadata of a profile type, by the rules of the peer.</summary>
    public static RenderMetadata Of(ProfileTypeId type) => type.SampleType switch
    {
        "inuse_objects" or "alloc_objects" or "goroutine" or "samples" => new RenderMetadata(type.SampleType, "objects", 100),
        "cpu" => new RenderMetadata(type.SampleType, "samples", 1_000_000_000),
        _ => new RenderMetadata(type.SampleType, type.SampleUnit, 100),
    };
}
