using System.Buffers.Binary;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The frame around a segment in a log file.</summary>
/// <remarks>
/// <code>
/// byte  0..8   magic "KGRISEG\x01" (the last byte is the version)
///       8..12  length of the table of contents
///      12..20  length of the payload
///      20..24  CRC-32C of the table of contents
///      24..28  zero, reserved
///      28..32  CRC-32C of bytes 0..28
///      32..    table of contents, payload (the sections), zeros up to a multiple of 8
/// </code>
/// All numbers little endian. docs/formats/segment.md says the same for readers outside this code.
/// </remarks>
internal static class SegmentFrame
{
    public const int HeaderBytes = 32, Alignment = 8;

    /// <summary>No frame is larger: a scan must not believe a length that damage made up.</summary>
    public const long FrameBytesMax = 1L << 31;

    public static ReadOnlySpan<byte> Magic => "KGRISEG\u0001"u8;

    public static void WriteHeader(ref FlatList<byte> output, ReadOnlySpan<byte> toc, int payloadBytes)
    {
        var start = output.Count;
        output.AddRange(Magic);
        output.AddUInt32((uint)toc.Length);
        output.AddUInt64((ulong)payloadBytes);
        output.AddUInt32(Crc32C.Of(toc));
        output.AddUInt32(0);
        output.AddUInt32(Crc32C.Of(output.Span[start..]));
    }

    /// <summary>The version that this program writes and reads: the last byte of the magic.</summary>
    public const byte Version = 1;

    /// <summary>Whether a whole header of another version stands here; cutting it would destroy what a newer program wrote.</summary>
    public static bool IsOtherVersion(ReadOnlySpan<byte> bytes, out byte version)
    {
        version = bytes.Length >= HeaderBytes ? bytes[Magic.Length - 1] : Version;
        return version != Version && bytes.StartsWith(Magic[..^1])
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]) == Crc32C.Of(bytes[..28]);
    }

    /// <summary>Reads a header; false where these bytes are none.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> bytes, out Header header)
    {
        header = default;
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Magic)) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]) != Crc32C.Of(bytes[..28])) return false;
        var toc = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        var payload = BinaryPrimitives.ReadUInt64LittleEndian(bytes[12..]);
        if (toc > FrameBytesMax || payload > FrameBytesMax) return false;
        header = new Header((int)toc, (long)payload, BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]));
        return true;
    }

    /// <summary>What a header says.</summary>
    public readonly record struct Header(int TocBytes, long PayloadBytes, uint TocChecksum)
    {
        public long FrameBytes => (HeaderBytes + TocBytes + PayloadBytes + Alignment - 1) / Alignment * Alignment;

        public int PayloadStart => HeaderBytes + TocBytes;
    }
}
