using System.Diagnostics.CodeAnalysis;

namespace Kagari.Symbols;

/// <summary>The headers of an ELF file of either class and byte order, and the bytes of its sections.</summary>
/// <remarks>Format: System V ABI, "Object Files"; docs/formats/symbols.md. Total: any bytes give a file or an error.</remarks>
internal sealed partial class ElfFile
{
    private const ushort TypeRelocatable = 1;
    private const ushort TypeExecutable = 2;
    private const ushort TypeShared = 3;
    private const int SegmentsMax = 4096;
    private const int SectionsMax = 100_000;

    private readonly ReadOnlyMemory<byte> _file;

    private ElfFile(ReadOnlyMemory<byte> file, bool is64, bool isBigEndian)
    {
        _file = file;
        Is64 = is64;
        IsBigEndian = isBigEndian;
    }

    /// <summary>Bytes of the whole file.</summary>
    public long FileBytes => _file.Length;

    public bool Is64 { get; }

    public bool IsBigEndian { get; }

    /// <summary>The instruction set: EM_ARM and so on.</summary>
    public ushort Machine { get; private set; }

    public ElfSection[] Sections { get; private set; } = [];

    public ElfSegment[] Segments { get; private set; } = [];

    /// <summary>Reads the headers.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out ElfFile? elf, out string error)
    {
        elf = null;
        var bytes = file.Span;
        if (bytes.Length < 20 || !bytes.StartsWith("\u007fELF"u8))
        {
            error = bytes.IsEmpty ? "elf: the file is empty" : "elf: the file does not start with 7f 45 4c 46";
            return false;
        }
        if (bytes[4] is not (1 or 2) || bytes[5] is not (1 or 2))
        {
            error = $"elf: class {bytes[4]} and byte order {bytes[5]}; each is 1 or 2";
            return false;
        }
        var read = new ElfFile(file, is64: bytes[4] == 2, isBigEndian: bytes[5] == 2);
        if (!read.TryReadHeaders(out error)) return false;
        elf = read;
        return true;
    }

    /// <summary>The first section with this name, or null.</summary>
    public ElfSection? Find(string name)
    {
        foreach (ref readonly var section in Sections.AsSpan())
            if (section.Name == name) return section;
        return null;
    }

    /// <summary>The bytes of a section as they stand in the file; empty where they are absent or outside of it.</summary>
    public ReadOnlyMemory<byte> Bytes(in ElfSection section) =>
        section.IsAbsent ? default : Slice(section.Offset, section.Size);

    /// <summary>A part of the file; empty where it is not all there.</summary>
    public ReadOnlyMemory<byte> Slice(ulong offset, ulong size) =>
        offset <= (ulong)_file.Length && size <= (ulong)_file.Length - offset ? _file.Slice((int)offset, (int)size) : default;

    public ByteCursor Cursor(ReadOnlySpan<byte> bytes, int position = 0) => new(bytes, IsBigEndian, position);

    private bool TryReadHeaders(out string error)
    {
        var cursor = Cursor(_file.Span, 16);
        var type = cursor.ReadUInt16();
        Machine = cursor.ReadUInt16();
        cursor.Skip(4);
        cursor.ReadWord(Is64);
        var segments = cursor.ReadWord(Is64);
        var sections = cursor.ReadWord(Is64);
        cursor.Skip(6);
        var segmentSize = cursor.ReadUInt16();
        var segmentCount = cursor.ReadUInt16();
        var sectionSize = cursor.ReadUInt16();
        var sectionCount = cursor.ReadUInt16();
        var namesIndex = cursor.ReadUInt16();
        if (cursor.Failed)
        {
            error = $"elf: the file of {_file.Length} bytes ends in its header";
            return false;
        }
        if (type is not (TypeExecutable or TypeShared))
        {
            error = type == TypeRelocatable
                ? "elf: a relocatable object (type 1) has no addresses yet; executables (2) and shared objects (3) have"
                : $"elf: type {type}; executables (2) and shared objects (3) are read";
            return false;
        }
        ReadSegments(segments, segmentSize, segmentCount);
        ReadSections(sections, sectionSize, sectionCount, namesIndex);
        error = "";
        if (Sections.Length > 0 || Segments.Length > 0) return true;
        error = "elf: the file has neither sections nor segments, or they are outside of it";
        return false;
    }

    private void ReadSegments(ulong at, int size, int count)
    {
        if (size < (Is64 ? 56 : 32) || at > (ulong)_file.Length) return;
        var read = new List<ElfSegment>();
        for (var i = 0; i < Math.Min(count, SegmentsMax); i++)
        {
            var row = Slice(at + (ulong)((long)i * size), (ulong)size);
            if (row.IsEmpty) break;
            var segment = ReadSegment(Cursor(row.Span));
            if (segment.Type is ElfSegment.TypeLoad or ElfSegment.TypeNote) read.Add(segment);
        }
        Segments = [.. read];
    }

    private ElfSegment ReadSegment(ByteCursor cursor)
    {
        var type = cursor.ReadUInt32();
        var flags = Is64 ? cursor.ReadUInt32() : 0;
        var offset = cursor.ReadWord(Is64);
        var address = cursor.ReadWord(Is64);
        cursor.ReadWord(Is64);
        var fileSize = cursor.ReadWord(Is64);
        var memorySize = cursor.ReadWord(Is64);
        if (!Is64) flags = cursor.ReadUInt32();
        return new ElfSegment(type, flags, offset, address, fileSize, memorySize, cursor.ReadWord(Is64));
    }

    private void ReadSections(ulong at, int size, int count, int namesIndex)
    {
        if (at == 0 || size < (Is64 ? 64 : 40) || at > (ulong)_file.Length) return;
        // Where 16 bits are too few, the first row holds the number of rows and the index of the names.
        var first = Slice(at, (ulong)size);
        if (first.IsEmpty) return;
        var zero = ReadSection(Cursor(first.Span), out _);
        if (count == 0) count = (int)Math.Min(zero.Size, SectionsMax);
        if (namesIndex == 0xffff) namesIndex = (int)Math.Min(zero.Link, SectionsMax);

        var rows = new List<(ElfSection Section, uint Name)>();
        for (var i = 0; i < Math.Min(count, SectionsMax); i++)
        {
            var row = Slice(at + (ulong)((long)i * size), (ulong)size);
            if (row.IsEmpty) break;
            rows.Add((ReadSection(Cursor(row.Span), out var name), name));
        }
        var names = namesIndex < rows.Count ? Bytes(rows[namesIndex].Section) : default;
        Sections = [.. rows.Select(row => row.Section with { Name = NameAt(names.Span, row.Name) })];
    }

    /// <summary>Names are short; a longer one, made to cost memory once for each section, is no name that is looked for.</summary>
    private static string NameAt(ReadOnlySpan<byte> names, uint at)
    {
        const int NameBytesMax = 128;
        if (at >= (uint)names.Length) return "";
        return ByteCursor.TextAt(names.Slice((int)at, Math.Min(names.Length - (int)at, NameBytesMax)), 0);
    }

    private ElfSection ReadSection(ByteCursor cursor, out uint name)
    {
        name = cursor.ReadUInt32();
        var type = cursor.ReadUInt32();
        var flags = cursor.ReadWord(Is64);
        var address = cursor.ReadWord(Is64);
        var offset = cursor.ReadWord(Is64);
        var size = cursor.ReadWord(Is64);
        var link = cursor.ReadUInt32();
        cursor.Skip(4);
        cursor.ReadWord(Is64);
        return new ElfSection("", type, flags, address, offset, size, link, cursor.ReadWord(Is64));
    }
}
