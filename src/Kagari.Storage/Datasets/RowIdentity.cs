using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Names one stored row: equal content in one series group at one time is the same row, however often it was sent.</summary>
/// <param name="ContentHash">Hash of what was sent, mixed with the labels of its series.</param>
/// <param name="TimeNanos">Time of the profile, nanoseconds since 1970.</param>
public readonly record struct RowIdentity(ulong ContentHash, long TimeNanos)
{
    /// <summary>The identity of a profile with these bytes in this group at this time.</summary>
    public static RowIdentity Of(ulong contentHash, SeriesGroup group, long timeNanos) =>
        new(XxHash64.Mix(contentHash, (ulong)group.Hash ^ (ulong)(group.Hash >> 64)), timeNanos);

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
