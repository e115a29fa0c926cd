namespace Kagari.Symbols;

/// <summary>The functions of a symbol table, by address.</summary>
internal sealed partial class ElfSymbols
{
    private readonly ReadOnlyMemory<byte> _names;
    private readonly IntervalMap _functions;

    private ElfSymbols(ReadOnlyMemory<byte> names, IntervalMap functions)
    {
        _names = names;
        _functions = functions;
    }

    public static ElfSymbols Empty { get; } = new(default, IntervalMap.Empty);

    public long MemoryBytes => _functions.MemoryBytes;

    /// <summary>The linkage name and the start of the function around an address.</summary>
    public bool TryFind(ulong address, out string name, out ulong start)
    {
        var i = _functions.Find(address);
        (name, start) = i < 0 ? ("", 0) : (NameOf(_functions.ValueOf(i)), _functions.StartOf(i));
        return i >= 0;
    }

    /// <summary>Without the version that a table may append: <c>memcpy@@GLIBC_2.14</c>.</summary>
    private string NameOf(int at)
    {
        var name = ByteCursor.TextAt(_names.Span, (uint)at);
        var version = name.IndexOf('@', StringComparison.Ordinal);
        return version > 0 ? name[..version] : name;
    }
}
