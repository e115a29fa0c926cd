namespace Kagari.Symbols;

/// <summary>Finds the table in a file, and the module data that points to it.</summary>
internal static class GoTableFinder
{
    private const int CandidatesMax = 1000;
    private const int ModulesMax = 16;
    private const long SearchTimes = 4;

    /// <summary>Words of the module data of the runtime; see docs/formats/symbols.md.</summary>
    private const int WordOfNames = 1;
    private const int WordOfText = 22;
    private const int WordOfFunctionData118 = 38;
    private const int WordOfFunctionData120 = 40;

    public static GoTable? Find(ElfFile elf, bool isGo, int framesMax)
    {
        foreach (var name in (ReadOnlySpan<string>)[".gopclntab", ".data.rel.ro.gopclntab"])
            if (elf.Find(name) is { } section && Read(elf, elf.Bytes(section), section.Address, framesMax) is { } table) return table;
        if (!isGo && elf.Sections.Length > 0 && elf.Find(".go.buildinfo") is null) return null;
        return Scan(elf, framesMax);
    }

    /// <summary>Where no section tells, the table is found by its first bytes.</summary>
    private static GoTable? Scan(ElfFile elf, int framesMax)
    {
        Span<byte> magic = stackalloc byte[6];
        var (candidates, left) = (0, SearchTimes * elf.FileBytes);
        foreach (var load in elf.Segments)
        {
            if (!load.IsLoad) continue;
            var bytes = elf.LoadedAt(load.Address);
            // Segments may all be the whole file.
            if ((left -= bytes.Length) < 0) break;
            foreach (var number in GoHeader.Magics)
            {
                magic.Clear();
                if (elf.IsBigEndian) System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(magic, number);
                else System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(magic, number);
                for (var at = 0; candidates < CandidatesMax; candidates++)
                {
                    var found = bytes.Span[at..].IndexOf(magic);
                    if (found < 0) break;
                    at += found;
                    if (Read(elf, bytes[at..], load.Address + (ulong)at, framesMax) is { } table) return table;
                    at++;
                }
            }
        }
        return null;
    }

    private static GoTable? Read(ElfFile elf, ReadOnlyMemory<byte> table, ulong address, int framesMax)
    {
        if (!GoHeader.TryRead(table.Span, elf.IsBigEndian, out var header)) return null;
        if (header.Version < 18) return new GoTable(elf, table, header, 0, default, framesMax);
        var (text, functionData) = FindModule(elf, header, address);
        if (text == 0) text = header.TextStart;
        if (text == 0) text = elf.PointerAt(address + 8 + (2UL * header.PointerBytes));
        if (text == 0 && elf.Find(".text") is { } section) text = section.Address;
        return new GoTable(elf, table, header, text, functionData, framesMax);
    }

    /// <summary>The module data starts with the address of the table, then that of its names.</summary>
    private static (ulong Text, ReadOnlyMemory<byte> FunctionData) FindModule(ElfFile elf, in GoHeader header, ulong table)
    {
        foreach (var at in PointersTo(elf, table, header.PointerBytes).Take(ModulesMax))
        {
            ulong Word(int index, int bytes) => elf.PointerAt(at + (ulong)(index * bytes));
            int bytes = header.PointerBytes;
            if (Word(WordOfNames, bytes) != table + (ulong)header.Names) continue;
            var functionData = Word(header.Version >= 20 ? WordOfFunctionData120 : WordOfFunctionData118, bytes);
            return (Word(WordOfText, bytes), elf.LoadedAt(functionData));
        }
        return default;
    }

    private static IEnumerable<ulong> PointersTo(ElfFile elf, ulong address, int bytes)
    {
        foreach (var (target, _) in elf.Relocations(target: null, addend: address)) yield return target;
        var left = SearchTimes * elf.FileBytes;
        var pattern = new byte[bytes];
        for (var i = 0; i < bytes; i++) pattern[elf.IsBigEndian ? bytes - 1 - i : i] = (byte)(address >> (8 * i));
        foreach (var load in elf.Segments)
        {
            if (!load.IsLoad || load.IsExecutable) continue;
            var memory = elf.LoadedAt(load.Address);
            if ((left -= memory.Length) < 0) break;
            for (var at = 0; at < memory.Length;)
            {
                var found = memory.Span[at..].IndexOf(pattern);
                if (found < 0) break;
                yield return load.Address + (ulong)(at + found);
                at += found + 1;
            }
        }
    }
}
