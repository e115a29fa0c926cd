using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>
/// Names one pushed profile. Its rows (one per group of series) share it; with the series it names one stored row, so a
/// push that is sent again becomes the same rows.
/// </summary>
/// <param name="ContentHash">Hash of what was sent and of the labels it was sent with.</param>
/// <param name="TimeNanos">Time of the profile, nanoseconds since 1970.</param>
public readonly record struct RowIdentity(ulong ContentHash, long TimeNanos)
{
    /// <summary>The same as a UUID (version 8, RFC 9562): the profile id that exemplars carry.</summary>
    public Guid ToProfileId()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, ContentHash);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], XxHash64.Mix(ContentHash, (ulong)TimeNanos));
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
