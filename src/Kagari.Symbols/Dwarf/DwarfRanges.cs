namespace Kagari.Symbols;

/// <summary>Where the code of an entry is: one piece, or a list of them.</summary>
internal static class DwarfRanges
{
    /// <summary>Appends the pieces of an entry that has these attributes.</summary>
    public static void Read(DwarfFile file, DwarfUnit unit, DwarfRoot root, in DwarfValue lowPc, in DwarfValue highPc, in DwarfValue ranges, List<Interval> output, int value)
    {
        if (ranges.IsPresent)
        {
            if (unit.Encoding.Version >= 5) ReadLists(file, unit, root, ranges, output, value);
            else ReadPairs(file, unit, root, ranges.Number, output, value);
        }
        else if (lowPc.IsPresent && highPc.IsPresent)
        {
            var low = file.Address(unit, root, lowPc);
            Add(file, low, highPc.IsAddress ? file.Address(unit, root, highPc) : unchecked(low + highPc.Number), output, value);
        }
    }

    private static void Add(DwarfFile file, ulong low, ulong high, List<Interval> output, int value)
    {
        if (output.Count < file.Limits.RangesMax && file.IsCode(low, high)) output.Add(new Interval(low, high, value));
    }

    /// <summary>DWARF 3 and 4, §2.17.3: pairs of addresses from a base; all ones and a new base; two zeros.</summary>
    private static void ReadPairs(DwarfFile file, DwarfUnit unit, DwarfRoot root, ulong at, List<Interval> output, int value)
    {
        var cursor = file.Sections.Cursor(file.Sections.Ranges, at);
        var bytes = unit.Encoding.AddressBytes;
        var (start, newBase) = (root.LowPc, bytes == 8 ? ulong.MaxValue : uint.MaxValue);
        while (file.Budget.TryTake(1))
        {
            var low = cursor.ReadSized(bytes);
            var high = cursor.ReadSized(bytes);
            if (cursor.Failed || (low == 0 && high == 0)) return;
            if (low == newBase) start = high;
            else Add(file, unchecked(start + low), unchecked(start + high), output, value);
        }
    }

    /// <summary>DWARF 5, §2.17.3 and §7.25.</summary>
    private static void ReadLists(DwarfFile file, DwarfUnit unit, DwarfRoot root, in DwarfValue list, List<Interval> output, int value)
    {
        var at = list.Number;
        if (list.Form == DwarfForm.RangeListx && !TryReadOffset(file, unit, root, ref at)) return;
        var cursor = file.Sections.Cursor(file.Sections.RangeLists, at);
        var bytes = unit.Encoding.AddressBytes;
        var start = root.LowPc;
        while (file.Budget.TryTake(1) && !cursor.Failed)
        {
            ulong low, high;
            switch (cursor.ReadByte())
            {
                case 0x01: start = file.AddressAt(unit, root, cursor.ReadUleb()); continue;
                case 0x02: (low, high) = (file.AddressAt(unit, root, cursor.ReadUleb()), file.AddressAt(unit, root, cursor.ReadUleb())); break;
                case 0x03: low = file.AddressAt(unit, root, cursor.ReadUleb()); high = unchecked(low + cursor.ReadUleb()); break;
                case 0x04: low = unchecked(start + cursor.ReadUleb()); high = unchecked(start + cursor.ReadUleb()); break;
                case 0x05: start = cursor.ReadSized(bytes); continue;
                case 0x06: (low, high) = (cursor.ReadSized(bytes), cursor.ReadSized(bytes)); break;
                case 0x07: low = cursor.ReadSized(bytes); high = unchecked(low + cursor.ReadUleb()); break;
                default: return;
            }
            if (!cursor.Failed) Add(file, low, high, output, value);
        }
    }

    private static bool TryReadOffset(DwarfFile file, DwarfUnit unit, DwarfRoot root, ref ulong index)
    {
        var start = root.RangeListsBase != 0 ? root.RangeListsBase : unit.Encoding.Is64 ? 20UL : 12;
        if (index > int.MaxValue) return false;
        var cursor = file.Sections.Cursor(file.Sections.RangeLists, unchecked(start + (index * (ulong)unit.Encoding.OffsetBytes)));
        index = unchecked(start + cursor.ReadWord(unit.Encoding.Is64));
        return !cursor.Failed;
    }
}
