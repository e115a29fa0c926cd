namespace Kagari.Storage;

/// <summary>Something about stored bytes that a person should know.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="ObjectKey">Which object.</param>
/// <param name="Offset">Which byte of it.</param>
/// <param name="Message">In words: found, expected, what was done.</param>
public sealed record StorageReport(StorageReportKind Kind, string ObjectKey, long Offset, string Message);

/// <summary>Kinds of <see cref="StorageReport"/>.</summary>
public enum StorageReportKind
{
    /// <summary>Bytes that were never acknowledged were cut from the end of a log after a crash.</summary>
    TornTail,

    /// <summary>Stored bytes are not what was written; what they held is lost, the rest is served.</summary>
    Damage,

    /// <summary>The manifest was missing or damaged and was built anew from the logs.</summary>
    ManifestRebuilt,

    /// <summary>Writing failed; clients were told.</summary>
    WriteFailed,

    /// <summary>The disk is nearly full, or is no longer: what that means for pushes and old data stands in the message.</summary>
    DiskFull,
}
