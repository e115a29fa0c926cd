namespace Kagari.Symbols;

/// <summary>The functions of a symbol table, by address.</summary>
/// <remarks>
/// Rows are sorted by their start. A function may lie inside of another one (entry points of assembly code), so each row
/// knows the nearest row before it that is still open where it starts; looking up is a binary search and a short walk
/// along these.
/// </remarks>
internal sealed partial class ElfSymbols
{
    private readonly ReadOnlyMemory<byte> _names;
    private readonly ulong[] _starts;
    private readonly ulong[] _ends;
    private readonly uint[] _nameOffsets;
    private readonly int[] _outer;

    private ElfSymbols(ReadOnlyMemory<byte> names, List<Row> rows)
    {
        _names = names;
        _starts = new ulong[rows.Count];
        _ends = new ulong[rows.Count];
        _nameOffsets = new uint[rows.Count];
        _outer = new int[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            (_starts[i], _ends[i], _nameOffsets[i]) = (rows[i].Start, rows[i].End, rows[i].Name);
            var outer = i - 1;
            while (outer >= 0 && _ends[outer] <= _starts[i]) outer = _outer[outer];
            _outer[i] = outer;
        }
    }

    public static ElfSymbols Empty { get; } = new(default, []);

    public int Count => _starts.Length;

    public long MemoryBytes => 24L * _starts.Length;

    /// <summary>The linkage name and the start of the function around an address.</summary>
    public bool TryFind(ulong address, out string name, out ulong start)
    {
        var i = Array.BinarySearch(_starts, address);
        if (i < 0) i = ~i - 1;
        while (i >= 0 && address >= _ends[i]) i = _outer[i];
        if (i < 0)
        {
            (name, start) = ("", 0);
            return false;
        }
        (name, start) = (NameOf(i), _starts[i]);
        return true;
    }

    /// <summary>Without the version that a table may append: <c>memcpy@@GLIBC_2.14</c>.</summary>
    private string NameOf(int i)
    {
        var name = ByteCursor.TextAt(_names.Span, _nameOffsets[i]);
        var version = name.IndexOf('@', StringComparison.Ordinal);
        return version > 0 ? name[..version] : name;
    }
}
