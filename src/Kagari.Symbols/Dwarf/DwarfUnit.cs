namespace Kagari.Symbols;

/// <summary>The header of a unit of .debug_info, and what was read of it so far.</summary>
internal sealed class DwarfUnit(int offset, int first, int end, DwarfEncoding encoding, ulong abbreviations)
{
    /// <summary>The encoding of all values.</summary>
    public readonly DwarfEncoding Encoding = encoding;

    private DwarfRoot? _root;
    private DwarfFunctions? _functions;
    private DwarfLines? _lines;

    /// <summary>Where its header starts; references inside of the unit count from here.</summary>
    public int Offset { get; } = offset;

    /// <summary>Where its first entry starts.</summary>
    public int First { get; } = first;

    /// <summary>Where the next unit starts.</summary>
    public int End { get; } = end;

    /// <summary>Its table in .debug_abbrev.</summary>
    public ulong Abbreviations { get; } = abbreviations;

    // Two threads may read the same at once; the first result stays.
    public DwarfRoot Root(DwarfFile file) => _root ?? Publish(ref _root, DwarfRoot.Read(file, this));

    public DwarfFunctions Functions(DwarfFile file) => _functions ?? Publish(ref _functions, DwarfFunctionsReader.Read(file, this));

    public DwarfLines Lines(DwarfFile file) => _lines ?? Publish(ref _lines, file.LinesOf(this));

    private static T Publish<T>(ref T? field, T value)
        where T : class => Interlocked.CompareExchange(ref field, value, null) ?? value;
}
