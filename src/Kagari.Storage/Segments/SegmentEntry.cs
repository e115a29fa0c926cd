namespace Kagari.Storage;

/// <summary>A segment as the catalogue knows it: where it lies and what is in it.</summary>
/// <param name="ObjectKey">The object (for the embedded store: the log file) that holds it.</param>
/// <param name="Offset">Where its frame starts in the object.</param>
/// <param name="Length">Length of the frame, padding included.</param>
/// <param name="Datasets">What is in it.</param>
public sealed record SegmentEntry(string ObjectKey, long Offset, long Length, IReadOnlyList<DatasetEntry> Datasets)
{
    /// <summary>Where the next frame starts.</summary>
    public long End => Offset + Length;

    /// <summary>Where its sections start: with the first one of its first dataset.</summary>
    internal long PayloadStart => Datasets[0].Sections[0].Offset;
}
