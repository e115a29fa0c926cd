using System.Collections.Concurrent;

namespace Kagari.Symbols;

/// <summary>The functions of a symbol table, by address.</summary>
internal sealed partial class ElfSymbols
{
    private readonly ReadOnlyMemory<byte> _names;
    private readonly IntervalMap _functions;
    private readonly ConcurrentDictionary<int, SymbolFrame> _frames = new();
    private long _frameBytes;

    private ElfSymbols(ReadOnlyMemory<byte> names, IntervalMap functions)
    {
        _names = names;
        _functions = functions;
    }

    public static ElfSymbols Empty { get; } = new(default, IntervalMap.Empty);

    public long MemoryBytes => _functions.MemoryBytes + Interlocked.Read(ref _frameBytes);

    /// <summary>The function around an address; only its names are known.</summary>
    public bool TryFind(ulong address, out SymbolFrame frame)
    {
        frame = default;
        var i = _functions.Find(address);
        if (i < 0) return false;
        if (_frames.TryGetValue(i, out frame)) return true;
        var name = NameOf(_functions.ValueOf(i));
        frame = new SymbolFrame(Demangler.Demangle(name), name, "", 0, 0);
        if (_frames.TryAdd(i, frame)) Interlocked.Add(ref _frameBytes, 150 + (2L * (name.Length + frame.Function.Length)));
        return true;
    }

    /// <summary>Without the version that a table may append: <c>memcpy@@GLIBC_2.14</c>.</summary>
    private string NameOf(int at)
    {
        var name = ByteCursor.TextAt(_names.Span, (uint)at);
        var version = name.IndexOf('@', StringComparison.Ordinal);
        return version > 0 ? name[..version] : name;
    }
}
