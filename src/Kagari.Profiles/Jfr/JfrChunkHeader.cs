using System.Buffers.Binary;

namespace Kagari.Profiles;

/// <summary>The first 68 bytes of a chunk; drawn in docs/formats/jfr.md.</summary>
/// <param name="Size">Bytes of the chunk, header included.</param>
/// <param name="Constants">Where its last checkpoint event lies, from its start.</param>
/// <param name="Metadata">Where its metadata event lies, from its start.</param>
/// <param name="StartNanos">When it was begun, nanoseconds since 1970.</param>
/// <param name="DurationNanos">How long it lasted.</param>
/// <param name="IsCompressed">Whether integers are LEB128; else they have their full width, big-endian.</param>
internal readonly record struct JfrChunkHeader(int Size, int Constants, int Metadata, long StartNanos, long DurationNanos, bool IsCompressed)
{
    /// <summary>Bytes of a header.</summary>
    public const int Bytes = 68;

    private const int CompressedFlag = 1;

    /// <summary>Whether bytes start as a chunk does.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> bytes) => bytes.StartsWith("FLR\0"u8);

    /// <summary>Reads the header at the start of <paramref name="rest"/>, which is at byte <paramref name="at"/> of the recording.</summary>
    public static bool TryRead(ReadOnlySpan<byte> rest, int at, out JfrChunkHeader header, out ProfileError error)
    {
        header = default;
        if (!HasMagic(rest)) return Fail($"the bytes at {at} are no chunk: they do not start with 'FLR' and a zero", out error);
        if (rest.Length < Bytes) return Fail($"the chunk at byte {at} ends in its header: {rest.Length} of {Bytes} bytes", out error);
        var major = BinaryPrimitives.ReadUInt16BigEndian(rest[4..]);
        if (major is not (1 or 2)) return Fail($"the chunk at byte {at} has version {major}; this reader knows 1 and 2", out error);
        var size = BinaryPrimitives.ReadInt64BigEndian(rest[8..]);
        if (size < Bytes || size > rest.Length)
            return Fail($"the chunk at byte {at} says that it has {size} bytes; {rest.Length} are there (an unfinished or cut recording)", out error);
        var constants = BinaryPrimitives.ReadInt64BigEndian(rest[16..]);
        var metadata = BinaryPrimitives.ReadInt64BigEndian(rest[24..]);
        if (constants < Bytes || constants >= size) return Fail($"the chunk at byte {at} has its constants at {constants} of {size} bytes", out error);
        if (metadata < Bytes || metadata >= size) return Fail($"the chunk at byte {at} has its metadata at {metadata} of {size} bytes", out error);
        // The last two bytes are flags; what newer Java puts into the two before them does not matter here.
        var isCompressed = (BinaryPrimitives.ReadUInt16BigEndian(rest[66..]) & CompressedFlag) != 0;
        header = new JfrChunkHeader(
            (int)size, (int)constants, (int)metadata,
            BinaryPrimitives.ReadInt64BigEndian(rest[32..]), BinaryPrimitives.ReadInt64BigEndian(rest[40..]), isCompressed);
        error = ProfileError.None;
        return true;
    }

    private static bool Fail(string message, out ProfileError error)
    {
        error = ProfileError.Malformed("jfr: " + message);
        return false;
    }
}
