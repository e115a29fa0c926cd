namespace Kagari.Symbols;

/// <summary>The identities that linkers write into notes.</summary>
internal static class ElfNotes
{
    private const uint GnuBuildId = 3;
    private const uint GoBuildId = 4;
    private const int IdBytesMax = 256;

    /// <summary>Real ones have some hundred; a thousand that share a gigabyte would be read for hours.</summary>
    private const int NoteBytesMax = 1 << 16;
    private const int NotesMax = 1000;

    /// <summary>The build id of the GNU linker and its followers, lower case hex, and that of the Go linker, text; empty where absent.</summary>
    public static (string Gnu, string Go) Read(ElfFile elf)
    {
        var (gnu, go, left) = ("", "", NotesMax);
        foreach (ref readonly var section in elf.Sections.AsSpan())
            if (section.Type == ElfSection.TypeNote && section.Size <= NoteBytesMax && left-- > 0) ReadNotes(elf, elf.Bytes(section).Span, ref gnu, ref go);
        foreach (ref readonly var segment in elf.Segments.AsSpan())
            if (segment.Type == ElfSegment.TypeNote && segment.FileSize <= NoteBytesMax && left-- > 0 && (gnu.Length == 0 || go.Length == 0))
                ReadNotes(elf, elf.Slice(segment.Offset, segment.FileSize).Span, ref gnu, ref go);
        return (gnu, go);
    }

    private static void ReadNotes(ElfFile elf, ReadOnlySpan<byte> notes, ref string gnu, ref string go)
    {
        var cursor = elf.Cursor(notes);
        while (!cursor.AtEnd)
        {
            var nameBytes = cursor.ReadUInt32();
            var idBytes = cursor.ReadUInt32();
            var type = cursor.ReadUInt32();
            var name = cursor.ReadBytes(Aligned(nameBytes));
            var id = cursor.ReadBytes(idBytes);
            // The last note may lack its padding.
            var padding = Aligned(idBytes) - idBytes;
            if (padding <= (ulong)(cursor.Length - cursor.Position)) cursor.Skip(padding);
            if (cursor.Failed) return;
            if (id.Length is 0 or > IdBytesMax) continue;
            if (type == GnuBuildId && gnu.Length == 0 && name.StartsWith("GNU\0"u8)) gnu = Convert.ToHexStringLower(id);
            if (type == GoBuildId && go.Length == 0 && name.StartsWith("Go\0"u8)) go = System.Text.Encoding.UTF8.GetString(id);
        }
    }

    private static ulong Aligned(uint bytes) => (bytes + 3UL) & ~3UL;
}
