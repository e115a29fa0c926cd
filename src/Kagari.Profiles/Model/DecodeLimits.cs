namespace Kagari.Profiles;

/// <summary>Bounds of one decoded profile. 0 means no bound, except where noted.</summary>
public sealed record DecodeLimits
{
    /// <summary>Bounds for callers that configure none.</summary>
    public static DecodeLimits Default { get; } = new();

    /// <summary>Decompressed bytes. Default 32 MiB; 0 means the most an array holds (2 GiB).</summary>
    public long BytesMax { get; init; } = 32 << 20;

    /// <summary>Samples. Default 200,000.</summary>
    public int SamplesMax { get; init; } = 200_000;

    /// <summary>Labels of one sample. Default 100, as the peer.</summary>
    public int SampleLabelsMax { get; init; } = 100;

    /// <summary>Frames of one stack; deeper ones lose leaf frames. Default 1,000, as the peer.</summary>
    public int DepthMax { get; init; } = 1_000;

    /// <summary>Bytes of one string; longer ones keep their tail. Default 65,535, as the peer.</summary>
    public int StringBytesMax { get; init; } = 65_535;
}
