using System.Globalization;
using Kagari.Profiles;

namespace Kagari.Client.Symbols;

/// <summary>The files whose code this process has in memory, by address: native libraries, and assemblies that were compiled ahead.</summary>
/// <remarks>proc(5), /proc/pid/maps: <c>start-end permissions offset device inode path</c>, in hexadecimal. Where there is no such file, all is unknown.</remarks>
internal sealed class NativeModules
{
    private readonly List<string> _paths = [];
    private readonly List<string> _names = [];
    private FlatList<(ulong Start, ulong End, int Row)> _ranges;

    /// <summary>Reads the map anew.</summary>
    public void Refresh()
    {
        _ranges.Clear();
        _paths.Clear();
        _names.Clear();
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            foreach (var line in File.ReadLines("/proc/self/maps")) Add(line);
        }
        catch (IOException)
        {
            // What came so far is right; the rest stays unknown.
        }
    }

    /// <summary>The library at an address, as <c>[libc.so.6]</c>; null: none, as for code that was compiled in memory or ahead.</summary>
    public string? Find(ulong address) => RowOf(address) is >= 0 and var row && _names[row].Length > 0 ? _names[row] : null;

    /// <summary>The path of the file at an address; empty: none.</summary>
    public string PathOf(ulong address) => RowOf(address) is >= 0 and var row ? _paths[row] : "";

    private int RowOf(ulong address)
    {
        var ranges = _ranges.Span;
        var (low, high) = (0, ranges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].End <= address) low = middle + 1;
            else high = middle;
        }
        return low < ranges.Length && ranges[low].Start <= address ? ranges[low].Row : -1;
    }

    private void Add(ReadOnlySpan<char> line)
    {
        var dash = line.IndexOf('-');
        var blank = line.IndexOf(' ');
        if (dash <= 0 || blank <= dash || blank + 4 >= line.Length || line[blank + 3] != 'x') return;
        var path = line.IndexOf('/') is > 0 and var slash ? line[slash..] : line.EndsWith("[vdso]") ? "[vdso]" : default;
        if (path.IsEmpty || path.StartsWith("/memfd:")) return;   // a memfd is the runtime's own compiled code
        if (!ulong.TryParse(line[..dash], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start)
            || !ulong.TryParse(line[(dash + 1)..blank], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var end)) return;
        _ranges.Add((start, end, _names.Count));
        _paths.Add(path.ToString());
        _names.Add(path.EndsWith(".dll") || path.EndsWith(".exe") ? "" : path.StartsWith("[") ? path.ToString() : $"[{path[(path.LastIndexOf('/') + 1)..]}]");
    }
}
