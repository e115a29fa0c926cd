namespace Kagari.Symbols;

/// <summary>Which unit has the code at an address.</summary>
/// <remarks>
/// By .debug_aranges, a small table that some compilers write; units that are not in it are asked themselves: their
/// first entry has their ranges, and where it has none (assemblers, old compilers), their functions have.
/// </remarks>
internal sealed class DwarfUnitIndex
{
    private readonly DwarfUnit[] _units;
    private readonly IntervalMap _map;

    private DwarfUnitIndex(DwarfUnit[] units, IntervalMap map) => (_units, _map) = (units, map);

    public long MemoryBytes => _map.MemoryBytes;

    public static DwarfUnitIndex Read(DwarfFile file)
    {
        var intervals = new List<Interval>();
        var units = file.Units.ToArray();
        var isCovered = new bool[units.Length];
        ReadAddressRanges(file, units, isCovered, intervals);
        for (var i = 0; i < units.Length && !file.Budget.IsSpent; i++)
        {
            if (isCovered[i]) continue;
            var root = units[i].Root(file);
            if (root.Tag != DwarfTag.CompileUnit) continue;
            var before = intervals.Count;
            if (root.RangesValue.IsPresent || root.HighPcValue.IsPresent)
                DwarfRanges.Read(file, units[i], root, root.LowPcValue, root.HighPcValue, root.RangesValue, intervals, i);
            if (intervals.Count == before && root.StatementList.IsPresent) units[i].Functions(file).AddRanges(intervals, i);
        }
        return new DwarfUnitIndex(units, new IntervalMap(intervals));
    }

    /// <summary>A place in the index for the smallest piece of code around an address; -1 where there is none.</summary>
    public int Find(ulong address) => _map.Find(address);

    /// <summary>The place of the next larger piece, or -1.</summary>
    public int FindOuter(int found, ulong address) => _map.FindOuter(found, address);

    public DwarfUnit UnitOf(int found) => _units[_map.ValueOf(found)];

    /// <summary>DWARF 5, §6.1.2: for each unit a header, then pairs of address and length, aligned to their size.</summary>
    private static void ReadAddressRanges(DwarfFile file, DwarfUnit[] units, bool[] isCovered, List<Interval> intervals)
    {
        var offsets = Array.ConvertAll(units, unit => unit.Offset);
        var cursor = file.Sections.Cursor(file.Sections.AddressRanges, 0);
        while (!cursor.AtEnd)
        {
            var start = cursor.Position;
            if (!DwarfUnits.TryReadLength(ref cursor, out var is64, out var end)) return;
            var version = cursor.ReadUInt16();
            var offset = cursor.ReadWord(is64);
            var addressBytes = cursor.ReadByte();
            var segmentBytes = cursor.ReadByte();
            var unit = Array.BinarySearch(offsets, (int)Math.Min(offset, int.MaxValue));
            if (version == 2 && segmentBytes == 0 && addressBytes is 4 or 8 && unit >= 0)
            {
                var pair = addressBytes * 2;
                cursor.Position = start + ((cursor.Position - start + pair - 1) / pair * pair);
                while (cursor.Position <= end - pair)
                {
                    var low = cursor.ReadSized(addressBytes);
                    var high = unchecked(low + cursor.ReadSized(addressBytes));
                    if (intervals.Count >= file.Limits.RangesMax || !file.IsCode(low, high)) continue;
                    isCovered[unit] = true;
                    intervals.Add(new Interval(low, high, unit));
                }
            }
            cursor.Position = end;
        }
    }
}
