namespace Kagari.Storage;

/// <summary>One record of the manifest.</summary>
internal abstract record ManifestRecord;

/// <summary>A segment was written.</summary>
internal sealed record SegmentRecord(SegmentEntry Segment) : ManifestRecord;

/// <summary>Objects were replaced by blocks.</summary>
internal sealed record ReplacementRecord(Replacement Replacement) : ManifestRecord;

/// <summary>Log files up to this number were used; none gets such a number again.</summary>
internal sealed record LogNumberRecord(long Last) : ManifestRecord;
