namespace Kagari.Symbols;

/// <summary>The header of a line number program: how its codes are read, its folders and files.</summary>
/// <remarks>DWARF 2 to 5, §6.2.4.</remarks>
internal sealed class DwarfLineHeader
{
    private const ulong ContentPath = 1;
    private const ulong ContentFolder = 2;
    private const int FormatsMax = 16;

    public byte MinInstructionBytes { get; private set; }

    public byte MaxOperations { get; private set; } = 1;

    public sbyte LineBase { get; private set; }

    public byte LineRange { get; private set; }

    public byte OpcodeBase { get; private set; }

    /// <summary>How many arguments each standard code has; for codes of later versions.</summary>
    public byte[] OpcodeLengths { get; private set; } = [];

    public List<string> Folders { get; } = [];

    public List<(string Name, int Folder)> Files { get; } = [];

    public DwarfEncoding Encoding { get; private set; }

    /// <summary>The number of the first file.</summary>
    public int FilesFrom => Encoding.Version >= 5 ? 0 : 1;

    /// <summary>Reads a header and leaves the cursor at the program.</summary>
    /// <returns>False where it is damaged or of an unknown version.</returns>
    public bool TryRead(DwarfFile file, DwarfUnit unit, ref ByteCursor cursor, out int end)
    {
        if (!DwarfUnits.TryReadLength(ref cursor, out var is64, out end)) return false;
        var version = cursor.ReadUInt16();
        if (version is < 2 or > 5) return false;
        var addressBytes = unit.Encoding.AddressBytes;
        if (version >= 5)
        {
            addressBytes = cursor.ReadByte();
            cursor.ReadByte();
        }
        Encoding = new DwarfEncoding(version, addressBytes, is64);
        var headerBytes = cursor.ReadWord(is64);
        var program = (ulong)cursor.Position + headerBytes;
        MinInstructionBytes = cursor.ReadByte();
        if (version >= 4) MaxOperations = Math.Max((byte)1, cursor.ReadByte());
        cursor.ReadByte();
        LineBase = (sbyte)cursor.ReadByte();
        LineRange = cursor.ReadByte();
        OpcodeBase = cursor.ReadByte();
        OpcodeLengths = cursor.ReadBytes((ulong)Math.Max(0, OpcodeBase - 1)).ToArray();
        if (cursor.Failed || LineRange == 0 || program > (ulong)end) return false;
        var folder = unit.Root(file).Folder;
        if (version >= 5) ReadTables(file, unit, ref cursor, folder);
        else ReadLists(ref cursor, folder);
        if (cursor.Failed) return false;
        cursor.Position = (int)program;
        return true;
    }

    /// <summary>A file that the program itself names.</summary>
    public void AddFile(ref ByteCursor cursor)
    {
        var name = System.Text.Encoding.UTF8.GetString(cursor.ReadText());
        var folder = cursor.ReadUleb();
        cursor.ReadUleb();
        cursor.ReadUleb();
        Files.Add((name, (int)Math.Min(folder, int.MaxValue)));
    }

    /// <summary>Up to DWARF 4: texts up to an empty one, then files up to an empty name; folder 0 is the compiler's.</summary>
    private void ReadLists(ref ByteCursor cursor, string compilerFolder)
    {
        Folders.Add(compilerFolder);
        while (true)
        {
            var name = cursor.ReadText();
            if (name.IsEmpty) break;
            Folders.Add(DwarfLines.Join(compilerFolder, System.Text.Encoding.UTF8.GetString(name)));
        }
        while (!cursor.AtEnd && cursor.Data[cursor.Position] != 0) AddFile(ref cursor);
        cursor.ReadByte();
    }

    /// <summary>DWARF 5: each table says which fields its rows have, and in what form.</summary>
    private void ReadTables(DwarfFile file, DwarfUnit unit, ref ByteCursor cursor, string compilerFolder)
    {
        var folders = ReadTable(file, unit, ref cursor);
        foreach (var (name, _) in folders) Folders.Add(DwarfLines.Join(Folders.Count == 0 ? compilerFolder : Folders[0], name));
        Files.AddRange(ReadTable(file, unit, ref cursor));
    }

    private List<(string Name, int Folder)> ReadTable(DwarfFile file, DwarfUnit unit, ref ByteCursor cursor)
    {
        var rows = new List<(string, int)>();
        var formats = new (ulong Content, ushort Form)[cursor.ReadByte()];
        foreach (ref var format in formats.AsSpan()) format = (cursor.ReadUleb(), (ushort)Math.Min(cursor.ReadUleb(), ushort.MaxValue));
        var count = cursor.ReadUleb();
        if (formats.Length is 0 or > FormatsMax && count > 0) cursor.Fail();
        for (; count > 0 && !cursor.Failed; count--)
        {
            var before = cursor.Position;
            var (name, folder) = ("", 0);
            foreach (var (content, form) in formats)
            {
                var start = cursor.Position;
                var value = DwarfForm.Read(ref cursor, form, 0, Encoding);
                if (content == ContentFolder) folder = value.AsInt;
                if (content == ContentPath)
                    name = form == DwarfForm.String && !cursor.Failed ? ByteCursor.TextAt(cursor.Data, (ulong)start) : file.Text(unit, unit.Root(file), value);
            }
            // Rows of no bytes could be counted forever.
            if (cursor.Position == before || !file.Budget.TryTake(1 + name.Length) || file.Budget.IsSpent) cursor.Fail();
            // And rows may share one long text, of which each makes a copy.
            file.Budget.Keep(2L * name.Length);
            rows.Add((name, folder));
        }
        return rows;
    }
}
