namespace Kagari.Symbols;

/// <summary>From offsets in the file, which mappings of a process tell, to the addresses that symbols have.</summary>
internal sealed class ElfAddresses
{
    private const int PiecesOfCodeMax = 64;

    private readonly ElfSegment[] _loads;
    private readonly Interval[] _code;

    public ElfAddresses(ElfFile elf)
    {
        _loads = [.. elf.Segments.Where(s => s.IsLoad && s.MemorySize > 0)];
        if (IsDebugOnly(elf, _loads)) RestoreOffsets(_loads);
        _code = [.. elf.Sections.Where(s => s.IsExecutable && s.Size > 0).Take(PiecesOfCodeMax).Select(s => new Interval(s.Address, unchecked(s.Address + s.Size), 0))];
        if (_code.Length is 0 or PiecesOfCodeMax)
            _code = [.. _loads.Where(l => l.IsExecutable).Select(l => new Interval(l.Address, unchecked(l.Address + l.MemorySize), 0))];
    }

    public bool TryGetAddress(ulong offset, out ulong address)
    {
        // Neighbours may share a page of the file; code is what is asked for.
        return TryFind(offset, isExecutable: true, out address) || TryFind(offset, isExecutable: false, out address);
    }

    /// <summary>Whether an address is inside of code; where nothing says so, every address is.</summary>
    public bool IsCode(ulong address)
    {
        if (_code.Length == 0) return true;
        foreach (ref readonly var code in _code.AsSpan())
            if (address >= code.Start && address < code.End) return true;
        return false;
    }

    private bool TryFind(ulong offset, bool isExecutable, out ulong address)
    {
        foreach (ref readonly var load in _loads.AsSpan())
        {
            if (load.IsExecutable != isExecutable || offset < load.Offset || offset - load.Offset >= load.FileSize) continue;
            address = offset - load.Offset + load.Address;
            return true;
        }
        address = 0;
        return false;
    }

    private static bool IsDebugOnly(ElfFile elf, ElfSegment[] loads) =>
        elf.Sections.Any(s => s.IsExecutable && s.IsAbsent) && loads.Any(l => l.IsExecutable && l.FileSize < l.MemorySize);

    /// <summary>
    /// <c>objcopy --only-keep-debug</c> sets the offsets and sizes of emptied segments to what is left in the file.
    /// Linkers lay segments out one after the other, each at the next offset that equals its address modulo its
    /// alignment, so the original offsets can be told from addresses and sizes.
    /// </summary>
    private static void RestoreOffsets(ElfSegment[] loads)
    {
        Array.Sort(loads, (a, b) => a.Address.CompareTo(b.Address));
        var end = 0UL;
        for (var i = 0; i < loads.Length; i++)
        {
            var load = loads[i];
            var align = load.Align is > 1 and <= 1UL << 32 ? load.Align : 1;
            // The first segment starts with the header of the file.
            var offset = i == 0 ? load.Address % align : end + unchecked((load.Address % align) + align - (end % align)) % align;
            loads[i] = load with { Offset = offset, FileSize = load.MemorySize };
            end = unchecked(offset + load.MemorySize);
        }
    }
}
