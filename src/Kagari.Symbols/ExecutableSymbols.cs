using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Kagari.Symbols;

/// <summary>What an ELF file knows about its addresses: functions, inlined calls, files and lines.</summary>
/// <remarks>
/// Formats and what is absent on purpose: docs/formats/symbols.md. Reads executables, shared objects, stripped ones, and
/// files of debug information alone (<c>objcopy --only-keep-debug</c>). Total: any bytes give symbols or an error.
/// <para>
/// Thread safe. The bytes of the file are kept, not copied, and must not change. What an address needs is read when the
/// first address needs it, and kept: memory grows with what was asked for.
/// </para>
/// </remarks>
public sealed partial class ExecutableSymbols
{
    private readonly ElfAddresses _addresses;
    private readonly ConcurrentQueue<string> _remarks = new();
    private readonly Lazy<DwarfFile> _dwarf;
    private readonly Lazy<GoTable?> _go;
    private readonly Lazy<ElfSymbols> _symbols;
    private readonly Lazy<ElfSymbols> _dynamicSymbols;

    private ExecutableSymbols(ElfFile elf, SymbolLimits limits)
    {
        _addresses = new ElfAddresses(elf);
        (BuildId, GoBuildId) = ElfNotes.Read(elf);
        _dwarf = new(() => new DwarfFile(new DwarfSections(elf, limits.DecompressedBytesMax, _remarks), _addresses, limits));
        _go = new(() => GoTableFinder.Find(elf, GoBuildId.Length > 0, limits.FramesMax));
        _symbols = new(() => ElfSymbols.Read(elf, ElfSection.TypeSymbols, limits.SymbolsMax));
        _dynamicSymbols = new(() => ElfSymbols.Read(elf, ElfSection.TypeDynamicSymbols, limits.SymbolsMax));
    }

    /// <summary>The GNU build id in lower case hex; empty where the file has none.</summary>
    public string BuildId { get; }

    /// <summary>The build id of the Go linker; empty where the file has none.</summary>
    public string GoBuildId { get; }

    /// <summary>Memory held beside the bytes of the file, estimated; grows as addresses are resolved.</summary>
    public long MemoryBytes =>
        (_dwarf.IsValueCreated ? _dwarf.Value.MemoryBytes : 0) + (_symbols.IsValueCreated ? _symbols.Value.MemoryBytes : 0) + (_dynamicSymbols.IsValueCreated ? _dynamicSymbols.Value.MemoryBytes : 0);

    /// <summary>What could not be read so far, and why: sections of an unknown compression, or beyond a limit.</summary>
    public IReadOnlyCollection<string> Remarks => _remarks;

    /// <summary>Reads the headers of a file; all else is read when it is needed.</summary>
    /// <param name="file">The whole file; kept.</param>
    /// <param name="limits">Bounds; the file's size refuses here.</param>
    /// <param name="symbols">What the file knows; may be nothing about any address.</param>
    /// <param name="error">Says what is wrong; empty on success.</param>
    public static bool TryRead(ReadOnlyMemory<byte> file, SymbolLimits limits, [NotNullWhen(true)] out ExecutableSymbols? symbols, out string error)
    {
        ArgumentNullException.ThrowIfNull(limits);
        symbols = null;
        if (file.Length > limits.FileBytesMax)
        {
            error = $"elf: the file of {file.Length} bytes exceeds the limit of {limits.FileBytesMax} bytes ({nameof(SymbolLimits.FileBytesMax)})";
            return false;
        }
        if (!ElfFile.TryRead(file, out var elf, out error)) return false;
        symbols = new ExecutableSymbols(elf, limits);
        return true;
    }

    /// <summary>The address that symbols have for a byte of the file, by the segments that are loaded.</summary>
    /// <param name="fileOffset">Of a sample: its address, minus where its mapping starts, plus the mapping's offset in the file.</param>
    /// <param name="address">What <see cref="TryResolve"/> takes.</param>
    public bool TryGetVirtualAddress(ulong fileOffset, out ulong address) => _addresses.TryGetAddress(fileOffset, out address);

    /// <summary>Appends the calls at an address: the innermost inlined one first, the function that the code belongs to last.</summary>
    /// <param name="virtualAddress">An address of the file, see <see cref="TryGetVirtualAddress"/>. For return addresses subtract 1 first.</param>
    /// <param name="frames">Gets at most <see cref="SymbolLimits.FramesMax"/> more.</param>
    /// <returns>False where the file knows nothing about the address; then nothing was appended.</returns>
    public bool TryResolve(ulong virtualAddress, List<SymbolFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (_dwarf.Value.TryResolve(virtualAddress, this, frames, out var line)) return true;
        if (_go.Value?.TryResolve(virtualAddress, frames) == true) return true;
        if (!TryFindSymbol(virtualAddress, out var frame)) return false;
        frames.Add(frame with { File = line.File, Line = line.Line });
        return true;
    }

    /// <summary>What the symbol tables say.</summary>
    internal bool TryFindSymbol(ulong address, out SymbolFrame frame) =>
        _symbols.Value.TryFind(address, out frame) || _dynamicSymbols.Value.TryFind(address, out frame);
}
