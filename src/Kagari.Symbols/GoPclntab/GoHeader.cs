namespace Kagari.Symbols;

/// <summary>The start of a table of Go: its version, and where its parts are.</summary>
/// <remarks>
/// Format: Go's runtime (pcHeader) and debug/gosym, which are its only documentation; docs/formats/symbols.md has the
/// versions. All offsets count from the start of the table.
/// </remarks>
internal readonly record struct GoHeader
{
    private const uint Magic12 = 0xfffffffb;
    private const uint Magic116 = 0xfffffffa;
    private const uint Magic118 = 0xfffffff0;
    private const uint Magic120 = 0xfffffff1;

    public static ReadOnlySpan<uint> Magics => [Magic120, Magic118, Magic116, Magic12];

    /// <summary>The Go version that brought this form: 2, 16, 18 or 20.</summary>
    public int Version { get; private init; }

    /// <summary>Addresses of code count in these.</summary>
    public byte Quantum { get; private init; }

    public byte PointerBytes { get; private init; }

    public int FunctionCount { get; private init; }

    /// <summary>From 1.18 on functions count from here.</summary>
    public ulong TextStart { get; private init; }

    public int Names { get; private init; }

    /// <summary>From 1.16 on: per package the numbers of its files.</summary>
    public int Units { get; private init; }

    public int Files { get; private init; }

    /// <summary>What changes along the code: file, line, depth of inlining.</summary>
    public int Values { get; private init; }

    /// <summary>The functions by address.</summary>
    public int Functions { get; private init; }

    /// <summary>Where offsets of functions count from.</summary>
    public int FunctionsBase { get; private init; }

    /// <summary>Bytes of one row of <see cref="Functions"/>: address and offset.</summary>
    public int RowBytes => Version >= 18 ? 8 : 2 * PointerBytes;

    public static bool TryRead(ReadOnlySpan<byte> table, bool isBigEndian, out GoHeader header)
    {
        header = default;
        var cursor = new ByteCursor(table, isBigEndian);
        var version = cursor.ReadUInt32() switch { Magic12 => 2, Magic116 => 16, Magic118 => 18, Magic120 => 20, _ => 0 };
        var padding = cursor.ReadUInt16();
        var quantum = cursor.ReadByte();
        var pointerBytes = cursor.ReadByte();
        if (version == 0 || padding != 0 || quantum is not (1 or 2 or 4) || pointerBytes is not (4 or 8)) return false;

        var words = new ulong[8];
        for (var i = 0; i < (version == 2 ? 1 : version == 16 ? 7 : 8); i++) words[i] = cursor.ReadSized(pointerBytes);
        if (cursor.Failed) return false;
        // From 1.18 on the start of the text stands between the counts and the offsets.
        var first = version >= 18 ? 3 : 2;
        foreach (var offset in words.AsSpan(first)) if (offset > (ulong)table.Length) return false;
        header = new GoHeader
        {
            Version = version,
            Quantum = quantum,
            PointerBytes = pointerBytes,
            FunctionCount = (int)Math.Min(words[0], int.MaxValue),
            TextStart = version >= 18 ? words[2] : 0,
            Names = version == 2 ? 0 : (int)words[first],
            Units = version == 2 ? 0 : (int)words[first + 1],
            Files = version == 2 ? 0 : (int)words[first + 2],
            Values = version == 2 ? 0 : (int)words[first + 3],
            Functions = version == 2 ? 8 + pointerBytes : (int)words[first + 4],
            FunctionsBase = version == 2 ? 0 : (int)words[first + 4],
        };
        // One more address ends the last function.
        var bytes = ((long)header.FunctionCount * header.RowBytes) + (header.RowBytes / 2);
        if (header.FunctionCount == 0 || bytes > table.Length - header.Functions) return false;
        if (version == 2) return TryFindFiles(table, isBigEndian, ref header, bytes);
        return true;
    }

    /// <summary>Up to 1.15 the offset of the files follows the functions.</summary>
    private static bool TryFindFiles(ReadOnlySpan<byte> table, bool isBigEndian, ref GoHeader header, long functionBytes)
    {
        var cursor = new ByteCursor(table, isBigEndian, (int)Math.Min(header.Functions + functionBytes, int.MaxValue));
        var files = cursor.ReadUInt32();
        if (cursor.Failed || files > (uint)table.Length) return false;
        header = header with { Files = (int)files };
        return true;
    }
}
