using System.Buffers.Binary;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>First and last bytes of a block.</summary>
/// <remarks>
/// <code>
/// byte 0..8     magic "KGRIBLK\x01" (the last byte is the version)
///      8..      sections
///      then     table of contents
/// last 24..20   CRC-32C of the table of contents
///      20..12   length of the table of contents
///      12..8    CRC-32C of the 12 bytes before
///      8..0     magic again, so that a cut file is seen at once
/// </code>
/// Little endian. docs/formats/block.md says the same for readers outside this code.
/// </remarks>
internal static class BlockFrame
{
    public const int TailBytes = 24;

    /// <summary>The version that this program writes, and the newest it reads.</summary>
    public const byte Version = 1;

    public static ReadOnlySpan<byte> Magic => "KGRIBLK\u0001"u8;

    public static void AddTail(ref FlatList<byte> output, ReadOnlySpan<byte> toc)
    {
        var start = output.Count;
        output.AddUInt32(Crc32C.Of(toc));
        output.AddUInt64((ulong)toc.Length);
        output.AddUInt32(Crc32C.Of(output.Span[start..]));
        output.AddRange(Magic);
    }

    /// <summary>Reads the last bytes; false with the reason where they end no whole block of this version.</summary>
    public static bool TryReadTail(ReadOnlySpan<byte> tail, long length, out int tocBytes, out uint tocChecksum, out string fault)
    {
        (tocBytes, tocChecksum, fault) = (0, 0, "");
        if (tail.Length != TailBytes || !tail[16..23].SequenceEqual(Magic[..7])) fault = "does not end as a block does";
        else if (tail[23] != Version) fault = $"is a block of format version {tail[23]}; this program knows version {Version}, so use a newer one";
        else if (Crc32C.Of(tail[..12]) != BinaryPrimitives.ReadUInt32LittleEndian(tail[12..])) fault = "has a damaged tail";
        else
        {
            tocChecksum = BinaryPrimitives.ReadUInt32LittleEndian(tail);
            var bytes = BinaryPrimitives.ReadUInt64LittleEndian(tail[4..]);
            if (bytes > (ulong)Math.Max(0, length - TailBytes - Magic.Length) || bytes > int.MaxValue) fault = $"claims a table of contents of {bytes} bytes in an object of {length}";
            else tocBytes = (int)bytes;
        }
        return fault.Length == 0;
    }
}
