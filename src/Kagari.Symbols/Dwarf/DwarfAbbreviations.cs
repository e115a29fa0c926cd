namespace Kagari.Symbols;

/// <summary>The abbreviations of a unit, by their code.</summary>
internal sealed class DwarfAbbreviations
{
    /// <summary>Real entries have some thirty; a thousand of no bytes each would cost time for nothing.</summary>
    private const int AttributesMax = 256;

    private readonly Dictionary<ulong, DwarfAbbreviation>? _sparse;
    private readonly DwarfAbbreviation?[] _dense;

    private DwarfAbbreviations(List<(ulong Code, DwarfAbbreviation Abbreviation)> rows)
    {
        // Compilers count from 1.
        _dense = new DwarfAbbreviation?[(rows.Count * 2) + 1];
        foreach (var (code, abbreviation) in rows)
        {
            if (code < (ulong)_dense.Length) _dense[code] ??= abbreviation;
            else (_sparse ??= []).TryAdd(code, abbreviation);
        }
        MemoryBytes = (rows.Count * 72L) + rows.Sum(row => 16L * row.Abbreviation.Attributes.Length);
    }

    public long MemoryBytes { get; }

    /// <summary>The abbreviation of a code, or null.</summary>
    public DwarfAbbreviation? this[ulong code] =>
        code < (ulong)_dense.Length ? _dense[code] : _sparse?.GetValueOrDefault(code);

    /// <summary>Reads a table; null where it is damaged or too large.</summary>
    public static DwarfAbbreviations? Read(ByteCursor cursor, in DwarfEncoding encoding, int abbreviationsMax, DwarfBudget budget)
    {
        var rows = new List<(ulong, DwarfAbbreviation)>();
        var attributes = new List<DwarfAttribute>();
        while (true)
        {
            var code = cursor.ReadUleb();
            if (code == 0) return cursor.Failed ? null : new DwarfAbbreviations(rows);
            if (rows.Count == abbreviationsMax || !TryReadRow(ref cursor, attributes, encoding, out var row) || !budget.TryTake(1 + attributes.Count)) return null;
            rows.Add((code, row));
        }
    }

    private static bool TryReadRow(ref ByteCursor cursor, List<DwarfAttribute> attributes, in DwarfEncoding encoding, out DwarfAbbreviation row)
    {
        attributes.Clear();
        var tag = cursor.ReadUleb();
        var hasChildren = cursor.ReadByte() != 0;
        var fixedBytes = 0;
        while (true)
        {
            var name = cursor.ReadUleb();
            var form = cursor.ReadUleb();
            var implicitValue = form == DwarfForm.ImplicitConstant ? cursor.ReadSleb() : 0;
            if (cursor.Failed || attributes.Count == AttributesMax || tag > ushort.MaxValue || name > ushort.MaxValue || form > ushort.MaxValue) break;
            if (name == 0 && form == 0)
            {
                row = new DwarfAbbreviation((ushort)tag, hasChildren, [.. attributes], fixedBytes);
                return true;
            }
            attributes.Add(new DwarfAttribute((ushort)name, (ushort)form, implicitValue));
            var bytes = DwarfForm.FixedBytes((ushort)form, encoding);
            fixedBytes = fixedBytes < 0 || bytes < 0 ? -1 : fixedBytes + bytes;
        }
        row = null!;
        return false;
    }
}
