using System.Collections.Concurrent;

namespace Kagari.Symbols;

/// <summary>The debug information of one file: its units, what they share, and how their values are read.</summary>
/// <remarks>Format: DWARF 2 to 5; docs/formats/symbols.md. Thread safe.</remarks>
internal sealed partial class DwarfFile
{
    private readonly SymbolLimits _limits;
    private readonly ElfAddresses _addresses;
    private readonly ConcurrentDictionary<(ulong Offset, DwarfEncoding Encoding), DwarfAbbreviations?> _abbreviations = new();
    private readonly ConcurrentDictionary<ulong, DwarfLines> _lines = new();
    private readonly DwarfUnit[] _units;
    private readonly Lazy<DwarfUnitIndex> _index;

    public DwarfFile(DwarfSections sections, ElfAddresses addresses, SymbolLimits limits)
    {
        (Sections, _addresses, _limits) = (sections, addresses, limits);
        // What compilers write needs a fraction of this.
        Budget = new DwarfBudget((64L * (sections.Info.Length + sections.Abbreviations.Length)) + (1 << 26), limits.MemoryBytesMax);
        _units = DwarfUnits.Read(this, limits.UnitsMax);
        _index = new(() => DwarfUnitIndex.Read(this));
    }

    public DwarfSections Sections { get; }

    public DwarfBudget Budget { get; }

    public SymbolLimits Limits => _limits;

    public ReadOnlySpan<DwarfUnit> Units => _units;

    public bool IsEmpty => _units.Length == 0;

    public long MemoryBytes => Budget.MemoryBytes + Sections.MemoryBytes + (96L * _units.Length) + (_index.IsValueCreated ? _index.Value.MemoryBytes : 0);

    /// <summary>A cursor at a place of a unit that ends with the unit.</summary>
    public ByteCursor At(DwarfUnit unit, int position) => Sections.Cursor(Sections.Info[..unit.End], (ulong)position);

    /// <summary>The unit around a place of .debug_info, or null.</summary>
    public DwarfUnit? UnitAt(ulong position)
    {
        var (low, high) = (0, _units.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if ((ulong)_units[middle].Offset <= position) low = middle + 1;
            else high = middle;
        }
        return low > 0 && position >= (ulong)_units[low - 1].First && position < (ulong)_units[low - 1].End ? _units[low - 1] : null;
    }

    /// <summary>Whether code can start at an address; linkers leave 0 and other impossible ones for what they dropped.</summary>
    public bool IsCode(ulong low, ulong high) => high > low && _addresses.IsCode(low);

    public DwarfAbbreviations? AbbreviationsOf(DwarfUnit unit) =>
        _abbreviations.GetOrAdd((unit.Abbreviations, unit.Encoding), static (key, file) =>
        {
            var read = DwarfAbbreviations.Read(file.Sections.Cursor(file.Sections.Abbreviations, key.Offset), key.Encoding, file._limits.AbbreviationsMax, file.Budget);
            file.Budget.Keep(read?.MemoryBytes ?? 0);
            return read;
        }, this);

    /// <summary>Units may share a line table.</summary>
    public DwarfLines LinesOf(DwarfUnit unit)
    {
        var root = unit.Root(this);
        if (!root.StatementList.IsPresent) return DwarfLines.Empty;
        return _lines.GetOrAdd(root.StatementList.Number, static (at, unit) => DwarfLinesReader.Read(unit.File, unit.Unit, at), (File: this, Unit: unit));
    }

    /// <summary>A text, however it is written; empty where it is absent.</summary>
    public string Text(DwarfUnit unit, DwarfRoot root, in DwarfValue value)
    {
        switch (value.Form)
        {
            case DwarfForm.String: return ByteCursor.TextAt(Sections.Info[..unit.End], (ulong)value.Position);
            case DwarfForm.Strp: return ByteCursor.TextAt(Sections.Strings, value.Number);
            case DwarfForm.LineStrp: return ByteCursor.TextAt(Sections.LineStrings, value.Number);
            case DwarfForm.Strx or (>= DwarfForm.Strx1 and <= DwarfForm.Strx4) or DwarfForm.GnuStringIndex:
                var bytes = (ulong)unit.Encoding.OffsetBytes;
                if (value.Number > int.MaxValue) return "";
                var cursor = Sections.Cursor(Sections.StringOffsets, unchecked(StringOffsetsBase(unit, root) + (value.Number * bytes)));
                var at = cursor.ReadWord(unit.Encoding.Is64);
                return cursor.Failed ? "" : ByteCursor.TextAt(Sections.Strings, at);
            default: return "";
        }
    }

    /// <summary>An address, written out or by index; 0 where the index leads nowhere.</summary>
    public ulong Address(DwarfUnit unit, DwarfRoot root, in DwarfValue value) =>
        value.Form == DwarfForm.Address || !value.IsAddress ? value.Number : AddressAt(unit, root, value.Number);

    /// <summary>An address by its index in .debug_addr.</summary>
    public ulong AddressAt(DwarfUnit unit, DwarfRoot root, ulong index)
    {
        var bytes = (ulong)unit.Encoding.AddressBytes;
        if (index > int.MaxValue) return 0;
        // Without a base the table starts behind its header.
        var start = root.AddressBase != 0 || unit.Encoding.Version < 5 ? root.AddressBase : unit.Encoding.Is64 ? 16UL : 8;
        return Sections.Cursor(Sections.Addresses, unchecked(start + (index * bytes))).ReadSized(unit.Encoding.AddressBytes);
    }

    /// <summary>The entry that a reference leads to; false for those into other files.</summary>
    public bool TryFollow(DwarfUnit unit, in DwarfValue reference, out DwarfUnit target, out int position)
    {
        var at = reference.Form switch
        {
            DwarfForm.RefAddress => reference.Number,
            >= DwarfForm.Ref1 and <= DwarfForm.RefUdata => unchecked(reference.Number + (ulong)unit.Offset),
            _ => ulong.MaxValue,
        };
        target = unit;
        position = 0;
        if (at >= (ulong)unit.First && at < (ulong)unit.End) position = (int)at;
        else if (UnitAt(at) is { } other) (target, position) = (other, (int)at);
        else return false;
        return true;
    }

    private static ulong StringOffsetsBase(DwarfUnit unit, DwarfRoot root) =>
        root.StringOffsetsBase != 0 || unit.Encoding.Version < 5 ? root.StringOffsetsBase : unit.Encoding.Is64 ? 16UL : 8;
}
