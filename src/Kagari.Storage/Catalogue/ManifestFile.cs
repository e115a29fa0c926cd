using System.Buffers.Binary;
using System.Text;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The manifest's bytes: a magic, then frames of length, checksum and record.</summary>
/// <remarks>
/// <code>
/// byte 0..8   magic "KGRIMAN\x01" (the last byte is the version)
/// then frames: u32 length of the record | u32 CRC-32C of the record | record
/// record:      u8 kind (1 = segment) | key (varint length, bytes) | varint offset | varint length | table of contents
/// </code>
/// Little endian. docs/formats/manifest.md says the same for readers outside this code.
/// </remarks>
internal static class ManifestFile
{
    public const string Key = "manifest";

    private const byte SegmentRecord = 1;
    private const int FrameHeaderBytes = 8;

    public static ReadOnlySpan<byte> Magic => "KGRIMAN\u0001"u8;

    public static void AddSegment(ref FlatList<byte> output, SegmentEntry segment, ReadOnlySpan<byte> toc)
    {
        var start = output.Count;
        output.Extend(FrameHeaderBytes);
        output.Add(SegmentRecord);
        output.AddBytes(Encoding.UTF8.GetBytes(segment.ObjectKey));
        output.AddVarint((ulong)segment.Offset);
        output.AddVarint((ulong)segment.Length);
        output.AddRange(toc);
        var record = output.Span[(start + FrameHeaderBytes)..];
        BinaryPrimitives.WriteUInt32LittleEndian(output.Span[start..], (uint)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(output.Span[(start + 4)..], Crc32C.Of(record));
    }

    /// <summary>Reads all segments up to the first damage; <paramref name="whole"/> says where that is, or the end.</summary>
    public static List<SegmentEntry> Read(ReadOnlySpan<byte> bytes, out long whole)
    {
        var segments = new List<SegmentEntry>();
        whole = 0;
        if (!bytes.StartsWith(Magic)) return segments;
        var position = Magic.Length;
        while (true)
        {
            whole = position;
            if (bytes.Length - position < FrameHeaderBytes) return segments;
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[position..]);
            var checksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(position + 4)..]);
            if (length == 0 || length > bytes.Length - position - FrameHeaderBytes) return segments;
            var record = bytes.Slice(position + FrameHeaderBytes, (int)length);
            if (Crc32C.Of(record) != checksum || TryReadSegment(record) is not { } segment) return segments;
            segments.Add(segment);
            position += FrameHeaderBytes + (int)length;
        }
    }

    private static SegmentEntry? TryReadSegment(ReadOnlySpan<byte> record)
    {
        if (record[0] != SegmentRecord) return null;
        var cursor = new ByteCursor(record) { Position = 1 };
        var key = Encoding.UTF8.GetString(cursor.ReadBytes());
        var offset = (long)cursor.ReadVarint();
        var length = (long)cursor.ReadVarint();
        if (cursor.Failed) return null;
        var toc = record[cursor.Position..];
        var payloadStart = offset + SegmentFrame.HeaderBytes + toc.Length;
        var datasets = SegmentToc.TryDecode(toc, payloadStart, length - SegmentFrame.HeaderBytes - toc.Length);
        return datasets is null ? null : new SegmentEntry(key, offset, length, datasets);
    }
}
