namespace Kagari.Symbols;

/// <summary>The first entry of a unit, which holds what concerns all others.</summary>
internal sealed class DwarfRoot
{
    private DwarfRoot(DwarfAbbreviations? abbreviations) => Abbreviations = abbreviations;

    /// <summary>Null where the unit cannot be read.</summary>
    public DwarfAbbreviations? Abbreviations { get; }

    public ushort Tag { get; private set; }

    /// <summary>Where texts by index start in .debug_str_offsets.</summary>
    public ulong StringOffsetsBase { get; private set; }

    /// <summary>Where addresses by index start in .debug_addr.</summary>
    public ulong AddressBase { get; private set; }

    /// <summary>Where range lists by index start in .debug_rnglists.</summary>
    public ulong RangeListsBase { get; private set; }

    /// <summary>Where range lists count from, and where the code starts if it is in one piece.</summary>
    public ulong LowPc { get; private set; }

    public DwarfValue LowPcValue { get; private set; }

    public DwarfValue HighPcValue { get; private set; }

    public DwarfValue RangesValue { get; private set; }

    /// <summary>Where its lines are in .debug_line; absent where it has none.</summary>
    public DwarfValue StatementList { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The folder of the compiler.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>Whether functions have names inside of namespaces and classes: C++, Rust and D.</summary>
    public bool HasScopes { get; private set; }

    public static DwarfRoot Read(DwarfFile file, DwarfUnit unit)
    {
        var abbreviations = file.AbbreviationsOf(unit);
        var cursor = file.At(unit, unit.First);
        if (abbreviations?[cursor.ReadUleb()] is not { } abbreviation || cursor.Failed) return new DwarfRoot(null);
        var root = new DwarfRoot(abbreviations) { Tag = abbreviation.Tag };
        DwarfValue name = default, folder = default;
        foreach (ref readonly var attribute in abbreviation.Attributes.AsSpan())
        {
            var value = DwarfForm.Read(ref cursor, attribute.Form, attribute.ImplicitValue, unit.Encoding);
            switch (attribute.Name)
            {
                case DwarfName.Name: name = value; break;
                case DwarfName.CompilationDirectory: folder = value; break;
                case DwarfName.StatementList: root.StatementList = value; break;
                case DwarfName.LowPc: root.LowPcValue = value; break;
                case DwarfName.HighPc: root.HighPcValue = value; break;
                case DwarfName.Ranges: root.RangesValue = value; break;
                case DwarfName.Language: root.HasScopes = value.Number is 0x04 or 0x13 or 0x1a or 0x1c or 0x21 or 0x2b or 0x2e or 0x30; break;
                case DwarfName.StringOffsetsBase: root.StringOffsetsBase = value.Number; break;
                case DwarfName.AddressBase: root.AddressBase = value.Number; break;
                case DwarfName.RangeListsBase: root.RangeListsBase = value.Number; break;
                default: break;
            }
        }
        if (cursor.Failed) return new DwarfRoot(null);
        // Only now the bases are known that texts and addresses may need.
        root.Name = file.Text(unit, root, name);
        root.Folder = file.Text(unit, root, folder);
        root.LowPc = root.LowPcValue.IsPresent ? file.Address(unit, root, root.LowPcValue) : 0;
        return root;
    }
}
