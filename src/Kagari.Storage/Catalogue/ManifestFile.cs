using System.Buffers.Binary;
using System.Text;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The manifest's bytes: a magic, then frames of length, checksum and record.</summary>
/// <remarks>
/// <code>
/// byte 0..8   magic "KGRIMAN\x02" (the last byte is the version; 1 is read too, it has no replacements)
/// then frames: u32 length of the record | u32 CRC-32C of the record | record
/// segment:     u8 1 | key (varint length, bytes) | varint offset | varint length | table of contents
/// replacement: u8 2 | removed: count, keys | added: count | each: key, object length, length of its table of contents, table of contents
/// log number:  u8 3 | varint: log files up to this number were used
/// </code>
/// Little endian. docs/formats/manifest.md says the same for readers outside this code.
/// </remarks>
internal static class ManifestFile
{
    public const string Key = "manifest";

    private const byte SegmentKind = 1, ReplacementKind = 2, LogNumberKind = 3;
    private const int FrameHeaderBytes = 8;

    public static ReadOnlySpan<byte> Magic => "KGRIMAN\u0002"u8;

    private static ReadOnlySpan<byte> MagicOfVersion1 => "KGRIMAN\u0001"u8;

    /// <summary>Whether a newer program wrote this; cutting it would destroy what that program knows.</summary>
    public static bool IsOtherVersion(ReadOnlySpan<byte> bytes, out byte version)
    {
        version = bytes.Length >= Magic.Length ? bytes[Magic.Length - 1] : (byte)0;
        return bytes.Length >= Magic.Length && bytes.StartsWith(Magic[..^1]) && !bytes.StartsWith(Magic) && !bytes.StartsWith(MagicOfVersion1);
    }

    public static void AddSegment(ref FlatList<byte> output, SegmentEntry segment, ReadOnlySpan<byte> toc)
    {
        var start = Begin(ref output, SegmentKind);
        output.AddBytes(Encoding.UTF8.GetBytes(segment.ObjectKey));
        output.AddVarint((ulong)segment.Offset);
        output.AddVarint((ulong)segment.Length);
        output.AddRange(toc);
        End(ref output, start);
    }

    public static void AddReplacement(ref FlatList<byte> output, Replacement replacement)
    {
        var start = Begin(ref output, ReplacementKind);
        output.AddVarint(replacement.Removed.Count);
        foreach (var key in replacement.Removed) output.AddBytes(Encoding.UTF8.GetBytes(key));
        output.AddVarint(replacement.Added.Count);
        var toc = new FlatList<byte>();
        foreach (var block in replacement.Added)
        {
            toc.Clear();
            BlockToc.Encode(block, ref toc);
            output.AddBytes(Encoding.UTF8.GetBytes(block.Key));
            output.AddVarint((ulong)block.Length);
            output.AddBytes(toc.Span);
        }
        End(ref output, start);
    }

    public static void AddLogNumber(ref FlatList<byte> output, long last)
    {
        var start = Begin(ref output, LogNumberKind);
        output.AddVarint((ulong)last);
        End(ref output, start);
    }

    /// <summary>Reads all records up to the first damage; <paramref name="whole"/> says where that is, or the end.</summary>
    public static List<ManifestRecord> Read(ReadOnlySpan<byte> bytes, out long whole)
    {
        var records = new List<ManifestRecord>();
        whole = 0;
        if (!bytes.StartsWith(Magic) && !bytes.StartsWith(MagicOfVersion1)) return records;
        var position = Magic.Length;
        while (true)
        {
            whole = position;
            if (bytes.Length - position < FrameHeaderBytes) return records;
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[position..]);
            var checksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(position + 4)..]);
            if (length == 0 || length > bytes.Length - position - FrameHeaderBytes) return records;
            var record = bytes.Slice(position + FrameHeaderBytes, (int)length);
            if (Crc32C.Of(record) != checksum || TryReadRecord(record) is not { } read) return records;
            records.Add(read);
            position += FrameHeaderBytes + (int)length;
        }
    }

    private static int Begin(ref FlatList<byte> output, byte kind)
    {
        var start = output.Count;
        output.Extend(FrameHeaderBytes);
        output.Add(kind);
        return start;
    }

    private static void End(ref FlatList<byte> output, int start)
    {
        var record = output.Span[(start + FrameHeaderBytes)..];
        BinaryPrimitives.WriteUInt32LittleEndian(output.Span[start..], (uint)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(output.Span[(start + 4)..], Crc32C.Of(record));
    }

    private static ManifestRecord? TryReadRecord(ReadOnlySpan<byte> record) => record[0] switch
    {
        SegmentKind => TryReadSegment(record),
        ReplacementKind => TryReadReplacement(record),
        LogNumberKind => TryReadLogNumber(record),
        _ => null,
    };

    private static SegmentRecord? TryReadSegment(ReadOnlySpan<byte> record)
    {
        var cursor = new ByteCursor(record) { Position = 1 };
        var key = Encoding.UTF8.GetString(cursor.ReadBytes());
        var offset = (long)cursor.ReadVarint();
        var length = (long)cursor.ReadVarint();
        if (cursor.Failed) return null;
        var toc = record[cursor.Position..];
        var payloadStart = offset + SegmentFrame.HeaderBytes + toc.Length;
        var datasets = SegmentToc.TryDecode(toc, payloadStart, length - SegmentFrame.HeaderBytes - toc.Length);
        return datasets is null ? null : new SegmentRecord(new SegmentEntry(key, offset, length, datasets));
    }

    private static LogNumberRecord? TryReadLogNumber(ReadOnlySpan<byte> record)
    {
        var cursor = new ByteCursor(record) { Position = 1 };
        var last = (long)(cursor.ReadVarint() & long.MaxValue);
        return cursor.Failed || !cursor.AtEnd ? null : new LogNumberRecord(last);
    }

    private static ReplacementRecord? TryReadReplacement(ReadOnlySpan<byte> record)
    {
        var cursor = new ByteCursor(record) { Position = 1 };
        var removed = new List<string>();
        for (var count = cursor.ReadInt32(cursor.Remaining); count > 0 && !cursor.Failed; count--) removed.Add(Encoding.UTF8.GetString(cursor.ReadBytes()));
        var added = new List<BlockEntry>();
        for (var count = cursor.ReadInt32(cursor.Remaining); count > 0 && !cursor.Failed; count--)
        {
            var key = Encoding.UTF8.GetString(cursor.ReadBytes());
            var length = (long)(cursor.ReadVarint() & long.MaxValue);
            if (BlockToc.TryDecode(cursor.ReadBytes(), key, length) is not { } block) return null;
            added.Add(block);
        }
        return cursor.Failed || !cursor.AtEnd ? null : new ReplacementRecord(new Replacement(removed, added));
    }
}
