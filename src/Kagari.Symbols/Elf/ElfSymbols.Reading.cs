namespace Kagari.Symbols;

internal sealed partial class ElfSymbols
{
    private const ushort MachineArm = 40;
    private const byte TypeNone = 0;
    private const byte TypeFunction = 2;
    private const byte TypeIndirectFunction = 10;

    /// <summary>Reads the functions of the first table of a type: <see cref="ElfSection.TypeSymbols"/> or <see cref="ElfSection.TypeDynamicSymbols"/>.</summary>
    public static ElfSymbols Read(ElfFile elf, uint type, int symbolsMax)
    {
        foreach (ref readonly var section in elf.Sections.AsSpan())
        {
            if (section.Type != type || section.IsAbsent || section.Link >= (uint)elf.Sections.Length) continue;
            var names = elf.Bytes(elf.Sections[section.Link]);
            var rows = ReadRows(elf, elf.Bytes(section).Span, names.Span, symbolsMax);
            return rows.Count == 0 ? Empty : new ElfSymbols(names, Arrange(rows));
        }
        return Empty;
    }

    private static List<Row> ReadRows(ElfFile elf, ReadOnlySpan<byte> table, ReadOnlySpan<byte> names, int symbolsMax)
    {
        var rows = new List<Row>();
        var cursor = elf.Cursor(table);
        var size = elf.Is64 ? 24 : 16;
        for (var left = Math.Min(table.Length / size, symbolsMax); left > 0; left--)
        {
            var name = cursor.ReadUInt32();
            var (value, bytes) = elf.Is64 ? (0UL, 0UL) : (cursor.ReadUInt32(), cursor.ReadUInt32());
            var info = cursor.ReadByte();
            cursor.ReadByte();
            var section = cursor.ReadUInt16();
            if (elf.Is64) (value, bytes) = (cursor.ReadUInt64(), cursor.ReadUInt64());
            if (IsCode(elf, info & 15, section) && IsName(names, name)) rows.Add(RowOf(elf, name, value, bytes, info, section));
        }
        return rows;
    }

    private static bool IsCode(ElfFile elf, int type, ushort section) =>
        type is TypeNone or TypeFunction or TypeIndirectFunction
        && section > 0 && section < elf.Sections.Length && elf.Sections[section].IsExecutable;

    /// <summary>Mapping symbols (<c>$x</c>, <c>$d.3</c>) tell code from data, and compilers keep local labels (<c>.L12</c>) in few cases.</summary>
    private static bool IsName(ReadOnlySpan<byte> names, uint at)
    {
        if (at >= (uint)names.Length) return false;
        var name = names[(int)at..];
        return name[0] != 0 && name[0] != '$' && !name.StartsWith(".L"u8);
    }

    private static Row RowOf(ElfFile elf, uint name, ulong value, ulong bytes, byte info, ushort section)
    {
        var isFunction = (info & 15) != TypeNone;
        // The lowest bit of a function of ARM says Thumb.
        if (isFunction && elf.Machine == MachineArm) value &= ~1UL;
        var end = elf.Sections[section].Address + elf.Sections[section].Size;
        var binding = (info >> 4) switch { 1 => 2, 2 => 1, _ => 0 };
        var rank = (isFunction ? 8 : 0) + (bytes > 0 ? 4 : 0) + binding;
        return new Row(value, bytes > 0 && bytes <= ulong.MaxValue - value ? value + bytes : 0, end, name, rank);
    }

    /// <summary>Sorts, keeps the best of several names of one address, and ends functions of unknown size at the next one.</summary>
    private static IntervalMap Arrange(List<Row> rows)
    {
        rows.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Rank != b.Rank ? b.Rank.CompareTo(a.Rank) : a.Name.CompareTo(b.Name));
        var kept = new List<Row>(rows.Count);
        var sizedEnd = 0UL;
        foreach (var row in rows)
        {
            if (kept.Count > 0 && kept[^1].Start == row.Start) continue;
            // A label inside of a function of known size is a place in it, not a function.
            if (row.Rank < 8 && row.Start < sizedEnd) continue;
            kept.Add(row);
            if (row.Rank >= 8) sizedEnd = Math.Max(sizedEnd, row.End);
        }
        for (var i = 0; i < kept.Count; i++)
        {
            var row = kept[i];
            if (row.End > row.Start) continue;
            var next = i + 1 < kept.Count && kept[i + 1].Start < row.SectionEnd ? kept[i + 1].Start : row.SectionEnd;
            kept[i] = row with { End = Math.Max(next, row.Start + 1) };
        }
        return new IntervalMap([.. kept.Select(row => new Interval(row.Start, row.End, (int)row.Name))]);
    }

    /// <param name="Start">First address.</param>
    /// <param name="End">Address after the last one; 0 where the size is not known.</param>
    /// <param name="SectionEnd">Address after the section.</param>
    /// <param name="Name">Offset of the name.</param>
    /// <param name="Rank">Which of several names of one address is taken: functions, of known size, global.</param>
    private readonly record struct Row(ulong Start, ulong End, ulong SectionEnd, uint Name, int Rank);
}
