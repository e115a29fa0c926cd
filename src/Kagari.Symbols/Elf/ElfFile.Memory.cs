namespace Kagari.Symbols;

internal sealed partial class ElfFile
{
    private const uint TypeRelocationsWithAddends = 4;

    /// <summary>The bytes that are loaded at an address, up to the end of their segment; empty where there are none.</summary>
    public ReadOnlyMemory<byte> LoadedAt(ulong address)
    {
        foreach (ref readonly var load in Segments.AsSpan())
        {
            if (!load.IsLoad || address < load.Address || address - load.Address >= load.FileSize) continue;
            var bytes = Slice(load.Offset, load.FileSize);
            return bytes.IsEmpty ? default : bytes[(int)(address - load.Address)..];
        }
        return default;
    }

    /// <summary>The address that is stored at another one; the loader adds most of those of files that may be loaded anywhere.</summary>
    public ulong PointerAt(ulong address)
    {
        var bytes = LoadedAt(address).Span;
        var value = bytes.Length >= (Is64 ? 8 : 4) ? Cursor(bytes).ReadWord(Is64) : 0;
        return value != 0 ? value : Relocations(target: address, addend: null).FirstOrDefault().Addend;
    }

    /// <summary>What the loader adds at an address, or where it adds one.</summary>
    public IEnumerable<(ulong Target, ulong Addend)> Relocations(ulong? target, ulong? addend)
    {
        foreach (var section in Sections)
        {
            if (section.Type != TypeRelocationsWithAddends) continue;
            var bytes = Bytes(section);
            var size = Is64 ? 24 : 12;
            for (var at = 0; at + size <= bytes.Length; at += size)
            {
                var cursor = Cursor(bytes.Span, at);
                var row = (Target: cursor.ReadWord(Is64), Addend: 0UL);
                cursor.ReadWord(Is64);
                row.Addend = cursor.ReadWord(Is64);
                if ((target is null || target == row.Target) && (addend is null || addend == row.Addend)) yield return row;
            }
        }
    }
}
