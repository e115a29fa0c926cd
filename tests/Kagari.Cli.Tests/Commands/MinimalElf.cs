using System.Buffers.Binary;

namespace Kagari.Cli.Tests.Commands;

/// <summary>The smallest program that has a build id: a header, a segment of notes, one note.</summary>
internal static class MinimalElf
{
    public static byte[] WithBuildId(byte[] buildId)
    {
        const int Header = 64, Segment = 56, NoteStart = Header + Segment;
        var note = new byte[16 + ((buildId.Length + 3) / 4 * 4)];
        BinaryPrimitives.WriteInt32LittleEndian(note, 4);
        BinaryPrimitives.WriteInt32LittleEndian(note.AsSpan(4), buildId.Length);
        BinaryPrimitives.WriteInt32LittleEndian(note.AsSpan(8), 3);   // NT_GNU_BUILD_ID
        "GNU\0"u8.CopyTo(note.AsSpan(12));
        buildId.CopyTo(note.AsSpan(16));

        var file = new byte[NoteStart + note.Length];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(file.AsSpan());
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(16), 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(18), 62);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(32), Header);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(52), Header);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(54), Segment);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(56), 1);
        var segment = file.AsSpan(Header);
        BinaryPrimitives.WriteInt32LittleEndian(segment, 4);   // PT_NOTE
        BinaryPrimitives.WriteInt64LittleEndian(segment[8..], NoteStart);
        BinaryPrimitives.WriteInt64LittleEndian(segment[32..], note.Length);
        BinaryPrimitives.WriteInt64LittleEndian(segment[40..], note.Length);
        BinaryPrimitives.WriteInt64LittleEndian(segment[48..], 4);
        note.CopyTo(file.AsSpan(NoteStart));
        return file;
    }
}
